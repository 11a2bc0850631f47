"""What missed promises come to by leg and unit: for charging back, and for asking why.

Money and time are counted by different rules. Every yuan of the list is in the money, so the legs
add up to the ledger. Late time is that of cases, each by the calendar: while several promises of
one case are late in the same hands, an hour is one hour. What contracts promise for themselves
(visits, shares, papers) is counted and has no late time: it is missed for a period, and does not
get worse by the hour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from yinuo.domains.breaches.keeping import stretches_of
from yinuo.domains.breaches.models import Breach
from yinuo.domains.breaches.selectors import Narrowed, narrowed_breaches
from yinuo.domains.breaches.shares import leg_of_unit, parts_of, seconds_of, weights_of
from yinuo.domains.breaches.types import LegSum
from yinuo.domains.network.standing import Place, places_of_units
from yinuo.domains.network.types import Actor
from yinuo.kernel.attribution import Held, Holder, Stretch, held
from yinuo.kernel.breach_states import BreachState

CONTRACT = "contract"
_NOTHING = Decimal("0.00")
_NO_TIME = timedelta(0)

Late = tuple[datetime, datetime]


@dataclass(slots=True)
class _Sum:
    """What one leg and unit come to so far."""

    breaches: int = 0
    of_contracts: int = 0
    amount: Decimal = _NOTHING
    late: dict[UUID, list[Late]] = field(default_factory=lambda: defaultdict(list))


def sum_legs(actor: Actor, narrowed: Narrowed, now: datetime) -> list[LegSum]:
    """What the list comes to by leg and unit, each amount split by late time to the fen; two
    statements.

    What is still open is late until `now`, with whoever had it last. A miss counts with everybody
    who had it while it was late; one that was never late (a share of a month, a bonus) with
    everybody who had it at all. Withdrawn ones count only with what is left of their money.
    """
    rows = narrowed_breaches(actor, narrowed).order_by("id")
    rows = rows.exclude(state=BreachState.WITHDRAWN.value, amount=0)
    breaches = list(
        rows.only(
            *("subject_type", "subject_id", "unit_id", "state", "amount", "currency"),
            *("due_at", "ended_at", "stretches"),
        )
    )
    units = places_of_units(_units_of(breaches))
    sums: dict[tuple[str, str, str], _Sum] = defaultdict(_Sum)
    for breach in breaches:
        _add(breach, units, sums, now)
    return [
        LegSum(leg, unit, one.breaches, one.of_contracts, _late(one), one.amount, currency)
        for (leg, unit, currency), one in sorted(sums.items())
    ]


def _units_of(breaches: Iterable[Breach]) -> set[int]:
    named = {int(at["unit"]) for one in breaches for at in one.stretches if at["unit"]}
    return named | {one.unit_id for one in breaches}


def _add(
    breach: Breach, units: dict[int, Place], sums: dict[tuple[str, str, str], _Sum], now: datetime
) -> None:
    """One breach: its money to those who held it, its late time to each of them."""
    found = stretches_of(breach.stretches)
    holders = held(found, breach.due_at) or (_in_charge(units[breach.unit_id]),)
    late = [seconds_of(one.late) for one in holders]
    weights = weights_of(late, [seconds_of(one.time) for one in holders])
    parts = parts_of(breach.amount, breach.currency, weights)
    for one, weight, part in zip(holders, weights, parts, strict=True):
        if not weight and not part:
            continue
        leg, unit = one.holder
        name = units[int(unit)].name if unit else ""
        mine = sums[leg.value, name, breach.currency]
        mine.breaches += 1
        mine.amount += part
        if breach.subject_type == CONTRACT:
            mine.of_contracts += 1
            continue
        mine.late[breach.subject_id] += [
            (max(at.begins_at, breach.due_at), at.ends_at)
            for at in _until(now, found, breach)
            if at.holder == one.holder and at.ends_at > breach.due_at
        ]


def _until(now: datetime, found: tuple[Stretch, ...], breach: Breach) -> tuple[Stretch, ...]:
    """The stretches of an open miss up to now: a change of hands would have been computed."""
    if breach.ended_at is not None or not found or found[-1].ends_at >= now:
        return found
    return (*found[:-1], found[-1]._replace(ends_at=now))


def _in_charge(place: Place) -> Held:
    """Whoever has the case, where a promise never ran."""
    return Held(Holder(leg_of_unit(place), str(place.unit_id)), _NO_TIME, _NO_TIME)


def _late(one: _Sum) -> Decimal:
    return seconds_of(sum(map(_covered, one.late.values()), _NO_TIME))


def _covered(spans: list[Late]) -> timedelta:
    """How long at least one of the half-open spans lasted."""
    whole, until = _NO_TIME, None
    for begins_at, ends_at in sorted(spans):
        start = begins_at if until is None else max(begins_at, until)
        if ends_at > start:
            whole += ends_at - start
            until = ends_at
    return whole
