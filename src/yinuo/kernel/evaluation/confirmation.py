"""Who confirms a measured figure, and since when it is confirmed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from yinuo.kernel.evaluation.clocks import Clock, number_of
from yinuo.kernel.evaluation.duties import facts_about
from yinuo.kernel.evaluation.results import Span
from yinuo.kernel.evaluation.subjects import Subject, World
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.anchors import FactAnchor
from yinuo.kernel.plan.clauses import Measure

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator

CONFIRMED = "figure_confirmed"
_BOTH = ("customer", "vendor")


class Confirmation(NamedTuple):
    """When the figure became final; ``figure`` when the confirmation names another one."""

    at: datetime
    figure: Decimal | None = None


def confirmation_of(
    evaluator: Evaluator, clause: Measure, world: World, subject: Subject, part: Span, clock: Clock
) -> Confirmation | None:
    """The confirmation of one period's figure up to now; None while it is open.

    Each party confirms with the fact ``figure_confirmed`` after the period (attributes ``by``,
    ``clause``, ``period``, ``figure``; without ``period`` it means the period that ended last).
    With ``confirm_within`` silence for that long confirms too.
    """
    parties = _BOTH if clause.confirmed_by == "both" else (clause.confirmed_by,)
    found = facts_about(world, subject, FactAnchor((CONFIRMED,)), evaluator)
    mine = [(at, fact) for at, fact in found if fact is not None and _is_about(fact, clause, part)]
    at: datetime | None = part.ends_at
    figure: Decimal | None = None
    for party in parties:
        said = [one for one in mine if str(one[1].attrs.get("by", parties[0])) == party]
        if not said:
            at = None
            break
        at = max(at or said[0][0], said[0][0])
        figure = number_of(said[0][1].attrs.get("figure")) if figure is None else figure
    if at is not None:
        return Confirmation(at, figure)
    silent = clause.confirm_within
    if silent is not None:
        at = clock.move(part.ends_at, silent.number, silent.unit, ())
        return Confirmation(at) if at <= world.as_of else None
    return None


def _is_about(fact: Fact, clause: Measure, part: Span) -> bool:
    if str(fact.attrs.get("clause", clause.id)) != clause.id or fact.occurred_at < part.ends_at:
        return False
    period = fact.attrs.get("period")
    if period is not None:
        return str(period) == part.name
    return fact.occurred_at < part.ends_at + (part.ends_at - part.begins_at)
