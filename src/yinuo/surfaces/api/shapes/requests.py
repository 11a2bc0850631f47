"""Service requests."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.doubles import Double
from yinuo.domains.requests.related import Owners
from yinuo.domains.requests.types import (
    AskedQuestion,
    CoverView,
    GroupHeadline,
    IntakePreview,
    NextStep,
    OpenedRequest,
    Owner,
    RequestHeadline,
    RequestPage,
    RequestRow,
    Word,
)
from yinuo.surfaces.api.shapes import promises
from yinuo.surfaces.api.shapes.promises import DueShape, FactShape, ObligationShape
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    TwoLanguages,
    day_or_none,
    id_or_none,
    instant,
    instant_or_none,
)


class CoverShape(BaseModel):
    """What applies and why; `until` is the first day on which it no longer does, or did.

    Under warranty a new request tells what is free and the first step: repair, part, whole unit.
    """

    kind: str
    reason: str
    contract_id: IdText | None
    contract_number: str
    until: DayText | None
    covers: list[str]
    rung: str


class RequestShape(BaseModel):
    """A request as lists show it."""

    id: IdText
    number: str
    version: int
    state: str
    kind: str
    channel: str
    category: str
    level: str
    symptom: str
    customer_id: IdText
    customer_name: str
    asset_id: IdText | None
    asset_name: str
    unit_name: str
    reported_at: InstantText
    opened_at: InstantText
    opened_by: str


class Requests(BaseModel):
    """A page of requests."""

    items: list[RequestShape]
    next_cursor: str


class WordShape(BaseModel):
    """A level or category of the plan."""

    code: str
    title: TwoLanguages
    definition: TwoLanguages


class FieldShape(BaseModel):
    """A field of a step. `personal` ones are kept where they can be erased.

    `type` is text, line, code (one of `choices`), instant, minutes, number or yes_no.
    """

    name: str
    type: str
    needed: bool
    personal: bool
    choices: list[str]


class StepShape(BaseModel):
    """A step this caller may record now, with the fields it takes."""

    kind: str
    title: TwoLanguages
    fields: list[FieldShape]


class OwnerShape(BaseModel):
    """Who looks after it: a person, or a unit whose people share it."""

    person_id: IdText | None
    person_name: str
    unit_id: IdText | None
    unit_name: str


class NamedRequest(BaseModel):
    """A request named in another one."""

    id: IdText
    number: str


class AnswerShape(BaseModel):
    """An answer to choose, and the level and category it speaks for; empty for none."""

    code: str
    title: TwoLanguages
    level: str
    category: str


class QuestionShape(BaseModel):
    """A guided question of the plan that fits the request, and the answer given so far."""

    code: str
    title: TwoLanguages
    answers: list[AnswerShape]
    given: str


class NamedGroup(BaseModel):
    """The support group a request is with, and where it would escalate to."""

    id: IdText
    name: str
    next_name: str


class RequestFactShape(FactShape):
    """A fact with what was said at it. `replaced_by` names the entry that corrected it."""

    words: dict[str, str]
    shown_to_customer: bool
    replaced_by: IdText | None
    may_correct: bool


class RequestFacts(BaseModel):
    """Everything that happened on a request."""

    items: list[RequestFactShape]
    next_cursor: str


class RequestPageShape(RequestShape):
    """A request with its cover, its promises and what this caller may do next."""

    cover: CoverShape
    site_id: IdText | None
    site_name: str
    zone: str
    contact_id: IdText | None
    contact_name: str
    caller_name: str
    caller_phone: str
    elsewhere: str
    plan_version_id: IdText | None
    obligations: list[ObligationShape]
    next_steps: list[StepShape]
    may_change_level: bool
    levels: list[WordShape]
    categories: list[WordShape]
    owner: OwnerShape | None
    state_since: InstantText | None
    waiting_from: str
    merged_into: NamedRequest | None
    acts: list[str]
    reopen_until: InstantText | None
    reopen_days: int
    questions: list[QuestionShape]
    answers: dict[str, str]
    suggested_level: str
    suggested_category: str
    split_from: NamedRequest | None
    split_off: list[NamedRequest]
    group: NamedGroup | None


class OpenedShape(BaseModel):
    """A request just opened and the promises that now run; read it for the rest."""

    id: IdText
    number: str
    version: int
    state: str
    level: str
    reported_at: InstantText
    opened_at: InstantText
    cover: CoverShape
    obligations: list[ObligationShape]


class PreviewShape(BaseModel):
    """What an intake would get: cover, the plan's words, due times, requests still open."""

    cover: CoverShape
    levels: list[WordShape]
    categories: list[WordShape]
    dues: list[DueShape]
    open_requests: list[RequestShape]
    questions: list[QuestionShape]
    level: str
    category: str
    group: str


class SavedRequest(BaseModel):
    """A request after a step."""

    id: IdText
    version: int
    state: str
    level: str


def request(row: RequestRow) -> dict[str, Any]:
    """RequestShape."""
    return {
        "id": str(row.public_id),
        "number": row.number,
        "version": row.version,
        "state": row.state,
        "kind": row.kind,
        "channel": row.channel,
        "category": row.category,
        "level": row.level,
        "symptom": row.symptom,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "asset_id": id_or_none(row.asset_public_id),
        "asset_name": row.asset_name,
        "unit_name": row.unit_name,
        "reported_at": instant(row.reported_at),
        "opened_at": instant(row.opened_at),
        "opened_by": row.opened_by,
    }


