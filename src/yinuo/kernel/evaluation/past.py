"""Whether something had been done when a case came up: selectors of the type ``done``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.clocks import Clock
from yinuo.kernel.evaluation.duties import facts_about
from yinuo.kernel.evaluation.periods import contract_start, spans_between
from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.instants import add_years
from yinuo.kernel.plan.anchors import FactAnchor
from yinuo.kernel.plan.periods import PeriodKind
from yinuo.kernel.plan.plan import Selector

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator


def was_done(
    evaluator: Evaluator, selector: Selector, subject: Subject, at: datetime
) -> str | None:
    """``yes`` when one of the facts occurred on the owner before ``at``, in time to count.

    In time is: since the period began that holds ``at`` (of seasons the one begun last), or in the
    rolling period before ``at``; both ends inclusive. None when the owner is not known.
    """
    owner, world = subject.owner(selector.owner), subject.world
    since = _since(evaluator, selector, subject, at)
    if owner is None or world is None or since is None:
        return None
    found = facts_about(world, owner, FactAnchor(selector.facts), evaluator)
    return "yes" if any(since <= one <= at for one, _ in found) else "no"


def _since(
    evaluator: Evaluator, selector: Selector, subject: Subject, at: datetime
) -> datetime | None:
    period, zone = selector.period, evaluator.zone
    if period is None:
        return None
    if period.kind is PeriodKind.ROLLING and period.length is not None:
        back = Clock(None, zone, backward=True)
        return back.move(at, period.length.number, period.length.unit, ())
    begun = contract_start(subject.owner("contract"), zone)
    if begun is None or begun > at:
        begun = add_years(at, -2, zone)
    spans = [whole for whole, _ in spans_between(period, begun, add_years(at, 1, zone), zone)]
    past = [one.begins_at for one in spans if one.begins_at <= at]
    return max(past, default=None)
