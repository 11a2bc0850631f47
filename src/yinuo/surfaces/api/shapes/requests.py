"""Service requests."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.requests.types import (
    CoverView,
    IntakePreview,
    OpenedRequest,
    RequestPage,
    RequestRow,
    Word,
)
from yinuo.surfaces.api.shapes import promises
from yinuo.surfaces.api.shapes.promises import DueShape, ObligationShape
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    TwoLanguages,
    day_or_none,
    id_or_none,
    instant,
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


class StepShape(BaseModel):
    """A fact this caller may record now."""

    kind: str
    needs_reason: bool


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
    plan_version_id: IdText | None
    obligations: list[ObligationShape]
    next_steps: list[StepShape]
    may_change_level: bool
    levels: list[WordShape]


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
        "plan_version_id": id_or_none(page.plan_version_public_id),
        "obligations": [promises.obligation(row) for row in page.obligations],
        "next_steps": [
            {"kind": step.kind, "needs_reason": step.needs_reason} for step in page.next_steps
        ],
        "may_change_level": page.may_change_level,
        "levels": [word(row) for row in page.levels],
    }


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
