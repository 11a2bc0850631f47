"""Whether a due time rests on a year whose holiday schedule is not published."""

from __future__ import annotations

from datetime import datetime

from yinuo.kernel.calendars import Calendar


def is_provisional(calendar: Calendar, started: datetime, due: datetime) -> bool:
    """`Calendar.is_provisional`, with a quick answer for stretches well inside published years.

    Local years differ from UTC years by less than a day: New Year's days are asked properly.
    """
    spec = calendar.spec
    if spec.without is None:
        published = spec.published_years
        if published is None:
            return False
        year = due.year
        if started.year == year and year in published:
            begins_later = started.month > 1 or started.day > 1
            if begins_later and (due.month < 12 or due.day < 31):
                return False
    return calendar.is_provisional(started, due)
