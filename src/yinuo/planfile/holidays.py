"""The shipped table of Chinese statutory days, read from the package."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files

from yinuo.kernel.calendars import HolidayTable


@cache
def load_statutory_table() -> HolidayTable:
    """Days off and worked weekend days of mainland China (`cn-statutory`).

    Years in `published_years` follow the State Council's notice. Later years hold the days known
    beforehand and no make-up days; a due time in them is provisional.
    """
    text = (files("yinuo.kernel.calendars") / "data" / "cn_statutory.json").read_text("utf-8")
    data = json.loads(text)
    years = data["published"].values()
    return HolidayTable(
        name=data["name"],
        version=data["version"],
        holidays=frozenset(date.fromisoformat(day) for year in years for day in year["off"]),
        makeup=frozenset(date.fromisoformat(day) for year in years for day in year["worked"]),
        published_years=frozenset(int(year) for year in data["published"]),
    )
