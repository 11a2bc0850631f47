"""Who had a promise for how long, and what part of its price that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from yinuo.domains.breaches.models import Breach, LegCorrection, Share
from yinuo.domains.breaches.types import Case
from yinuo.domains.network.standing import Place
from yinuo.kernel.attribution import Correction, Holder, Leg, Stretch, held, stretches
from yinuo.kernel.evaluation import Obligation
from yinuo.kernel.money import Money, largest_remainder

_MICRO = timedelta(microseconds=1)
_LEGS = {1: Leg.HEADQUARTERS, 2: Leg.CENTRE, 3: Leg.PARTNER}


def attributed(
    case: Case, one: Obligation, corrections: Sequence[LegCorrection]
) -> tuple[Stretch, ...]:
    """The running time of a missed promise in stretches, up to its end or to now.

    What is promised for a period runs through it. Empty when it never ran.
    """
    begins_at = one.started_at or (one.period.begins_at if one.period else one.due_at)
    ends_at = one.ended_at or (one.due_at + one.late_by if one.due_at else case.as_of)
    if begins_at is None or ends_at <= begins_at:
        return ()
    return stretches(
        begins_at,
        ends_at,
        case.first,
        changes=case.changes,
        interruptions=case.interruptions,
        corrections=said(corrections),
    )


def said(corrections: Iterable[LegCorrection]) -> list[Correction]:
    """Stored corrections as the kernel reads them, in the order they were made."""
    return [
        Correction(one.begins_at, one.ends_at, Holder(Leg(one.leg), str(one.unit_id or "")))
        for one in corrections
    ]


def share_rows(breach: Breach, found: Iterable[Stretch], late_from: datetime) -> list[Share]:
    """The rows of a breach's shares; they add up to its running time and to its lateness."""
    return [
        Share(
            breach=breach,
            leg=one.holder.leg.value,
            unit_id=int(one.holder.unit) if one.holder.unit else None,
            seconds=seconds_of(one.time),
            late_seconds=seconds_of(one.late),
        )
        for one in held(found, late_from)
    ]


def leg_of_unit(place: Place) -> Leg:
    """The leg of one of our own units, by its level."""
    return _LEGS[place.level]


def seconds_of(time: timedelta) -> Decimal:
    """A length of time in seconds, exact to the microsecond."""
    return Decimal(time // _MICRO).scaleb(-6)


def weights_of(late: Sequence[Decimal], whole: Sequence[Decimal]) -> Sequence[Decimal]:
    """By what the money of a breach is split among its holders: by time late, or by time held
    where nobody was late (a share of a month, a bonus)."""
    return late if any(late) else whole


def parts_of(amount: Decimal, currency: str, seconds: Sequence[Decimal]) -> list[Decimal]:
    """An amount split by time, to the fen; the parts add up. All to the first without any.

    >>> [str(part) for part in parts_of(Decimal("100.00"), "CNY", [Decimal(1), Decimal(2)])]
    ['33.33', '66.67']
    """
    if not seconds:
        return []
    weights = [int(one.scaleb(6)) for one in seconds]
    if not any(weights):
        weights[0] = 1
    parts = largest_remainder(Money(abs(amount), currency), weights)
    return [part.amount.copy_sign(amount) if part.amount else part.amount for part in parts]
