"""Fallbacks, repeats, extensions, notices and joint money come to what the minutes come to.

`YINUO_CASES` sets how many plan and fact sets are compared (default 600).
"""

from __future__ import annotations

import os
from collections import Counter
from decimal import Decimal
from random import Random

import pytest
from tests.kernel.reference.minute_calendar import DAY, MINUTE, MinuteCalendar, OutOfSpanError
from tests.kernel.reference.minute_more import Course, Result, money
from tests.kernel.reference.more_cases import Story, kernel_plan, random_rules, random_story
from tests.kernel.reference.test_plan_agreement import calendar_that_opens

from yinuo.kernel.evaluation import Evaluation, Evaluator
from yinuo.kernel.facts import Fact

CASES = int(os.environ.get("YINUO_CASES", "600"))
SHARDS = 4
PLANS = 12
FACTS = 8


class Contest:
    """One plan in one generated calendar, evaluated both ways."""

    def __init__(self, case, slow: MinuteCalendar, fast, rng: Random) -> None:
        self.case, self.slow, self.rng = case, slow, rng
        self.rules = random_rules(rng)
        self.total = Decimal(rng.choice(("2860000.00", "486000", "123456.78", "0.30")))
        self.evaluator = Evaluator(kernel_plan(self.rules, case), {"hours": fast})

    def stories(self) -> tuple[list[Story], int]:
        rng = self.rng
        stories = [random_story(rng, self.case, n) for n in range(rng.choice((1, 2, 3, 4)))]
        start = stories[0].events["reported"][0]
        as_of = min(start + rng.choice((600, 1440, 4000, 7000)) * MINUTE, self.case.last)
        return stories, (as_of - self.slow.first) // MINUTE

    def expected(self, stories: list[Story], as_of: int) -> list[Result]:
        found: list[Result] = []
        for story in stories:
            parts = story.in_minutes(self.slow.first)
            if parts[0]["reported"][0] <= as_of:
                course = Course(story.name, *parts, as_of, self.slow)
                found += course.results(self.rules)
        return found

    def compare(self) -> Counter[str]:
        stories, as_of = self.stories()
        if self.rng.random() < 0.3:  # often just when something is due
            dues = [one.due for one in self.expected(stories, as_of)]
            as_of = min(self.rng.choice([*dues, as_of]) + self.rng.choice((0, 1)), as_of)
        expected = self.expected(stories, as_of)
        signed = self.case.first - 100 * DAY
        facts = [Fact("contract:1", "signed", signed, signed, {"total": self.total})]
        facts += [fact for story in stories for fact in story.facts(self.rng)]
        self.rng.shuffle(facts)
        evaluation = self.evaluator.evaluate(facts, self.slow.instant(as_of))
        self.assert_same(expected, evaluation)
        seen = Counter(one.rule.id + " " + one.state for one in expected)
        return seen + self.assert_same_money(expected, evaluation)

    def assert_same(self, expected: list[Result], evaluation: Evaluation) -> None:
        given = {(one.subject, one.clause_id, one.number): one for one in evaluation.obligations}
        wanted = {(one.subject, one.rule.id, one.number): one for one in expected}
        assert set(given) == set(wanted)
        instant = self.slow.instant
        for key, one in wanted.items():
            found = given[key]
            ended = None if one.ended is None else instant(one.ended)
            assert (key, found.state.value, found.started_at, found.due_at, found.ended_at) == (
                key, one.state, instant(one.started), instant(one.due), ended
            )  # fmt: skip
            if one.state == "missed":
                assert (key, found.late_by) == (key, one.late * MINUTE)

    def assert_same_money(self, expected: list[Result], evaluation: Evaluation) -> Counter[str]:
        wanted: Counter = Counter()
        for clause, penalty, subject, number, amount in money(expected, self.total, self.slow):
            wanted[clause, penalty, subject, number] = amount
        given: Counter = Counter()
        for line in evaluation.remedies:
            given[line.clause_id, line.remedy_id, line.subject, line.number] = line.amount
        assert dict(given) == dict(wanted)
        assert sum(evaluation.totals.values()) == sum(wanted.values())
        reduced = sum(line.reduced_by > 0 for line in evaluation.remedies)
        return Counter({"money": bool(sum(wanted.values())), "reduced": reduced})


def compared(seed: str) -> Counter[str]:
    """All plans and facts of one calendar."""
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
                seen["skipped"] += 1
    return seen


@pytest.mark.req("G16", "B-04", "B-07")
@pytest.mark.parametrize("shard", range(SHARDS))
def test_following_promises_and_their_money_equal_going_through_the_minutes(shard: int) -> None:
    seen: Counter[str] = Counter()
    number = 0
    while seen["cases"] < CASES // SHARDS:
        seen += compared(f"more {shard} {number}")
        number += 1
    states = ("running", "met", "missed")
    kinds = [f"{clause} {state}" for clause in ("first", "update", "notice") for state in states]
    kinds += ["second missed", "third missed", "money", "reduced"]
    assert all(seen[kind] for kind in kinds), seen
