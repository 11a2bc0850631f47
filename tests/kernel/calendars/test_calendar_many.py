"""Whole arrays at once give what one at a time gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread

import numpy as np
from tests.kernel.calendars.chinese_office import NIGHT, OFFICE, OFFICE_SPEC, at

from yinuo.kernel.calendars import Calendar
from yinuo.kernel.instants import from_us, to_us

STARTS = np.random.default_rng(7).integers(
    to_us(datetime(2019, 1, 1, tzinfo=UTC)), to_us(datetime(2029, 1, 1, tzinfo=UTC)), 2_000
)
HOUR_US = 3_600_000_000


def test_due_many_equals_add_for_each() -> None:
    amounts = np.random.default_rng(8).integers(1, 300 * HOUR_US, 2_000)
    for calendar in (OFFICE, NIGHT):
        one = [to_us(calendar.add(from_us(int(s)), timedelta(hours=20))) for s in STARTS]
        assert calendar.due_many(STARTS, 20 * HOUR_US).tolist() == one
        each = [
            to_us(calendar.add(from_us(int(s)), timedelta(microseconds=int(a))))
            for s, a in zip(STARTS, amounts, strict=True)
        ]
        assert calendar.due_many(STARTS, amounts).tolist() == each


def test_elapsed_many_equals_elapsed_for_each_pair() -> None:
    other = np.roll(STARTS, 1)
    pairs = zip(STARTS, other, strict=True)
    one = [
        OFFICE.elapsed(from_us(int(a)), from_us(int(b))) // timedelta(microseconds=1)
        for a, b in pairs
    ]
    assert OFFICE.elapsed_many(STARTS, other).tolist() == one


def test_no_starts_give_no_due_times() -> None:
    nothing = np.array([], dtype=np.int64)
    assert OFFICE.due_many(nothing, 1).size == 0
    assert OFFICE.elapsed_many(nothing, nothing).size == 0


def test_threads_that_ask_at_once_get_the_same_answers() -> None:
    calendar = Calendar(OFFICE_SPEC)
    starts = [at(f"{year}-03-02 09:00") for year in (2019, 2030, 2026, 2035, 2015, 2024)]
    answers: dict[int, list[datetime]] = {}

    def ask(number: int) -> None:
        order = starts[number % 6 :] + starts[: number % 6]
        due = {start: calendar.add(start, timedelta(hours=30)) for start in order}
        answers[number] = [due[start] for start in starts]

    threads = [Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = [OFFICE.add(start, timedelta(hours=30)) for start in starts]
    assert [answers[number] for number in range(6)] == [expected] * 6
