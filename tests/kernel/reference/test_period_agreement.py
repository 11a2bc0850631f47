"""Measures over periods come to what counting the minutes comes to.

`YINUO_CASES` sets how many sets of measures and facts are compared (default 240).
"""

from __future__ import annotations

import os
from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from tests.kernel.reference.calendar_cases import Case
from tests.kernel.reference.minute_calendar import MINUTE, MinuteCalendar, OutOfSpanError
from tests.kernel.reference.minute_more import Course, Length, Result
from tests.kernel.reference.minute_more import Rule as Deadline
from tests.kernel.reference.minute_periods import Judged, Meter, Rule, six
from tests.kernel.reference.period_cases import HEAD, Life, random_measure, written
from tests.kernel.reference.test_plan_agreement import calendar_that_opens

from yinuo.kernel.calendars import Calendar
from yinuo.kernel.evaluation import Evaluator, Obligation
from yinuo.planfile import load_plan

CASES = int(os.environ.get("YINUO_CASES", "240"))
SHARDS = 2
PLANS = 6
FACTS = 6
MEASURES = 5


class Contest:
    """A handful of measures in one generated calendar, evaluated both ways."""

    def __init__(self, case: Case, slow: MinuteCalendar, fast: Calendar, rng: Random) -> None:
        self.case, self.slow, self.rng = case, slow, rng
        self.rules = [random_measure(rng, n, in_calendar=True) for n in range(MEASURES)]
        hours, in_calendar = rng.choice((1, 4, 8)), rng.random() < 0.4
        self.promise = Deadline("first", "reported", "responded", Length(hours * 60, in_calendar))
        self.text = HEAD.format(
            zone=case.spec.zone, hours=hours, calendar=", calendar: hours" if in_calendar else ""
        ) + "".join(map(written, self.rules))
        self.evaluator = Evaluator(load_plan(self.text, "generated"), {"hours": fast})

    def compare(self) -> Counter[str]:
        rng, first = self.rng, self.slow.first
        life = Life(rng, self.case)
        life.make()
        begin = (life.begins - first) // MINUTE
        ends = None
        if rng.random() < 0.4:
            ends = life.begins + rng.choice((1440, 4000, 5 * 1440 + 1)) * MINUTE
        as_of = begin + rng.choice((0, 600, 1440, 4000, 6000, 9000))
        moments = [one.minute for one in life.happened]
        if moments and rng.random() < 0.3:
            as_of = rng.choice(moments) + rng.choice((0, 0, 1))
        over = 10**9 if ends is None else (ends - first) // MINUTE
        meter = Meter(life.happened, self.results(life, as_of), (begin, over), as_of, self.slow)
        evaluation = self.evaluator.evaluate(life.facts(ends), self.slow.instant(as_of))
        seen: Counter[str] = Counter()
        for rule in self.rules:
            given = [one for one in evaluation.obligations if one.clause_id == rule.id]
            try:
                expected = [] if begin > as_of else meter.judged(rule)
            except OutOfSpanError:
                seen["skipped"] += 1
                continue
            self.assert_same(rule, expected, given)
            seen["compared"] += 1
            seen[rule.figure] += bool(expected)
            for one in expected:
                seen[one.state] += 1
                seen[rule.period] += 1
        return seen

    def results(self, life: Life, as_of: int) -> list[tuple[Result, str]]:
        made = []
        for events, cause in zip(life.requests, life.causes, strict=True):
            course = Course("request", events, [], [], as_of, self.slow)
            made += [(one, cause) for one in course.results([self.promise])]
        return made

    def assert_same(self, rule: Rule, expected: list[Judged], given: list[Obligation]) -> None:
        number = self.slow.first
        wanted, found = [], []
        for one in expected:
            figure = None if one.figure is None else six(one.figure)
            wanted.append((one.state, one.begins, one.ended, figure, one.figure and one.cases))
        for other, one in zip(given, expected, strict=False):
            shown = other.value if one.figure is not None else None
            figure = None if shown is None else six(Fraction(shown.figure))
            started = (other.started_at - number) // MINUTE
            ended = None if other.ended_at is None else (other.ended_at - number) // MINUTE
            found.append((other.state.value, started, ended, figure, figure and shown.cases))
            if one.due < 10**8:
                assert other.due_at == self.slow.instant(one.due), (rule, one, other)
        assert found == wanted, (found, wanted, rule)
        assert len(given) == len(expected), (rule, given, expected)


def compared(seed: str) -> Counter[str]:
    """All measures and facts of one calendar."""
    rng = Random(seed)
    case, fast = calendar_that_opens(rng)
    slow = MinuteCalendar(case.spec, case.first, case.last)
    seen: Counter[str] = Counter()
    for _ in range(PLANS):
        contest = Contest(case, slow, fast, rng)
        for _ in range(FACTS):
            try:
                seen += contest.compare()
                seen["cases"] += 1
            except OutOfSpanError:
                seen["out of span"] += 1
    return seen


@pytest.mark.req("G16", "B-05")
@pytest.mark.parametrize("shard", range(SHARDS))
def test_measures_equal_counting_the_minutes(shard: int) -> None:
    seen: Counter[str] = Counter()
    number = 0
    while seen["cases"] < CASES // SHARDS:
        seen += compared(f"period {shard} {number}")
        number += 1
    kinds = ("running", "met", "missed", "void", "day", "week", "month", "contract", "rolling",
             "count", "share", "mean", "availability", "downtime", "mtbf", "points", "repeats")  # fmt: skip
    assert all(seen[kind] for kind in kinds), seen
