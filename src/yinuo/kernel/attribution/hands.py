"""Reading from a subject's facts in whose hands it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from yinuo.kernel.attribution.stretches import Change, Holder, Interruption, Leg
from yinuo.kernel.facts import Fact, in_order

# Who is waited for while a pause is claimed, whether the clause allows it or not. Traffic,
# weather and the like are nobody's: whoever holds the promise keeps it.
_WAITED_FOR: Mapping[str, Leg] = {
    "waiting_for_customer": Leg.CUSTOMER,
    "waiting_for_access": Leg.CUSTOMER,
    "waiting_for_approval": Leg.CUSTOMER,
    "waiting_for_part": Leg.SUPPLIER,
    "waiting_for_third_party": Leg.SUPPLIER,
}
# What lies outside from one kind of fact to the next of any of the others.
_OUTSIDE: tuple[tuple[str, tuple[str, ...], Leg], ...] = (
    ("part_requested", ("part_shipped", "part_delivered", "part_fitted"), Leg.SUPPLIER),
    ("part_shipped", ("part_delivered", "part_fitted"), Leg.CARRIER),
    ("shipped", ("delivered", "received"), Leg.CARRIER),
)
# Facts that move a promise to a person or a unit, and the attributes that name the taker.
_MOVES = ("handed_over", "assigned", "taken", "accepted")
# A unit that had taken it gives it back.
_BACK = ("offer_returned",)
_TAKERS = ("to_unit", "to_person", "unit", "person")


def happenings_of(
    facts: Iterable[Fact], places: Mapping[str, Holder], first: Holder | None = None
) -> tuple[tuple[Change, ...], tuple[Interruption, ...]]:
    """The changes of hands and the interruptions that a subject's facts tell of, in order.

    ``places`` says for the id of a unit or a person where it stands; a taker it does not know
    changes nothing. What is given back goes to the ``first`` holder. Facts that were taken back do
    not count.
    """
    known = in_order(list(facts))
    changes = [
        Change(fact.occurred_at, holder, fact.kind)
        for fact in known
        if (holder := first if fact.kind in _BACK else _taker(fact, places)) is not None
    ]
    return tuple(changes), (*_pauses(known), *_outside(known))


def named_in(facts: Iterable[Fact]) -> frozenset[str]:
    """The ids of units and people that facts name as takers."""
    return frozenset(
        str(fact.attrs[name])
        for fact in facts
        if fact.kind in _MOVES
        for name in _TAKERS
        if name in fact.attrs
    )


def _taker(fact: Fact, places: Mapping[str, Holder]) -> Holder | None:
    if fact.kind not in _MOVES:
        return None
    for name in _TAKERS:
        if (holder := places.get(str(fact.attrs.get(name, "")))) is not None:
            return holder
    return None


def _pauses(facts: list[Fact]) -> Iterable[Interruption]:
    for place, fact in enumerate(facts):
        leg = _WAITED_FOR.get(str(fact.attrs.get("reason", "")))
        if fact.kind == "paused" and leg is not None:
            later = facts[place + 1 :]
            if leg is Leg.CUSTOMER and _is_objected(fact, later):
                continue
            ends_at = _next_of(later, ("resumed", "restored"))
            yield Interruption(fact.occurred_at, ends_at, Holder(leg), "paused")


def _is_objected(pause: Fact, later: Iterable[Fact]) -> bool:
    """Whether the customer said that he was not what was waited for. A decision against him takes
    the objection back, so that it does not stand among the facts."""
    reason = pause.attrs.get("reason")
    for fact in later:
        if fact.kind == "paused":
            return False
        if fact.kind == "pause_objected" and fact.attrs.get("reason", reason) == reason:
            return True
    return False


def _outside(facts: list[Fact]) -> Iterable[Interruption]:
    for begin, ends, leg in _OUTSIDE:
        for place, fact in enumerate(facts):
            if fact.kind == begin:
                ends_at = _next_of(facts[place + 1 :], (*ends, "restored"))
                yield Interruption(fact.occurred_at, ends_at, Holder(leg), begin)


def _next_of(facts: list[Fact], kinds: tuple[str, ...]) -> datetime | None:
    return next((fact.occurred_at for fact in facts if fact.kind in kinds), None)
