"""What a year of service came to, as one document (SA-09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yinuo.domains.checklists.found import FoundWrong
from yinuo.domains.feedback.health_types import HealthLine
from yinuo.domains.feedback.yearly import Satisfied
from yinuo.domains.obligations.yearly import KeptClause


@dataclass(frozen=True, slots=True)
class YearVisit:
    """A visit of the year: what for, how it stands, who went, what was found and done."""

    on: date
    title_zh: str
    title_en: str
    state: str
    who: str
    sheet_number: str
    words: str


@dataclass(frozen=True, slots=True)
class YearFault:
    """A fault of the year: when reported, of what, how it stands."""

    public_id: UUID
    number: str
    on: date
    asset: str
    symptom: str
    state: str


@dataclass(frozen=True, slots=True)
class YearReport:
    """Everything of one customer, or one of his contracts, in one year.

    `more_visits` and `more_faults` are those beyond what one document lists.
    """

    customer_id: UUID
    customer_name: str
    unit_name: str
    contract_number: str
    year: int
    visits: tuple[YearVisit, ...]
    more_visits: int
    faults: tuple[YearFault, ...]
    more_faults: int
    found: tuple[FoundWrong, ...]
    kept: tuple[KeptClause, ...]
    satisfied: Satisfied
    advice: tuple[HealthLine, ...]
    due: tuple[YearVisit, ...]
