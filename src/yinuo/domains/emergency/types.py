"""What emergency plans take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from yinuo.kernel.plan.text import Text


class Outcome(StrEnum):
    """How a setback ended: somebody was sent, solved after all, or what those above decided."""

    SENT = "sent"
    SOLVED = "solved"
    EXPERTS = "experts"
    REPLACE_PART = "replace_part"
    REPLACE_SYSTEM = "replace_system"


class PlanView(StrEnum):
    """Which emergency plans a list shows."""

    RUNNING = "running"
    MY_TURN = "my_turn"
    APPROVALS = "approvals"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class PlanContent:
    """What the writer hands in. `arrival_at` is the estimate the customer is told, if known yet.

    `cost` is what the customer pays, in yuan; `parts` and `items` are one line each.
    """

    analysis: str
    lead_id: object
    items: tuple[str, ...]
    work_minutes: int
    cost: Decimal
    crew_ids: tuple[object, ...] = ()
    tools: str = ""
    parts: tuple[str, ...] = ()
    special_points: str = ""
    arrival_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Doing:
    """How a step is taken: `occurred_at` None means now; `source` is the surface."""

    source: str
    occurred_at: datetime | None = None
    note: str = ""
    # Why it is recorded over 30 days later.
    late_reason: str = ""


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The customer's answer as we took it down: by whom, and what he was told."""

    name: str
    agrees: bool
    arrival_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A new arrival estimate: whom the phone reached, empty when only the message went out."""

    arrival_at: datetime
    reached: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetbackData:
    """What went wrong: a code of SetbackKind; the one who is missing, or the skill needed."""

    kind: str
    words: str
    missing_id: object = None
    skill: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a setback ended: a code of Outcome, who was sent (public id), in words."""

    outcome: str
    words: str = ""
    sent_id: object = None


@dataclass(frozen=True, slots=True)
class Named:
    """A person by name, with his phone."""

    public_id: UUID
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ContentView:
    """The content of one revision, as it is shown."""

    number: int
    analysis: str
    lead: Named
    crew: tuple[Named, ...]
    tools: str
    parts: tuple[str, ...]
    items: tuple[str, ...]
    work_minutes: int
    cost: Decimal
    special_points: str
    arrival_at: datetime | None
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the chain: done (by whom, when, how long it took), waiting or to come."""

    code: str
    kind: str
    title: Text
    roles: tuple[Text, ...]
    holders: tuple[str, ...]
    stands: str
    since: datetime | None = None
    due_at: datetime | None = None
    done_at: datetime | None = None
    done_by: str = ""
    act: str = ""
    standing: str = ""
    note: str = ""
    escalated: int = 0

    @property
    def is_late(self) -> bool:
        """True when it was done after its limit."""
        return bool(self.due_at and self.done_at and self.done_at > self.due_at)


@dataclass(frozen=True, slots=True)
class ActView:
    """One hand-over on the record, of any revision."""

    revision: int
    title: Text
    act: str
    at: datetime
    done_by: str
    standing: str
    note: str


@dataclass(frozen=True, slots=True)
class EstimateView:
    """An arrival estimate as it was told."""

    arrival_at: datetime
    told_at: datetime
    told_by: str
    reached: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetbackView:
    """What went wrong with the crew, and what came of it."""

    public_id: UUID
    version: int
    kind: str
    missing: str
    skill: str
    words: str
    raised_at: datetime
    raised_by: str
    helped_at: datetime | None
    helped_by: str
    help_words: str
    settled_at: datetime | None
    settled_by: str
    outcome: str
    sent: str
    settled_words: str
    may_help: bool = False
    may_settle: bool = False


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An emergency plan as lists show it: which step waits, who holds it, since and until when."""

    public_id: UUID
    number: str
    state: str
    revision: int
    request_public_id: UUID
    request_number: str
    customer_name: str
    unit_name: str
    step_title: Text
    roles: tuple[Text, ...]
    holders: tuple[str, ...]
    since: datetime
    due_at: datetime | None
    next_title: Text
    opened_at: datetime
    approved_at: datetime | None
    arrival_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything about one emergency plan, and the acts this person may do now."""

    row: PlanRow
    version: int
    zone: str
    contact_name: str
    contact_phone: str
    symptom: str
    steps: tuple[StepView, ...]
    content: ContentView | None
    acts: tuple[ActView, ...]
    estimates: tuple[EstimateView, ...]
    setbacks: tuple[SetbackView, ...]
    is_released: bool
    approved_by: str
    ended_reason: str
    may: tuple[str, ...] = ()
    # Why this person may not do what the waiting step asks, where it is worth saying.
    refusal: str = ""