def request_page(page: RequestPage) -> dict[str, Any]:
    """RequestPageShape."""
    return request(page.request) | {
        "cover": cover(page.cover),
        "site_id": id_or_none(page.site_public_id),
        "site_name": page.site_name,
        "zone": page.zone,
        "contact_id": id_or_none(page.contact_public_id),
        "contact_name": page.contact_name,
        "caller_name": page.caller_name,
        "caller_phone": page.caller_phone,
        "elsewhere": page.elsewhere,
        "plan_version_id": id_or_none(page.plan_version_public_id),
        "obligations": [promises.obligation(row) for row in page.obligations],
        "next_steps": [_step(step) for step in page.next_steps],
        "may_change_level": page.may_change_level,
        "levels": [word(row) for row in page.levels],
        "categories": [word(row) for row in page.categories],
        "owner": _owner(page.owner),
        "state_since": instant_or_none(page.state_since),
        "waiting_from": page.waiting_from,
        "merged_into": _named(page.merged_into),
        "acts": sorted(page.acts),
        "reopen_until": instant_or_none(page.reopen_until),
        "reopen_days": page.reopen_days,
        "questions": [_question(one) for one in page.questions],
        "answers": {one.code: one.answer.code for one in page.answers},
        "suggested_level": page.suggested_level,
        "suggested_category": page.suggested_category,
        "split_from": _named(page.split_from),
        "split_off": [_named(one) for one in page.split_off],
        "group": _group(page.group),
    }


def fact(page: RequestPage, row: FactView) -> dict[str, Any]:
    """RequestFactShape."""
    said = page.said.get(row.public_id)
    return promises.fact(row) | {
        "words": dict(said.words) if said else {},
        "shown_to_customer": bool(said and said.shown),
        "replaced_by": id_or_none(page.corrected.get(row.public_id)),
        "may_correct": row.public_id in page.may_correct,
    }


def _step(step: NextStep) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "title": {"zh": step.title_zh, "en": step.title_en},
        "fields": [
            {
                "name": one.name,
                "type": one.type,
                "needed": one.needed,
                "personal": one.personal,
                "choices": [choice.code for choice in one.choices],
            }
            for one in step.fields
        ],
    }


def _owner(owner: Owner | None) -> dict[str, Any] | None:
    if owner is None:
        return None
    return {
        "person_id": id_or_none(owner.person_public_id),
        "person_name": owner.person_name,
        "unit_id": id_or_none(owner.unit_public_id),
        "unit_name": owner.unit_name,
    }


def _question(row: AskedQuestion) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "answers": [
            {
                "code": one.word.code,
                "title": {"zh": one.word.title_zh, "en": one.word.title_en},
                "level": one.level,
                "category": one.category,
            }
            for one in row.answers
        ],
        "given": row.given,
    }


def _group(group: GroupHeadline | None) -> dict[str, Any] | None:
    if group is None:
        return None
    return {"id": str(group.public_id), "name": group.name, "next_name": group.next_name}


def _named(headline: RequestHeadline | None) -> dict[str, Any] | None:
    return {"id": str(headline.public_id), "number": headline.number} if headline else None


def opened(row: OpenedRequest) -> dict[str, Any]:
    """OpenedShape. No personal data: the answer is kept under its idempotency key."""
    return {
        "id": str(row.public_id),
        "number": row.number,
        "version": row.version,
        "state": row.state,
        "level": row.level,
        "reported_at": instant(row.reported_at),
        "opened_at": instant(row.opened_at),
        "cover": cover(row.cover),
        "obligations": [promises.obligation(one) for one in row.obligations],
    }


def preview(row: IntakePreview) -> dict[str, Any]:
    """PreviewShape."""
    return {
        "cover": cover(row.cover),
        "levels": [word(one) for one in row.levels],
        "categories": [word(one) for one in row.categories],
        "dues": [promises.due(one) for one in row.dues],
        "open_requests": [request(one) for one in row.open_requests],
        "questions": [_question(one) for one in row.questions],
        "level": row.level,
        "category": row.category,
        "group": row.group,
    }


def cover(row: CoverView) -> dict[str, Any]:
    """CoverShape."""
    return {
        "kind": row.kind,
        "reason": row.reason,
        "contract_id": id_or_none(row.contract_public_id),
        "contract_number": row.contract_number,
        "until": day_or_none(row.until),
        "covers": list(row.covers),
        "rung": row.rung,
    }


def word(row: Word) -> dict[str, Any]:
    """WordShape."""
    return {
        "code": row.code,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "definition": {"zh": row.definition_zh, "en": row.definition_en},
    }


class DoubleShape(BaseModel):
    """A request that may be about the same: by asset, text or category.

    `percent` is how alike the words are.
    """

    request: RequestShape
    reason: str
    percent: int


class Doubles(BaseModel):
    """Likely doubles of a request."""

    items: list[DoubleShape]


class NamedOwner(BaseModel):
    """A person, unit or support group."""

    id: IdText
    name: str


class OwnersShape(BaseModel):
    """Who could look after a request."""

    people: list[NamedOwner]
    units: list[NamedOwner]
    groups: list[NamedOwner]


def double(row: Double) -> dict[str, Any]:
    """DoubleShape."""
    return {"request": request(row.request), "reason": row.reason.value, "percent": row.percent}


def owners(found: Owners) -> dict[str, Any]:
    """OwnersShape."""
    return {
        "people": [{"id": str(one.public_id), "name": one.name} for one in found.people],
        "units": [{"id": str(one.public_id), "name": one.name} for one in found.units],
        "groups": [{"id": str(one.public_id), "name": one.name} for one in found.groups],
    }
