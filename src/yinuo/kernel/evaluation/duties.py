"""What periodic promises need to know: their life, and the facts that belong to a subject."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.conditions import holds_for
from yinuo.kernel.evaluation.periods import contract_start
from yinuo.kernel.evaluation.results import Span
from yinuo.kernel.evaluation.starts import Found, compile_anchor, matching_facts
from yinuo.kernel.evaluation.subjects import Subject, World
from yinuo.kernel.instants import add_years
from yinuo.kernel.plan.anchors import Anchor, FactAnchor
from yinuo.kernel.plan.clauses import Clause

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator


def life_of(
    evaluator: Evaluator,
    subject: Subject,
    begins: Anchor | None,
    ends: Anchor | None,
    as_of: datetime,
) -> Span | None:
    """From when to when a duty holds; without an end, a year beyond the instant of evaluation."""
    zone = evaluator.zone
    found = _instant(begins, subject, evaluator)
    if found is None and begins is not None:
        found = _fallback(subject, evaluator)
    if found is None:
        return None
    end = _instant(ends, subject, evaluator)
    if end is None:
        end = add_years(max(as_of, found), 1, zone)
    cut = subject.owner("contract")
    over = None if cut is None else cut.first("contract_ended")
    if over is not None:
        end = min(end, over.occurred_at)
    return Span(found, end) if found < end else None


def _instant(anchor: Anchor | None, subject: Subject, evaluator: Evaluator) -> datetime | None:
    if anchor is None:
        return None
    found = compile_anchor(anchor, evaluator.zone, evaluator.clauses_of)(subject, {}, None)
    return None if found is None else found[0]


def _fallback(subject: Subject, evaluator: Evaluator) -> datetime | None:
    """The contract's start, else the first thing known of the subject."""
    known = contract_start(subject.owner("contract"), evaluator.zone)
    if known is not None:
        return known
    return subject.facts[0].occurred_at if subject.facts else None


def facts_about(
    world: World, subject: Subject, anchor: FactAnchor, evaluator: Evaluator
) -> list[Found]:
    """Facts an anchor means on the subject and on every subject that links to it, in order."""
    found = list(matching_facts(anchor, subject, evaluator.zone))
    for name in world.with_facts_of(anchor.kinds):
        if name == subject.name:
            continue
        other = world.subject(name)
        if any(one.name == subject.name for one in other.linked):
            found.extend(matching_facts(anchor, other, evaluator.zone))
    found.sort(key=_found_order)
    return found


def _found_order(found: Found) -> tuple[datetime, str, str]:
    fact = found[1]
    return (found[0], "" if fact is None else fact.subject, "" if fact is None else fact.kind)


def applies(clause: Clause, subject: Subject) -> bool:
    """Whether the clause's selectors fit the subject's newest attributes."""
    return holds_for(clause.applies_to, subject)


def inside(found: Iterable[Found], span: Span) -> list[Found]:
    """The facts in a half-open span."""
    return [one for one in found if span.begins_at <= one[0] < span.ends_at]
