"""What a case would get under a plan, and what each promise would cost if it were missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from yinuo.domains.contracts.plan_tests import SUBJECT, reported_fact
from yinuo.kernel.evaluation import Evaluator
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.text import Text

LATENESS = (timedelta(hours=1), timedelta(days=1), timedelta(weeks=1))
CONTRACT = "contract:1"
MOST_PRICED = 40


@dataclass(frozen=True, slots=True)
class CaseData:
    """A case to try: its selectors, when it is reported, and the money of its contract."""

    select: Mapping[str, str]
    reported_at: datetime
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CasePromise:
    """A promise of the case; `costs` if missed by an hour, a day, a week, None when unpriced."""

    clause: str
    number: str
    title: Text
    due_at: datetime
    provisional: bool
    costs: tuple[Decimal | None, ...]


def facts_of(case: CaseData) -> list[dict[str, Any]]:
    """The facts of the case as JSON lines hold them."""
    fact = reported_fact(case.select, case.reported_at)
    if case.total is None:
        return [fact]
    fact["attrs"] = {**fact["attrs"], "contract": CONTRACT}
    signed = {
        "subject": CONTRACT,
        "kind": "signed",
        "occurred_at": case.reported_at.isoformat(),
        "attrs": {"total": f"{case.total:f}"},
    }
    return [signed, fact]


def preview_case(evaluator: Evaluator, case: CaseData) -> list[CasePromise]:
    """The promises the case would have at once, the one due first leading."""
    facts = _kernel_facts(case)
    found: list[CasePromise] = []
    for one in evaluator.evaluate(facts, case.reported_at).of_subject(SUBJECT):
        if one.due_at is None:
            continue
        clause = evaluator.plan.clause(one.clause_id)
        costs: tuple[Decimal | None, ...] = (None, None, None)
        if clause.remedies and len(found) < MOST_PRICED:
            costs = tuple(_cost(evaluator, facts, clause.id, one.due_at + by) for by in LATENESS)
        found.append(
            CasePromise(clause.id, clause.number, clause.title, one.due_at, one.provisional, costs)
        )
    return found


def _cost(evaluator: Evaluator, facts: Sequence[Fact], clause: str, at: datetime) -> Decimal | None:
    lines = evaluator.evaluate(facts, at).remedies
    amounts = [one.amount for one in lines if one.clause_id == clause and one.subject == SUBJECT]
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known else None


def _kernel_facts(case: CaseData) -> list[Fact]:
    return [
        Fact(one["subject"], one["kind"], case.reported_at, case.reported_at, one["attrs"])
        for one in facts_of(case)
    ]
