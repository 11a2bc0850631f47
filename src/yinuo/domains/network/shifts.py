"""Working hours of a week, written the way people write them: `1-5 08:30-12:00 13:30-18:00`."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from yinuo.platform.errors import InvalidInput

DAY_MINUTES, WEEK = 1440, 7
MOST_WINDOWS = 42
# A longer pause is no break in a day's work but the rest until the next.
LONGEST_BREAK = timedelta(hours=8)
_LINE = re.compile(r"(?P<days>[1-7](?:[-,][1-7])*)\s+(?P<times>.+)")
_TIMES = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


class Window(NamedTuple):
    """A part of a weekday (1 Monday … 7 Sunday) in minutes of local time, half-open.

    A window that ends after midnight ends beyond 1440 and belongs to the day it begins on.
    """

    weekday: int
    start: int
    end: int


def parse_shift(text: str) -> tuple[Window, ...]:
    """The windows that lines such as `1-5 08:30-12:00 13:30-18:00` stand for.

    Raises InvalidInput on `shift` for anything else.

    >>> parse_shift("6,7 22:00-06:00")
    (Window(weekday=6, start=1320, end=1800), Window(weekday=7, start=1320, end=1800))
    """
    windows: set[Window] = set()
    folded = unicodedata.normalize("NFKC", text).replace("、", ",").replace("–", "-")
    for line in filter(None, (one.strip() for one in folded.splitlines())):
        found = _LINE.fullmatch(line)
        if found is None:
            raise _wrong()
        spans = [_span(one) for one in found["times"].split()]
        windows |= {Window(day, *span) for day in _days(found["days"]) for span in spans}
    return checked_shift(windows)


def checked_shift(windows: Iterable[Sequence[int]]) -> tuple[Window, ...]:
    """The windows in order. Raises InvalidInput on `shift` when they overlap or are none."""
    ordered = sorted(Window(*one) for one in windows)
    if len(ordered) > MOST_WINDOWS:
        raise _wrong()
    for one in ordered:
        good = 1 <= one.weekday <= WEEK and 0 <= one.start < DAY_MINUTES
        if not good or not one.start < one.end <= one.start + DAY_MINUTES:
            raise _wrong()
    starts = [one.weekday * DAY_MINUTES + one.start for one in ordered]
    lasts = [one.weekday * DAY_MINUTES + one.end for one in ordered]
    following = [*starts[1:], starts[0] + WEEK * DAY_MINUTES] if starts else []
    if any(end > start for end, start in zip(lasts, following, strict=True)):
        raise InvalidInput({"shift": _("Some of these hours overlap.")})
    return tuple(ordered)


def shown_shift(windows: Iterable[Window]) -> str:
    """The same as text, a line for each set of hours.

    >>> shown_shift(parse_shift("1-3,5 8:30-12:00"))
    '1-3,5 08:30-12:00'
    """
    days: dict[tuple[tuple[int, int], ...], list[int]] = defaultdict(list)
    hours: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one in sorted(windows):
        hours[one.weekday].append((one.start, one.end))
    for weekday, spans in sorted(hours.items()):
        days[tuple(spans)].append(weekday)
    return "\n".join(
        f"{_runs(each)} {' '.join(f'{_clock(start)}-{_clock(end)}' for start, end in spans)}"
        for spans, each in days.items()
    )


def is_at_work(windows: Sequence[Window], at: datetime, zone: ZoneInfo) -> bool:
    """True when the instant lies in a window, or no hours are set at all.

    Hours are local: on a day with a change of the clocks they are what the clock shows.
    """
    return not windows or any(
        start <= at < end for start, end in _around(windows, at.astimezone(zone))
    )


def work_ends_at(windows: Sequence[Window], at: datetime, zone: ZoneInfo) -> datetime | None:
    """When the work that goes on at an instant ends, breaks included; a night's in the morning.

    While nobody works, when the hours of that day end, the last of them; None when there are none.
    """
    local = at.astimezone(zone)
    spans = sorted(_around(windows, local, ahead=1))
    ends: datetime | None = None
    for start, end in spans:
        if start <= at < end or (ends is not None and start - ends < LONGEST_BREAK):
            ends = end
    if ends is not None:
        return ends
    left = (end for start, end in spans if start.date() <= local.date() and end > at)
    return max(left, default=None)


def _around(
    windows: Sequence[Window], local: datetime, *, ahead: int = 0
) -> Iterator[tuple[datetime, datetime]]:
    """The windows of the local day and of the one before, which may reach into it, and of so many
    days ahead."""
    zone = local.tzinfo
    for days in range(-1, ahead + 1):
        day = local + timedelta(days=days)
        for one in windows:
            if one.weekday == day.isoweekday():
                yield _instant(day, one.start, zone), _instant(day, one.end, zone)


def _instant(day: datetime, minutes: int, zone: tzinfo | None) -> datetime:
    plain = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001 - wall clock
    return plain.replace(tzinfo=zone)


def _days(text: str) -> set[int]:
    days: set[int] = set()
    for part in text.split(","):
        first, _dash, last = part.partition("-")
        if not (first.isdigit() and (last or first).isdigit()) or int(first) > int(last or first):
            raise _wrong()
        days |= set(range(int(first), int(last or first) + 1))
    return days


def _span(text: str) -> tuple[int, int]:
    found = _TIMES.fullmatch(text)
    if found is None:
        raise _wrong()
    hour, minute, to_hour, to_minute = map(int, found.groups())
    if max(minute, to_minute) > 59 or max(hour, to_hour) > 24:
        raise _wrong()
    start, end = hour * 60 + minute, to_hour * 60 + to_minute
    return start, end if end > start else end + DAY_MINUTES


def _runs(days: Sequence[int]) -> str:
    parts: list[list[int]] = []
    for day in days:
        if parts and parts[-1][-1] == day - 1:
            parts[-1].append(day)
        else:
            parts.append([day])
    return ",".join(f"{one[0]}-{one[-1]}" if len(one) > 1 else str(one[0]) for one in parts)


def _clock(minutes: int) -> str:
    within = minutes if minutes <= DAY_MINUTES else minutes - DAY_MINUTES
    return f"{within // 60:02d}:{within % 60:02d}"


def _wrong() -> InvalidInput:
    return InvalidInput(
        {"shift": _("Write a line such as 1-5 08:30-12:00 13:30-18:00; 1 is Monday.")}
    )
