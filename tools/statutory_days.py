"""Write the table of Chinese statutory days off and worked weekend days.

    python tools/statutory_days.py > src/yinuo/kernel/calendars/data/cn_statutory.json

Published years come from the yearly notices of the State Council, as collected in the
`chinesecalendar` package. For the ten years after them the table holds the days that the law
names (Regulation on Public Holidays, as of 2025), which lunar and solar terms fix; the bridge
days and make-up days of those years are not known. The computation is checked against every
published year first.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from datetime import date, timedelta

import lunar
from chinese_calendar import constants

YEARS_AHEAD = 11
# Days inside a range of the notice that the package leaves out.
OFF_BY_NOTICE = {date(2011, 6, 5), date(2012, 6, 23)}
OFF = set(constants.holidays) | OFF_BY_NOTICE


def _by_year(days: list[date]) -> dict[str, list[str]]:
    years: dict[str, list[str]] = defaultdict(list)
    for day in sorted(days):
        years[str(day.year)].append(day.isoformat())
    return dict(years)


def days_by_law(year: int) -> list[date]:
    """The 13 statutory days of a year; fewer when two of them fall together."""
    spring = lunar.spring_festival(year)
    days = {date(year, 1, 1), date(year, 5, 1), date(year, 5, 2)}
    days |= {spring + timedelta(days) for days in (-1, 0, 1, 2)}
    days |= {lunar.tomb_sweeping(year), lunar.dragon_boat(year), lunar.mid_autumn(year)}
    days |= {date(year, 10, day) for day in (1, 2, 3)}
    return sorted(days)


def check_against_published(years: list[int]) -> None:
    """Stop when a computed day is not a day off in a published year.

    From 2008 on, when the four festivals became statutory; the eve of the Spring Festival and
    2 May have been since 2025.
    """
    for year in years:
        try:
            days = days_by_law(year) if year >= 2008 else []
        except lunar.TooCloseError:
            continue
        since_2025 = (
            {lunar.spring_festival(year) - timedelta(1), date(year, 5, 2)} if days else set()
        )
        missing = sorted(set(days) - OFF - (since_2025 if year < 2025 else set()))
        if missing:
            raise SystemExit(f"not days off in {year}: {missing}")


def main() -> None:
    """Write the table to standard output."""
    published = sorted({day.year for day in OFF})
    check_against_published(published)
    ahead = range(published[-1] + 1, published[-1] + 1 + YEARS_AHEAD)
    off, worked = _by_year(list(OFF)), _by_year(list(constants.workdays))
    table = {
        "name": "cn-statutory",
        "version": "2026.1",
        "source": "国务院办公厅关于部分节假日安排的通知",
        "published": {
            year: {"off": off.get(year, []), "worked": worked.get(year, [])} for year in sorted(off)
        },
        "by_law": {str(year): [day.isoformat() for day in days_by_law(year)] for year in ahead},
    }
    json.dump(table, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
