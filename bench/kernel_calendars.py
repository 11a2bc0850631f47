"""Due times per second: our calendar, and two libraries people would use instead.

    python bench/kernel_calendars.py [--json]

One office calendar (08:30–12:00 and 13:30–18:00, Chinese statutory days and make-up days) over the
ten years 2017 to 2026, random starts, amounts of 1 to 80 working hours. `businesstimedelta` and
`pandas` know the holidays but no make-up days, and `pandas` is due at the next opening where we are
due at the end of the window before, so the share of their answers that equal ours is printed too.
Times are processor time of one core, the best of five rounds; the ratio is to one `add` of ours.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections import deque
from collections.abc import Callable
from itertools import starmap
from random import Random
from zoneinfo import ZoneInfo

import businesstimedelta
import numpy as np
import pandas as pd
import pytz

from yinuo.kernel.calendars import Calendar, CalendarSpec, week, with_holidays
from yinuo.kernel.instants import to_us
from yinuo.planfile.holidays import load_statutory_table

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = dt.datetime(2017, 1, 3, tzinfo=dt.UTC), dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
HOURS = [("08:30", "12:00"), ("13:30", "18:00")]
ONE = "yinuo add, one at a time"
SCALAR, MANY, SLOW = 50_000, 1_000_000, 2_000


def best_of_five(work: Callable[[], object]) -> float:
    """Seconds of the fastest round."""
    seconds = []
    for _ in range(5):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return min(seconds)


def ours(starts: list[dt.datetime], amounts: list[dt.timedelta]) -> tuple[list[dict], list]:
    """Figures of our calendar, and its due times."""
    table = load_statutory_table()
    spec = CalendarSpec("office", "Asia/Shanghai", week(dict.fromkeys(range(5), HOURS)))
    spec = with_holidays(spec, table)
    began = time.process_time()
    calendar = Calendar(spec)
    calendar.elapsed(FIRST, LAST)
    built = time.process_time() - began
    pairs = list(zip(starts, amounts, strict=True))
    scalar = best_of_five(lambda: deque(starmap(calendar.add, pairs), maxlen=0))
    elapsed = best_of_five(lambda: deque((calendar.elapsed(FIRST, t) for t in starts), maxlen=0))
    rng = np.random.default_rng(1)
    many = rng.integers(to_us(FIRST), to_us(LAST), MANY)
    amount = rng.integers(3_600_000_000, 80 * 3_600_000_000, MANY)
    vector = best_of_five(lambda: calendar.due_many(many, amount))
    between = best_of_five(lambda: calendar.elapsed_many(many, many[::-1]))
    rows = [
        {"what": "yinuo, compile ten years", "per_second": None, "micros": built * 1e6},
        row(ONE, scalar, len(pairs)),
        row("yinuo elapsed, one at a time", elapsed, len(starts)),
        row("yinuo due_many", vector, MANY),
        row("yinuo elapsed_many", between, MANY),
    ]
    return rows, [calendar.add(start, amount) for start, amount in pairs[:SLOW]]


def row(what: str, seconds: float, number: int, same: float | None = None) -> dict:
    """One line of the table."""
    return {
        "what": what,
        "micros": seconds / number * 1e6,
        "per_second": number / seconds,
        "same": same,
    }


def with_businesstimedelta(starts: list, amounts: list, expected: list) -> dict:
    """The same due times by `businesstimedelta`."""
    holidays, zone = load_statutory_table().holidays, pytz.timezone("Asia/Shanghai")
    windows = [
        businesstimedelta.WorkDayRule(
            start_time=dt.time.fromisoformat(start),
            end_time=dt.time.fromisoformat(end),
            working_days=[0, 1, 2, 3, 4],
            tz=zone,
        )
        for start, end in HOURS
    ]
    off = businesstimedelta.HolidayRule(holidays, tz=zone)
    rules = businesstimedelta.Rules([*windows, off])
    local = [start.astimezone(ZONE) for start in starts]
    spans = [businesstimedelta.BusinessTimeDelta(rules, timedelta=amount) for amount in amounts]
    pairs = list(zip(local, spans, strict=True))
    seconds = best_of_five(lambda: [start + span for start, span in pairs])
    given = [start + span for start, span in pairs]
    return row("businesstimedelta", seconds, len(pairs), share(given, expected))


def with_pandas(starts: list, amounts: list, expected: list) -> dict:
    """The same due times by `pandas`, with two windows a day as it allows, in whole minutes."""
    offset = pd.offsets.CustomBusinessHour(
        holidays=sorted(load_statutory_table().holidays),
        start=[start for start, _ in HOURS],
        end=[end for _, end in HOURS],
    )
    local = [pd.Timestamp(start.astimezone(ZONE).replace(tzinfo=None)) for start in starts]
    hours = [amount // dt.timedelta(hours=1) for amount in amounts]
    pairs = [(start, offset * number) for start, number in zip(local, hours, strict=True)]
    seconds = best_of_five(lambda: [start + number for start, number in pairs])
    given = [(start + number).to_pydatetime().replace(tzinfo=ZONE) for start, number in pairs]
    return row("pandas CustomBusinessHour", seconds, len(pairs), share(given, expected))


def share(given: list, expected: list) -> float:
    """The share of answers that equal ours."""
    return sum(a == b for a, b in zip(given, expected, strict=True)) / len(expected)


def measure() -> list[dict]:
    """Every line of the table."""
    rng = Random(1)
    minutes = (LAST - FIRST) // dt.timedelta(minutes=1)
    starts = [FIRST + dt.timedelta(minutes=rng.randrange(minutes)) for _ in range(SCALAR)]
    amounts = [dt.timedelta(hours=rng.randint(1, 80)) for _ in range(SCALAR)]
    rows, expected = ours(starts, amounts)
    rows.append(with_businesstimedelta(starts[:SLOW], amounts[:SLOW], expected))
    rows.append(with_pandas(starts[:SLOW], amounts[:SLOW], expected))
    ours_each = next(one["micros"] for one in rows if one["what"] == ONE)
    for one in rows:
        one["ratio"] = None if one["per_second"] is None else one["micros"] / ours_each
    return rows


def main() -> None:
    """Print the table, or JSON with `--json`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    rows = measure() if (arguments := parser.parse_args()) else []
    if arguments.json:
        print(json.dumps(rows, indent=1))
        return
    print(f"{'':32}{'µs each':>12}{'a second':>14}{'ratio':>10}{'same':>8}")
    for line in rows:
        rate = "" if line["per_second"] is None else f"{line['per_second']:,.0f}"
        ratio = "" if line["ratio"] is None else f"{line['ratio']:,.2f}"
        same = "" if line.get("same") is None else f"{line['same']:.1%}"
        print(f"{line['what']:32}{line['micros']:12,.2f}{rate:>14}{ratio:>10}{same:>8}")


if __name__ == "__main__":
    main()
