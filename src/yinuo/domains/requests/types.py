"""What requests take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from yinuo.domains.obligations.types import DuePreview, FactView, ObligationView


class RequestKind(StrEnum):
    """What the customer wants."""

    FAULT = "fault"
    ADVICE = "advice"
    PRODUCT_QUESTION = "product_question"
    WARRANTY_QUESTION = "warranty_question"
    COORDINATION = "coordination"
    NEW_REQUIREMENT = "new_requirement"
    COMPLAINT = "complaint"


class Channel(StrEnum):
    """How it reached us."""

    HOTLINE = "hotline"
    DUTY_MOBILE = "duty_mobile"
    EMAIL = "email"
    FAX = "fax"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Intake:
    """What was taken in. Ids are public ids, empty for none; `reported_at` None means now."""

    customer_id: object
    symptom: str
    kind: str = RequestKind.FAULT.value
    channel: str = Channel.HOTLINE.value
    level: str = ""
    category: str = ""
    site_id: object = None
    contact_id: object = None
    asset_id: object = None
    caller_name: str = ""
    caller_phone: str = ""
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CoverView:
    """Which cover applies and why; `until` is the first day without it.

    Under warranty a fresh intake also tells what is free (`covers`) and which step of the ladder
    repair, part, whole unit comes first (`rung`).
    """

    kind: str
    reason: str
    contract_public_id: UUID | None
    contract_number: str
    until: date | None
    covers: tuple[str, ...] = ()
    rung: str = ""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as lists show it."""

    public_id: UUID
    number: str
    version: int
    state: str
    kind: str
    channel: str
    category: str
    level: str
    symptom: str
    customer_public_id: UUID
    customer_name: str
    asset_public_id: UUID | None
    asset_name: str
    unit_name: str
    reported_at: datetime
    opened_at: datetime
    opened_by: str


@dataclass(frozen=True, slots=True)
class OpenedRequest:
    """What opening a request gives: its name, its cover and the promises that now run."""

    public_id: UUID
    number: str
    version: int
    state: str
    level: str
    reported_at: datetime
    opened_at: datetime
    cover: CoverView
    obligations: tuple[ObligationView, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something this person may record on this request now."""

    kind: str
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A level or category of a plan, with its name and definition in both languages."""

    code: str
    title_zh: str
    title_en: str
    definition_zh: str = ""
    definition_en: str = ""


@dataclass(frozen=True, slots=True)
class RequestPage:
    """Everything about one request: head, cover, promises, facts, what may be done next."""

    request: RequestRow
    cover: CoverView
    site_public_id: UUID | None
    site_name: str
    zone: str
    contact_public_id: UUID | None
    contact_name: str
    caller_name: str
    caller_phone: str
    plan_version_public_id: UUID | None
    obligations: tuple[ObligationView, ...]
    facts: tuple[FactView, ...]
    next_steps: tuple[NextStep, ...]
    may_change_level: bool
    levels: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class IntakePreview:
    """What an intake would get if saved now: cover, the plan's words, due times, likely doubles."""

    cover: CoverView
    levels: tuple[Word, ...]
    categories: tuple[Word, ...]
    dues: tuple[DuePreview, ...]
    open_requests: tuple[RequestRow, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A fact to record on a request: its kind, when it occurred (None: now), and attributes."""

    kind: str
    occurred_at: datetime | None = None
    reason: str = ""
    attrs: Mapping[str, Any] = field(default_factory=dict)
