"""What feedback takes in and hands out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from yinuo.domains.obligations.types import ObligationView
from yinuo.domains.requests.filing import Missing


@dataclass(frozen=True, slots=True)
class CallBackAnswers:
    """What a call-back brought. When nobody answered, only `reached`, the time and a remark."""

    reached: bool
    done: bool | None = None
    satisfaction: str = ""
    spoken_to: str = ""
    opinion: str = ""
    occurred_at: datetime | None = None
    # Why it is recorded over 30 days later.
    late_reason: str = ""


@dataclass(frozen=True, slots=True)
class CallBackView:
    """One attempt as recorded."""

    public_id: UUID
    request_public_id: UUID
    made_at: datetime
    made_by: str
    reached: bool
    done: bool | None
    satisfaction: str
    points: Decimal | None
    spoken_to: str
    opinion: str

    @property
    def is_bad(self) -> bool:
        """True when the customer is dissatisfied or says it is not done."""
        return self.reached and (self.satisfaction == "dissatisfied" or self.done is False)


@dataclass(frozen=True, slots=True)
class CallBacksOfRequest:
    """A request's call-backs, the newest first, and what is still to be done after its repair."""

    call_backs: tuple[CallBackView, ...]
    promise: ObligationView | None
    is_due: bool
    may_write: bool
    may_reopen: bool
    missing: tuple[Missing, ...]

    @property
    def needs_reopening(self) -> bool:
        """True when the last answer was bad and the request can be reopened."""
        answered = [one for one in self.call_backs if one.reached]
        return bool(answered) and answered[0].is_bad and self.may_reopen


@dataclass(frozen=True, slots=True)
class DueCallBack:
    """A request whose customer is to be phoned back. `due_at` None: its plan names no time."""

    request_public_id: UUID
    number: str
    customer_public_id: UUID
    customer_name: str
    caller_name: str
    caller_phone: str
    symptom: str
    unit_name: str
    restored_at: datetime
    due_at: datetime | None
    attempts: int
    last_attempt_at: datetime | None
    last_remark: str


@dataclass(frozen=True, slots=True)
class LastRepair:
    """The last repair of an asset or at a customer, and what was replaced then."""

    request_public_id: UUID
    number: str
    restored_at: datetime
    asset_name: str
    symptom: str
    done: str
    parts: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened with a customer or asset.

    `kind` is `request`, `work_order`, `report`, `call_back` or `past` (brought in from earlier
    records); `text` what it was about and `detail` what came of it; `parts` what was replaced.
    `request_public_id` leads to the case, which something of the past has not.
    """

    kind: str
    public_id: UUID
    request_public_id: UUID | None
    number: str
    at: datetime
    state: str
    text: str
    detail: str
    parts: str
    asset_name: str
