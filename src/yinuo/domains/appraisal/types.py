"""What appraisal hands out: frozen. None means that nothing is known, never nought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from yinuo.domains.feedback.appraised import Tally
from yinuo.domains.oncall.appraised import DutyMonth
from yinuo.domains.prevention.appraised import SalesVisits
from yinuo.domains.trainings.appraised import Trained


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months, from the first day of one up to and without the first of another."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Duty:
    """The months of duty of a period together. Money only where all of it may be seen."""

    months: tuple[DutyMonth, ...]

    @property
    def days(self) -> int:
        """Days with duty time."""
        return sum(one.days for one in self.months)

    @property
    def calls(self) -> int:
        """Calls taken."""
        return sum(one.calls for one in self.months)

    @property
    def call_minutes(self) -> int:
        """How long they took."""
        return sum(one.call_minutes for one in self.months)

    @property
    def complaints(self) -> int | None:
        """Complaints about what stayed unsolved, as the statements count them."""
        known = [one.complaints for one in self.months if one.complaints is not None]
        return sum(known) if len(known) == len(self.months) else None

    @property
    def allowance(self) -> Decimal | None:
        """What the months pay before anything is taken off."""
        return self._sum("allowance")

    @property
    def deductions(self) -> Decimal | None:
        """What is taken off, below nought."""
        return self._sum("deductions")

    @property
    def total(self) -> Decimal | None:
        """What the statements come to."""
        return self._sum("total")

    def _sum(self, name: str) -> Decimal | None:
        amounts = [getattr(one, name) for one in self.months]
        return None if None in amounts else sum(amounts, Decimal(0))


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything known of somebody in a period."""

    satisfaction: Tally | None = None
    published: Decimal | None = None
    supervised: Tally | None = None
    duty: Duty | None = None
    visits: SalesVisits | None = None
    trained: Trained | None = None

    def is_empty(self) -> bool:
        """True when nothing at all is known."""
        given = (self.satisfaction, self.published, self.supervised)
        return not any(one is not None for one in (*given, self.duty, self.visits, self.trained))


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A person or a unit with what is known; `month` is set for a line of a year."""

    public_id: UUID
    name: str
    unit_name: str
    inputs: Inputs
    month: date | None = None
