"""Working hours of a week as people read them; typed they are the text of `network.shifts`."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import pgettext

from yinuo.domains.network.shifts import Window, shown_shift


def worded_shift(windows: Iterable[Window]) -> list[str]:
    """A line for each set of hours, such as `Mon–Fri 08:30–12:00 13:30–18:00`."""
    return [_worded(*line.split(" ", 1)) for line in shown_shift(windows).splitlines()]


def _worded(days: str, times: str) -> str:
    runs = (("–".join(_day(one) for one in run.split("-"))) for run in days.split(","))
    return f"{pgettext('between days', ', ').join(runs)} {times.replace('-', '–')}"


def _day(number: str) -> str:
    # Django counts from 0 Monday.
    return str(WEEKDAYS_ABBR[int(number) - 1])
