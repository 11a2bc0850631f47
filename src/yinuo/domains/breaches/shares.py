"""Who had a promise for how long, and what part of its price that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from yinuo.domains.breaches.models import Breach, LegCorrection, Share
from yinuo.domains.breaches.types import Case
from yinuo.kernel.attribution import Correction, Holder, Leg, Stretch, held, stretches
from yinuo.kernel.evaluation import Obligation
from yinuo.kernel.money import Money, largest_remainder

_MICRO = timedelta(microseconds=1)


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
            seconds=_seconds(one.time),
            late_seconds=_seconds(one.late),
        )
        for one in held(found, late_from)
    ]


def _seconds(time: timedelta) -> Decimal:
    return Decimal(time // _MICRO).scaleb(-6)


def parts_of(amount: Decimal, currency: str, late_seconds: Sequence[Decimal]) -> list[Decimal]:
    """An amount split by time late, to the fen; the parts add up. All to the first without any.

    >>> [str(part) for part in parts_of(Decimal("100.00"), "CNY", [Decimal(1), Decimal(2)])]
    ['33.33', '66.67']
    """
    if not late_seconds:
        return []
    weights = [int(one.scaleb(6)) for one in late_seconds]
    if not any(weights):
        weights[0] = 1
    parts = largest_remainder(Money(abs(amount), currency), weights)
    return [part.amount.copy_sign(amount) if part.amount else part.amount for part in parts]
