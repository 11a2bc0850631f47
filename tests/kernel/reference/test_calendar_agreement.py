"""The compiled calendar gives the same answers as counting minute by minute.

`YINUO_CASES` sets how many questions are asked (default 3,000).
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.reference.calendar_cases import (
    OFFICE,
    Case,
    random_case,
    random_moment,
    random_stops,
)
from tests.kernel.reference.minute_calendar import DAY, MINUTE, MinuteCalendar, OutOfSpanError

from yinuo.kernel.calendars import Calendar, CalendarError, CalendarSpec, DayEnd
from yinuo.kernel.instants import from_us, to_us

CASES = int(os.environ.get("YINUO_CASES", "3000"))
PER_CALENDAR = 100
SHARDS = 8
AMOUNTS = (0, 1, 29, 30, 60, 90, 240, 480, 960, 1440, 2880, 5000)


def answer(question, *arguments):
    """The answer, or None when it lies outside the listed minutes or the calendar's horizon."""
    try:
        return question(*arguments)
    except (OutOfSpanError, CalendarError):
        return None


class Duel:
    """One generated calendar asked both ways."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.slow = MinuteCalendar(case.spec, case.first, case.last)
        try:
            self.fast = Calendar(case.spec)
        except CalendarError as error:
            if error.code != "empty_calendar" or case.spec.without is None:
                raise
            self.fast = None
        self.asked: Counter[str] = Counter()

    def ask(self, rng: Random) -> None:
        kinds = (
            self.amount, self.amount, self.elapsed, self.working_days, self.days_before,
            self.opening, self.windows,
        )  # fmt: skip
        kind = rng.choice(kinds)
        self.asked[kind.__name__] += 1
        kind(rng)

    def amount(self, rng: Random) -> None:
        start, stops = random_moment(rng, self.case), random_stops(rng, self.case)
        minutes = rng.choice((1, 1, 1, -1)) * (rng.choice(AMOUNTS) + rng.choice((0, 0, 7)))
        slow = answer(self.slow.add, start, minutes, stops)
        fast = answer(self.fast.add, start, minutes * MINUTE, stops)
        if slow is not None:
            assert fast == slow, (start, minutes, stops)
            if minutes > 0 and not stops:
                many = self.fast.due_many(
                    np.array([to_us(start)]), to_us(from_us(0) + minutes * MINUTE)
                )
                assert from_us(int(many[0])) == slow
        else:
            # An opening at the very end of the listed minutes is not among them.
            last = self.case.last - MINUTE if minutes == 0 else self.case.last
            assert fast is None or fast > last or fast < self.case.first

    def elapsed(self, rng: Random) -> None:
        a, b = sorted((random_moment(rng, self.case), random_moment(rng, self.case)))
        stops = random_stops(rng, self.case)
        expected = self.slow.elapsed(a, b, stops)
        assert self.fast.elapsed(a, b, stops) == expected, (a, b, stops)
        assert self.fast.elapsed(b, a, stops) == -expected
        if not stops:
            many = self.fast.elapsed_many(np.array([to_us(a)]), np.array([to_us(b)]))
            assert timedelta(microseconds=int(many[0])) == expected

    def working_days(self, rng: Random) -> None:
        start, n = random_moment(rng, self.case), rng.choice((0, 1, 1, 2, 3, 5))
        ending, stops = rng.choice(list(DayEnd)), random_stops(rng, self.case)
        slow = answer(self.slow.end_of_working_day, start, n, ending.value, stops)
        if slow is not None:
            assert self.fast.end_of_working_day(start, n, ending, stops) == slow, (start, n, stops)

    def days_before(self, rng: Random) -> None:
        start, n = random_moment(rng, self.case), rng.choice((0, 1, 2, 3))
        slow = answer(self.slow.start_of_working_day, start, n)
        if slow is not None:
            assert self.fast.start_of_working_day(start, n) == slow, (start, n)

    def opening(self, rng: Random) -> None:
        t = random_moment(rng, self.case)
        assert self.fast.is_open(t) == self.slow.is_open(t), t
        day = t.astimezone(self.slow.zone).date()
        slow = answer(self.slow.is_working_day, day)
        if slow is not None:
            fast = answer(self.fast.is_working_day, day)  # None: never opens again
            assert fast == slow or (fast is None and not slow), day

    def windows(self, rng: Random) -> None:
        a = random_moment(rng, self.case)
        b = min(a + rng.choice((1, 600, 3000)) * MINUTE, self.case.last)
        stops = random_stops(rng, self.case)
        assert list(self.fast.windows(a, b, stops)) == self.slow.windows(a, b, stops), (a, b, stops)


def duel(seed: str, questions: int) -> Counter[str]:
    rng = Random(seed)
    contest = Duel(random_case(rng))
    if contest.fast is None:
        contest.asked["refused"] += 1
        return contest.asked
    for _ in range(questions):
        contest.ask(rng)
    return contest.asked


@pytest.mark.req("G16", "B-03")
@pytest.mark.parametrize("shard", range(SHARDS))
def test_compiled_calendar_equals_minute_by_minute_counting(shard: int) -> None:
    asked: Counter[str] = Counter()
    calendar = 0
    while asked.total() < CASES // SHARDS:
        asked += duel(f"calendar {shard} {calendar}", PER_CALENDAR)
        calendar += 1
    assert min(asked[kind] for kind in ("amount", "elapsed", "working_days", "windows")) > 0


@pytest.mark.req("G16")
@settings(
    max_examples=max(12, CASES // 250), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(seed=st.integers(0, 2**32), question=st.integers(0, 2**32))
def test_compiled_calendar_equals_counting_for_hypothesis_seeds(seed: int, question: int) -> None:
    contest = Duel(random_case(Random(seed)))
    if contest.fast is not None:
        for number in range(25):
            contest.ask(Random(question + number))


def test_the_reference_itself_counts_an_ordinary_week() -> None:
    spec = CalendarSpec("office", "Asia/Shanghai", (OFFICE,) * 5 + ((), ()))
    first = datetime(2026, 3, 1, 16, tzinfo=UTC)  # Monday 2 March 00:00 in Shanghai
    slow = MinuteCalendar(spec, first, first + 7 * DAY)
    assert slow.elapsed(first, first + 7 * DAY) == timedelta(hours=5 * 8)
    assert slow.add(first, 8 * 60) == first + timedelta(hours=18)
    assert slow.add(first, 8 * 60 + 1) == first + timedelta(hours=32, minutes=31)
    assert slow.is_working_day(date(2026, 3, 4))
