"""Statutory years as the API gives them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.contracts.statutory import YearRow
from yinuo.surfaces.api.shapes.values import InstantText, instant


class StatutoryYearShape(BaseModel):
    """A year's days off (weekends within them included) and worked weekend days."""

    year: int
    published: bool
    off: list[str]
    worked: list[str]
    source: str
    entered_at: InstantText | None
    entered_by: str


class StatutoryYears(BaseModel):
    """Last year, this year and the next two."""

    items: list[StatutoryYearShape]
    next_cursor: str


class EnteredYear(BaseModel):
    """The entry made."""

    id: str
    year: int


def statutory_year(row: YearRow) -> dict[str, Any]:
    """StatutoryYearShape."""
    return {
        "year": row.year,
        "published": row.is_published,
        "off": [day.isoformat() for day in row.off],
        "worked": [day.isoformat() for day in row.worked],
        "source": row.source,
        "entered_at": instant(row.entered_at) if row.entered_at else None,
        "entered_by": row.entered_by,
    }
