"""Exposure comes to what evaluating again at the later instant comes to, with no new fact.

`YINUO_CASES` sets how many plan and fact sets are compared (default 240).
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from tests.kernel.reference.calendar_cases import Case
from tests.kernel.reference.plan_cases import FactMaker, random_plan
from tests.kernel.reference.test_plan_agreement import calendar_that_opens

from yinuo.kernel.calendars import Calendar, CalendarError
from yinuo.kernel.evaluation import Evaluation, Evaluator, Obligation, State
from yinuo.kernel.exposure import HORIZONS, Exposure, exposures

CASES = int(os.environ.get("YINUO_CASES", "240"))
MINUTE, MOMENT, NO_TIME = timedelta(minutes=1), timedelta(microseconds=1), timedelta(0)
PLANS_PER_CALENDAR = 15


def brought(evaluation: Evaluation, clause: str) -> Decimal:
    """What a clause's breach has cost at the instant evaluated."""
    return sum((one.amount or Decimal(0) for one in evaluation.remedies if one.clause_id == clause), Decimal(0))  # fmt: skip


class Contest:
    """One plan and set of facts, all of them known at one instant."""

    def __init__(self, rng: Random, case: Case, calendar: Calendar) -> None:
        plan = random_plan(rng, case)
        self.rng = rng
        self.evaluator = Evaluator(plan.plan, {"hours": calendar})
        maker = FactMaker(rng, case, plan)
        self.now = (
            maker.start + rng.randint(1, 6000) * MINUTE + timedelta(seconds=rng.choice((0, 1)))
        )
        self.facts = [one for one in maker.make() if one.occurred_at <= self.now]
        self.seen: Counter[str] = Counter()

    def at(self, instant) -> Evaluation:
        return self.evaluator.evaluate(self.facts, instant)

    def compare(self) -> Counter[str]:
        evaluation = self.at(self.now)
        found = exposures(evaluation, "request:1")
        for one in evaluation.obligations:
            exposure = found.get((one.clause_id, one.number))
            if exposure is not None:
                self.compare_amounts(one, exposure)
                self.compare_until(one, exposure)
            elif one.is_open and one.due_at is not None:
                later = self.at(max(one.due_at, self.now) + HORIZONS[-1])
                assert brought(later, one.clause_id) == 0
                self.seen["without"] += 1
        return self.seen

    def compare_amounts(self, one: Obligation, exposure: Exposure) -> None:
        assert exposure.accrued == brought(self.at(self.now), one.clause_id)
        if exposure.late is None:
            self.seen["ended"] += 1
            return
        assert one.due_at is not None
        for span, further in zip(HORIZONS, exposure.late, strict=True):
            later = self.at(max(one.due_at, self.now) + span)
            same = next(
                (each for each in later.obligations if each.clause_id == one.clause_id), None
            )
            # A pause that goes on moves the due time with it: another question.
            if same is not None and same.due_at == one.due_at and same.state is State.MISSED:
                assert exposure.accrued + further == brought(later, one.clause_id)
                self.seen["missed" if one.state is State.MISSED else "running"] += 1
                self.seen["money"] += bool(further)

    def compare_until(self, one: Obligation, exposure: Exposure) -> None:
        """Any instant before the next change gives the same figures."""
        if one.state is not State.MISSED or not one.is_open:
            return
        until = exposure.next_at or self.now + timedelta(days=40)
        assert until > self.now
        for share in (0, self.rng.random(), 1):
            # A full step counts at its end already: the figures are renewed a moment later.
            instant = self.now + max(until - self.now - 2 * MOMENT, NO_TIME) * share
            same = exposures(self.at(instant), "request:1")[one.clause_id, one.number]
            assert same[:3] == exposure[:3], (instant, until)
            self.seen["held"] += 1


@pytest.mark.req("B-08")
@pytest.mark.parametrize("shard", range(4))
def test_exposure_is_what_waiting_would_come_to(shard):
    seen: Counter[str] = Counter()
    rng = Random(f"exposure {shard}")
    for _ in range(max(CASES // 4 // PLANS_PER_CALENDAR, 1)):
        case, calendar = calendar_that_opens(rng)
        for _ in range(PLANS_PER_CALENDAR):
            try:
                seen += Contest(rng, case, calendar).compare()
            except CalendarError:
                seen["skipped"] += 1
    assert (
        min(seen[kind] for kind in ("running", "missed", "money", "held", "ended")) > CASES // 40
    ), seen
