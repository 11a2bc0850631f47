"""What obligations hand to others: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yinuo.domains.contracts.types import ContractTerms
from yinuo.domains.obligations.exposure_types import PromiseMoney


@dataclass(frozen=True, slots=True)
class Binding:
    """What a subject's promises depend on: whose it is, which plan version, which contract.

    `subject_type` and `subject_id` together name the subject in facts (`request:<uuid>`); `zone`
    is the customer's local time. `terms` are the contract's, which a case keeps as they were when
    it was bound; left out they are read then. `owner_id` is the person in charge; a new subject
    without one belongs to the person who binds it.
    """

    subject_type: str
    subject_id: UUID
    customer_id: int
    unit_id: int
    plan_version_id: int | None
    contract_id: int | None
    zone: str
    terms: ContractTerms | None = None
    owner_id: int | None = None

    @property
    def subject(self) -> str:
        """The kernel's name of the subject."""
        return f"{self.subject_type}:{self.subject_id}"


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to be recorded: kind, when it occurred, where it came from, and its attributes."""

    kind: str
    occurred_at: datetime
    source: str
    attrs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactView:
    """A recorded fact."""

    public_id: UUID
    kind: str
    occurred_at: datetime
    received_at: datetime
    source: str
    attrs: Mapping[str, Any]
    actor: str
    recorded_by: int | None = None


@dataclass(frozen=True, slots=True)
class ObligationView:
    """A promise on a subject, with the words of its clause and its number as printed.

    `late_seconds` counts from the due time to the end, or to the last computation while open.
    `money` is there for a promise with a price, where a list shows it and the reader may see it.
    """

    public_id: UUID
    subject_type: str
    subject_id: UUID
    clause: str
    title_zh: str
    title_en: str
    state: str
    started_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    late_seconds: int
    provisional: bool
    number: str = ""
    money: PromiseMoney | None = None


@dataclass(frozen=True, slots=True)
class DuePreview:
    """A due time that a case reported now would get. `number` is the clause's, as printed."""

    clause: str
    title_zh: str
    title_en: str
    due_at: datetime | None
    provisional: bool
    number: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a promise is due when it is, in both languages, one sentence a line."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What a computation changed about an obligation, and what caused it.

    `cause` is `facts` (then `facts` lists kind and `occurred_at` of each), `clock`, `holidays` or
    `terms` (a supplement that reaches back).
    """

    obligation_id: UUID
    at: datetime
    cause: str
    facts: tuple[CausingFact, ...]
    actor: str
    old_state: str
    new_state: str
    old_due_at: datetime | None
    new_due_at: datetime | None
    old_ended_at: datetime | None
    new_ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class CausingFact:
    """A fact that made promises be computed anew."""

    kind: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class EscalationView:
    """A step of a ladder that was taken; `told` is false when a later one was told instead."""

    step: int
    repetition: int
    at: datetime
    taken_at: datetime
    told: bool
    percent: int | None
    roles: tuple[str, ...]
    channels: tuple[str, ...]
