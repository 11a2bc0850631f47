"""Whether a due time rests on a year whose holiday schedule is not published."""

from __future__ import annotations

from datetime import datetime

from yinuo.kernel.calendars import Calendar


def is_provisional(calendar: Calendar, started: datetime, due: datetime) -> bool:
    """`Calendar.is_provisional`, with a quick answer for stretches well inside published years.

    Local years differ from UTC years by a day at most, which is why the neighbours are asked.
    """
    spec = calendar.spec
    if spec.without is None:
        published = spec.published_years
        if published is None:
            return False
        far_from_new_year = started.timetuple().tm_yday > 1 and due.timetuple().tm_yday < 365
        if far_from_new_year and started.year == due.year and due.year in published:
            return False
    return calendar.is_provisional(started, due)
