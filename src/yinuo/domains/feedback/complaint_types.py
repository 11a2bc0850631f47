"""What complaints take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from yinuo.kernel.complaint_states import ComplaintAct, Principle
from yinuo.kernel.plan.reports import Satisfaction


class Category(StrEnum):
    """What is complained about (SG-13)."""

    ATTITUDE = "attitude"
    RESPONSE_TIME = "response_time"
    RESULT = "result"
    DISPUTE = "dispute"


class ComplaintChannel(StrEnum):
    """How it came. `answer`: from a dissatisfied customer's answer."""

    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    ANSWER = "answer"


class Redress(StrEnum):
    """What the customer is given."""

    COMPENSATION = "compensation"
    GIFT = "gift"
    FREE_SERVICE = "free_service"


@dataclass(frozen=True, slots=True)
class ComplaintData:
    """A complaint as taken in; of a request, or of a customer without one."""

    category: str
    said: str
    channel: str = ComplaintChannel.PHONE.value
    customer_id: object = None
    request_id: object = None
    about_id: object = None
    rings: int | None = None
    is_major: bool = False
    caller_name: str = ""
    caller_phone: str = ""
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Doing:
    """One act on a complaint; which of the fields it needs its kind says."""

    kind: str
    text: str = ""
    done_at: datetime | None = None
    department: str = ""
    redress: str = ""
    cost: Decimal | None = None
    precedent_id: object = None
    told_at: datetime | None = None
    settle_by: datetime | None = None
    responsibility: str = ""
    sanction: str = ""
    improve_by: date | None = None


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint in a list."""

    public_id: UUID
    version: int
    number: str
    state: str
    category: str
    channel: str
    is_major: bool
    said: str
    customer_public_id: UUID
    customer_name: str
    unit_id: int
    unit_name: str
    about_name: str
    request_public_id: UUID | None
    request_number: str
    received_at: datetime
    answer_due_at: datetime
    answered_at: datetime | None
    is_with_superior: bool
    improve_by: date | None
    cost: Decimal

    @property
    def is_late(self) -> bool:
        """True when it was answered after its time."""
        return self.answered_at is not None and self.answered_at > self.answer_due_at


@dataclass(frozen=True, slots=True)
class StepView:
    """One thing done."""

    kind: str
    text: str
    department: str
    redress: str
    cost: Decimal | None
    precedent_number: str
    told_at: datetime | None
    done_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Precedent:
    """A like complaint of before, how it ended and what it cost."""

    public_id: UUID
    number: str
    said: str
    settled: str
    cost: Decimal
    percent: int


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """A complaint with everything done, and what this actor may do with it now."""

    row: ComplaintRow
    rings: int | None
    caller_name: str
    caller_phone: str
    recorded_by: str
    settle_by: datetime | None
    settled_at: datetime | None
    responsibility: str
    improvement: str
    sanction: str
    closed_at: datetime | None
    improved_at: datetime | None
    turned: Satisfaction | None
    from_answer: bool
    steps: tuple[StepView, ...]
    acts: frozenset[str]

    @property
    def principles(self) -> Sequence[tuple[Principle, StepView | None]]:
        """The eight principles with the last that was done for each."""
        last = {one.kind: one for one in self.steps}
        return [(one, last.get(one.value)) for one in Principle]

    @property
    def waiting(self) -> tuple[str, ...]:
        """Departments that were asked and have not answered since."""
        open_ones: dict[str, None] = {}
        for one in self.steps:
            if one.kind == ComplaintAct.ASKED:
                open_ones[one.department] = None
            elif one.kind == ComplaintAct.REPLIED:
                open_ones.pop(one.department, None)
        return tuple(open_ones)
