"""The shipped table of Chinese statutory days, read from the package."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import chain

from yinuo.kernel.calendars import HolidayTable


@cache
def load_statutory_table() -> HolidayTable:
    """Days off and worked weekend days of mainland China (`cn-statutory`).

    Years in `published_years` follow the State Council's notice. Some years after them hold
    the days that the law names and no make-up days, years beyond none: due times there are
    provisional.
    """
    text = (files("yinuo.kernel.calendars") / "data" / "cn_statutory.json").read_text("utf-8")
    data = json.loads(text)
    years = data["published"].values()
    by_law = (day for days in data["by_law"].values() for day in days)
    off = (day for year in years for day in year["off"])
    return HolidayTable(
        name=data["name"],
        version=data["version"],
        holidays=frozenset(date.fromisoformat(day) for day in chain(off, by_law)),
        makeup=frozenset(date.fromisoformat(day) for year in years for day in year["worked"]),
        published_years=frozenset(int(year) for year in data["published"]),
    )
