"""Periods as written: what a measure or a recurring duty is counted over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yinuo.kernel.plan.limits import Amount
from yinuo.kernel.plan.text import EMPTY, Text


class PeriodKind(StrEnum):
    """Calendar periods follow the plan's zone; contract periods start at the contract's start."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    CONTRACT_MONTH = "contract_month"
    CONTRACT_QUARTER = "contract_quarter"
    CONTRACT_HALF_YEAR = "contract_half_year"
    CONTRACT_YEAR = "contract_year"
    CONTRACT = "contract"
    SEASON = "season"
    ROLLING = "rolling"


@dataclass(frozen=True, slots=True)
class Season:
    """Part of each year, first and last day inclusive as (month, day); it may run over New Year."""

    code: str
    first: tuple[int, int]
    last: tuple[int, int]
    title: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Period:
    """A kind of period; ``length`` for rolling windows, ``seasons`` for seasons."""

    kind: PeriodKind
    length: Amount | None = None
    seasons: tuple[Season, ...] = ()


class Partial(StrEnum):
    """How a first or last period shorter than a whole one is judged."""

    FULL = "full"
    PRORATED = "prorated"
    SKIPPED = "skipped"
