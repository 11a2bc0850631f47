"""What requests take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from yinuo.domains.obligations.types import ChangeView, DuePreview, FactView, ObligationView


class RequestKind(StrEnum):
    """What the customer wants."""

    FAULT = "fault"
    ADVICE = "advice"
    PRODUCT_QUESTION = "product_question"
    WARRANTY_QUESTION = "warranty_question"
    COORDINATION = "coordination"
    NEW_REQUIREMENT = "new_requirement"
    COMPLAINT = "complaint"


# Nobody reports these: a visit that we planned ourselves is carried out under such a request.
PLANNED_VISIT = "planned_visit"


class Channel(StrEnum):
    """How it reached us."""

    HOTLINE = "hotline"
    DUTY_MOBILE = "duty_mobile"
    EMAIL = "email"
    FAX = "fax"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Intake:
    """What was taken in. Ids are public ids, empty for none; `reported_at` None means now.

    `elsewhere` says with whom a repair is under way already (BP-05), empty for nobody. An empty
    level or category is the one that `answers` speak for.
    """

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
    elsewhere: str = ""
    reported_at: datetime | None = None
    # Codes of answers by the code of their question, as the plan asks them.
    answers: Mapping[str, str] = field(default_factory=dict)
    # Whoever takes the call keeps it, though a support group would take it.
    keep: bool = False


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
class AskedField:
    """One field of a step's form. `choices` are codes with their names where a plan gives them."""

    name: str
    type: str
    needed: bool
    personal: bool
    choices: tuple[Word, ...]
    # The plan's name for the field, empty where the product has one.
    title_zh: str = ""
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something this person may record on this request now, and what its form asks for.

    `is_of_plan` marks a fact that only the plan's clauses name; it has its name from there.
    """

    kind: str
    fields: tuple[AskedField, ...]
    is_of_plan: bool = False
    title_zh: str = ""
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A level or category of a plan, with its name and definition in both languages."""

    code: str
    title_zh: str
    title_en: str
    definition_zh: str = ""
    definition_en: str = ""


@dataclass(frozen=True, slots=True)
class AnswerWord:
    """An answer to choose, and the level and category it speaks for; empty for none."""

    word: Word
    level: str
    category: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A guided question that fits the case, its answers, and the code of the one given."""

    code: str
    title_zh: str
    title_en: str
    answers: tuple[AnswerWord, ...]
    given: str = ""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A question and what was answered, in the words of the plan."""

    code: str
    title: Word
    answer: Word


@dataclass(frozen=True, slots=True)
class Owner:
    """Who looks after a request: a person, or a unit whose people share it."""

    person_public_id: UUID | None
    person_name: str
    unit_public_id: UUID | None
    unit_name: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was said at a step. `shown` when the customer may read it; `words` by field."""

    words: Mapping[str, str]
    shown: bool
    # False once it was erased, or when it is not what was said then.
    is_whole: bool = True
    # Why this fact took another one's place; never for the customer.
    correction: str = ""


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The plan's own names of facts by kind, and of codes by field and code.

    `stops` says for which reasons each clause lets its clock stand still.
    """

    fact_titles: Mapping[str, Word] = field(default_factory=dict)
    value_titles: Mapping[tuple[str, str], Word] = field(default_factory=dict)
    stops: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequestPage:
    """Everything about one request: head, cover, promises, facts, what may be done next.

    `said` holds words by the id of their fact; `corrected` the facts that no longer count and the
    fact that took each one's place; `may_correct` the facts this person may correct.
    """

    request: RequestRow
    cover: CoverView
    site_public_id: UUID | None
    site_name: str
    zone: str
    contact_public_id: UUID | None
    contact_name: str
    caller_name: str
    caller_phone: str
    elsewhere: str
    plan_version_public_id: UUID | None
    obligations: tuple[ObligationView, ...]
    facts: tuple[FactView, ...]
    next_steps: tuple[NextStep, ...]
    may_change_level: bool
    levels: tuple[Word, ...]
    categories: tuple[Word, ...] = ()
    owner: Owner | None = None
    # Since when it is in its state.
    state_since: datetime | None = None
    waiting_from: str = ""
    merged_into: RequestHeadline | None = None
    said: Mapping[UUID, Said] = field(default_factory=dict)
    corrected: Mapping[UUID, UUID] = field(default_factory=dict)
    may_correct: frozenset[UUID] = frozenset()
    # What may be done beside recording steps: `handover`, `category`, `cover`, `merge`.
    acts: frozenset[str] = frozenset()
    # By when it can be reopened; None before it was restored.
    reopen_until: datetime | None = None
    reopen_days: int = 0
    plan_words: PlanWords = field(default_factory=PlanWords)
    # What computations changed about its promises, newest first.
    changes: tuple[ChangeView, ...] = ()
    # The form of every kind that may be recorded here, whatever the state: corrections use it.
    forms: Mapping[str, NextStep] = field(default_factory=dict)
    # Other open requests of the customer, the newest first: what this one could be merged into.
    open_others: tuple[RequestRow, ...] = ()
    # Guided questions that fit it, with what was answered; what the answers speak for otherwise.
    questions: tuple[AskedQuestion, ...] = ()
    # Every question of the plan, to read older answers by.
    all_questions: tuple[AskedQuestion, ...] = ()
    answers: tuple[GivenAnswer, ...] = ()
    suggested_level: str = ""
    suggested_category: str = ""
    split_from: RequestHeadline | None = None
    split_off: tuple[RequestHeadline, ...] = ()
    group: GroupHeadline | None = None
    # Changes whenever the page would show something else.
    live_version: str = ""


@dataclass(frozen=True, slots=True)
class RequestHeadline:
    """A request named in another one."""

    public_id: UUID
    number: str


@dataclass(frozen=True, slots=True)
class GroupHeadline:
    """The support group a request is with; `next_name` is where it would escalate to."""

    public_id: UUID
    name: str
    next_name: str = ""


@dataclass(frozen=True, slots=True)
class IntakePreview:
    """What an intake would get if saved now: cover, the plan's words, due times, likely doubles.

    `level` and `category` are those named, else those the answers speak for; `group` names the
    support group that would take it, empty for none.
    """

    cover: CoverView
    levels: tuple[Word, ...]
    categories: tuple[Word, ...]
    dues: tuple[DuePreview, ...]
    open_requests: tuple[RequestRow, ...]
    questions: tuple[AskedQuestion, ...] = ()
    level: str = ""
    category: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A step as a person reports it: its kind, when it occurred (None: now), and its fields.

    `values` by the names of the kind's fields in `kernel.steps` or of the plan.
    """

    kind: str
    occurred_at: datetime | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepFact:
    """A fact another domain or an act of this one states on a request.

    `attrs` are codes, numbers and instants as ISO text, never names or free text; `words` are
    those, kept where they can be erased. `shown` when the customer may read the words.
    """

    kind: str
    occurred_at: datetime | None = None
    attrs: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    shown: bool = False
