"""The months and years that scores and appraisals are shown for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from yinuo.domains.feedback.scores import months_before
from yinuo.kernel.instants import shift_date

MONTHS_SHOWN, YEARS_SHOWN = 24, 4
_YEAR = 4
_WRITTEN = re.compile(r"20[0-9]{2}(-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day up to and without the last."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Periods:
    """What may be chosen, the newest leading, and what is: `2026-09` or `2026`."""

    months: list[date]
    years: list[str]
    chosen: str

    @property
    def span(self) -> Span:
        """The days of the chosen one."""
        return span_of(self.chosen)


def periods(today: date, wanted: str) -> Periods:
    """Two years of months and four years; this month unless another one offered is wanted."""
    months = months_before(today, MONTHS_SHOWN)
    years = years_before(months[0])
    offered = [*(f"{one:%Y-%m}" for one in months), *years]
    return Periods(months, years, wanted if wanted in offered else offered[0])


def is_period(written: str) -> bool:
    """True for a month or a year as addresses have it."""
    return _WRITTEN.fullmatch(written) is not None


def years_before(newest: date) -> list[str]:
    """The years shown, the newest leading."""
    return [str(newest.year - number) for number in range(YEARS_SHOWN)]


def span_of(period: str) -> Span:
    """The days of a month or year as it is written in addresses."""
    if len(period) == _YEAR:
        first = date(int(period), 1, 1)
        return Span(first, shift_date(first, months=12))
    first = date.fromisoformat(f"{period}-01")
    return Span(first, shift_date(first, months=1))
