"""Which clauses cost us money when missed: looked up in the plan once, not at every evaluation."""

from __future__ import annotations

from typing import NamedTuple

from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.remedies import Money, Remedy

VENDOR = "vendor"


class Cost(NamedTuple):
    """The penalties that a miss of one clause makes us pay, as written."""

    remedies: tuple[Remedy, ...]


def costs_of(plan: Plan) -> dict[str, Cost]:
    """By clause id; clauses without a price that we pay are left out."""
    found = {}
    for clause in plan.clauses:
        ours = tuple(one for one in clause.remedies if is_ours(one))
        if ours:
            found[clause.id] = Cost(ours)
    return found


def consequences_of(plan: Plan) -> dict[str, tuple[Remedy, ...]]:
    """By clause id what a miss brings besides our own money; clauses without any are left out."""
    found = {
        clause.id: tuple(one for one in clause.remedies if not (is_ours(one) or one.bonus))
        for clause in plan.clauses
    }
    return {name: remedies for name, remedies in found.items() if remedies}


def is_ours(remedy: Remedy) -> bool:
    """Whether a remedy is a penalty in money that we pay."""
    return isinstance(remedy.term, Money) and remedy.paid_by == VENDOR and not remedy.bonus


def is_entangled(remedy: Remedy) -> bool:
    """Whether what it comes to depends on other breaches: exclusion, shared caps, repetition."""
    return (
        remedy.group is not None
        or remedy.after_breaches > 1
        or remedy.in_a_row > 1
        or any(cap.over is not None or cap.shared is not None for cap in remedy.caps)
    )
