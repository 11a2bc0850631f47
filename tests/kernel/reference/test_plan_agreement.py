"""The evaluator comes to what going through the minutes comes to.

`YINUO_CASES` sets how many plan and fact sets are compared (default 600).
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from tests.kernel.reference.calendar_cases import Case, random_case
from tests.kernel.reference.minute_calendar import DAY, MINUTE, MinuteCalendar, OutOfSpanError
from tests.kernel.reference.minute_plan import Outcome, Stepper
from tests.kernel.reference.plan_cases import FactMaker, PlanCase, random_plan

from yinuo.kernel.calendars import Calendar, CalendarError
from yinuo.kernel.evaluation import Evaluation, Evaluator, Obligation
from yinuo.kernel.facts import Fact

CASES = int(os.environ.get("YINUO_CASES", "600"))
SHARDS = 4
PLANS_PER_CALENDAR = 10
FACTS_PER_PLAN = 8
ENDS = {"respond": "responded", "restore": "restored"}


class Duel:
    """One plan in one generated calendar, evaluated both ways."""

    def __init__(self, case: Case, slow: MinuteCalendar, fast: Calendar, rng: Random) -> None:
        self.case, self.slow, self.rng = case, slow, rng
        self.plan: PlanCase = random_plan(rng, case)
        self.evaluator = Evaluator(self.plan.plan, {"hours": fast})

    def stepper(self, promise: str, facts: list[Fact], as_of: datetime) -> Stepper:
        mine = [fact for fact in facts if fact.subject == "request:1"]
        return Stepper(self.plan.groups[promise], mine, as_of, self.slow)

    def facts(self) -> tuple[list[Fact], datetime]:
        """Facts and an instant; often an end at the due instant or a minute around it."""
        maker = FactMaker(self.rng, self.case, self.plan)
        facts = maker.make()
        as_of = maker.start + self.rng.choice((30, 600, 1440, 4000, 7000)) * MINUTE
        for promise, kind in ENDS.items():
            if self.rng.random() < 0.3:
                due = self.slow.instant(self.stepper(promise, facts, as_of).due())
                maker.facts.clear()
                maker.add(kind, due + self.rng.choice((0, 0, 1, -1)) * MINUTE)
                facts += maker.facts
        if self.rng.random() < 0.1:
            due = self.stepper("restore", facts, as_of).due()
            as_of = self.slow.instant(due + self.rng.choice((0, 1)))
        return facts, min(as_of, self.case.last)

    def compare(self) -> Counter[str]:
        facts, as_of = self.facts()
        seen: Counter[str] = Counter()
        expected = {
            promise: self.stepper(promise, facts, as_of).outcome(self.plan.total)
            for promise in self.plan.groups
        }
        evaluation = self.evaluator.evaluate(facts, as_of)
        for promise, outcome in expected.items():
            given = [one for one in evaluation.obligations if one.promise == promise]
            if outcome is None:
                assert not given
                continue
            assert len(given) == 1, given
            assert_same(outcome, given[0], evaluation)
            seen[outcome.state] += 1
            seen["money"] += bool(any(amount for _, amount in outcome.amounts))
        return seen


def assert_same(outcome: Outcome, given: Obligation, evaluation: Evaluation) -> None:
    assert given.state.value == outcome.state
    assert given.clause_id == outcome.clause
    assert given.started_at == outcome.started
    if outcome.state == "void":
        return
    assert given.due_at == outcome.due
    assert given.ended_at == outcome.ended
    assert given.late_by == outcome.late * MINUTE
    paid: dict[str, Decimal] = {}
    for line in evaluation.remedies:
        if line.clause_id == given.clause_id and line.amount is not None:
            paid[line.remedy_id] = paid.get(line.remedy_id, Decimal(0)) + line.amount
    expected = {name: amount for name, amount in outcome.amounts if amount}
    assert {name: amount for name, amount in paid.items() if amount} == expected


def calendar_that_opens(rng: Random) -> tuple[Case, Calendar]:
    """A generated calendar with windows in every week."""
    while True:
        case = random_case(rng)
        try:
            calendar = Calendar(case.spec)
        except CalendarError:
            continue
        if any(case.spec.weekly) and case.spec.without is None:
            return case, calendar


def compared(seed: str) -> Counter[str]:
    """All plans and facts of one calendar."""
    rng = Random(seed)
    case, fast = calendar_that_opens(rng)
    slow = MinuteCalendar(case.spec, case.first, case.last)
    seen: Counter[str] = Counter()
    for _ in range(PLANS_PER_CALENDAR):
        contest = Duel(case, slow, fast, rng)
        for _ in range(FACTS_PER_PLAN):
            try:
                seen += contest.compare()
                seen["cases"] += 1
            except OutOfSpanError:
                seen["skipped"] += 1
    return seen


@pytest.mark.req("G16", "B-04")
@pytest.mark.parametrize("shard", range(SHARDS))
def test_evaluator_equals_going_through_the_minutes(shard: int) -> None:
    seen: Counter[str] = Counter()
    number = 0
    while seen["cases"] < CASES // SHARDS:
        seen += compared(f"plan {shard} {number}")
        number += 1
    states = ("running", "paused", "met", "missed", "void", "money")
    assert all(seen[state] for state in states), seen


def test_the_reference_itself_gives_the_second_story() -> None:
    """A breach of 1 h 20 min is one percent; 40 h 30 min late are two started days."""
    from tests.kernel.reference.minute_plan import Fine, Promise

    from yinuo.kernel.calendars import always_open

    first = datetime.fromisoformat("2026-07-10T00:00+08:00")
    slow = MinuteCalendar(always_open(), first, first + 7 * DAY)
    fine = Fine("fine", "started", 1440, percent=Decimal(1))
    promise = Promise("restore", "restore", None, ("restoration_agreed",), ("restored",), "hour",
                      2, False, fines=(fine,))  # fmt: skip
    agreed = datetime.fromisoformat("2026-07-13T16:00+08:00")
    restored = datetime.fromisoformat("2026-07-15T10:30+08:00")
    facts = [
        Fact("request:1", "restoration_agreed", agreed, agreed),
        Fact("request:1", "restored", restored, restored),
    ]
    outcome = Stepper((promise,), facts, restored + DAY, slow).outcome(Decimal(486000))
    assert outcome is not None
    assert outcome.late * MINUTE == timedelta(days=1, hours=16, minutes=30)
    assert outcome.amounts == (("fine", Decimal("9720.00")),)
