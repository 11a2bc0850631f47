"""Write the table of Chinese statutory days off and worked weekend days.

    python tools/statutory_days.py > src/yinuo/kernel/calendars/data/cn_statutory.json

Published years come from the yearly notices of the State Council, as collected in the
`chinesecalendar` package.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from datetime import date

from chinese_calendar import constants


def _by_year(days: list[date]) -> dict[str, list[str]]:
    years: dict[str, list[str]] = defaultdict(list)
    for day in sorted(days):
        years[str(day.year)].append(day.isoformat())
    return dict(years)


def main() -> None:
    """Write the table to standard output."""
    off, worked = _by_year(list(constants.holidays)), _by_year(list(constants.workdays))
    table = {
        "name": "cn-statutory",
        "version": "2026.1",
        "source": "国务院办公厅关于部分节假日安排的通知",
        "published": {
            year: {"off": off.get(year, []), "worked": worked.get(year, [])} for year in sorted(off)
        },
    }
    json.dump(table, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
