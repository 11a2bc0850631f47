"""The statutory days that promises count with: the shipped table and the years entered since.

A process keeps what it read and looks again from time to time. What it computes meanwhile carries
the edition it knew; workers compute anew whatever carries an older one.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date, datetime

from yinuo.domains.contracts.models import StatutoryYearRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.calendars import HolidayTable, StatutoryYear, with_years
from yinuo.planfile.holidays import load_statutory_table

LOOK_AGAIN_SECONDS = 10.0
# Room for so many entries between two shipped editions.
ENTRIES = 1_000


@dataclass(frozen=True, slots=True)
class StatutoryDays:
    """A table and its edition; a later one is greater. Two of the same edition are the same."""

    edition: int
    table: HolidayTable = field(compare=False)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year as the settings show it; without `entered_at` it came with the product.

    `is_published` tells apart a schedule that is known and the days the law alone names.
    """

    year: int
    off: tuple[date, ...]
    worked: tuple[date, ...]
    is_published: bool
    source: str = ""
    entered_at: datetime | None = None
    entered_by: str = ""


class Known:
    """What this process read last, and when by its own clock."""

    days: StatutoryDays | None = None
    looked_at = 0.0


def statutory_days() -> StatutoryDays:
    """The days this process computes with; at most ten seconds behind what was entered."""
    kept = Known.days
    if kept is None or time.monotonic() - Known.looked_at > LOOK_AGAIN_SECONDS:
        return look_again()
    return kept


def shipped_days() -> StatutoryDays:
    """The days the product came with, before anything was entered."""
    table = load_statutory_table()
    # `2026.1`, the first edition that knows 2026, is 202601.
    year, edition = table.version.split(".")
    return StatutoryDays((int(year) * 100 + int(edition)) * ENTRIES, table)


def holidays_edition() -> int:
    """The edition of the statutory days that this process computes with."""
    return statutory_days().edition


def look_again() -> StatutoryDays:
    """Read the entered years now; one query, a second one when there are new entries."""
    shipped, kept = shipped_days(), Known.days
    edition = shipped.edition + StatutoryYearRow.objects.count()
    if kept is None or kept.edition != edition:
        kept = StatutoryDays(edition, with_years(shipped.table, _entered()))
    Known.days, Known.looked_at = kept, time.monotonic()
    return kept


def list_years(actor: Actor, first: int, last: int) -> tuple[YearRow, ...]:
    """The years from `first` to `last`, both included; one query."""
    require(actor, Permission.PLAN_READ)
    shipped = load_statutory_table()
    rows = StatutoryYearRow.objects.filter(year__gte=first, year__lte=last).order_by("id")
    entered = {row.year: row for row in rows}
    return tuple(
        _shown(entered[year]) if year in entered else _of_table(shipped, year)
        for year in range(first, last + 1)
    )


def _entered() -> list[StatutoryYear]:
    newest = StatutoryYearRow.objects.order_by("year", "-id").distinct("year")
    return [StatutoryYear(row.year, frozenset(row.off), frozenset(row.worked)) for row in newest]


def _shown(row: StatutoryYearRow) -> YearRow:
    return YearRow(
        year=row.year,
        off=tuple(row.off),
        worked=tuple(row.worked),
        is_published=True,
        source=row.source,
        entered_at=row.entered_at,
        entered_by=row.entered_by,
    )


def _of_table(table: HolidayTable, year: int) -> YearRow:
    return YearRow(
        year=year,
        off=tuple(sorted(day for day in table.holidays if day.year == year)),
        worked=tuple(sorted(day for day in table.makeup if day.year == year)),
        is_published=year in table.published_years,
    )
