"""How emergency plans are written in answers."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.emergency.types import ContentView, PlanPage, PlanRow, SetbackView, StepView
from yinuo.kernel.plan.text import Text
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    MoneyText,
    TwoLanguages,
    instant,
    instant_or_none,
)


class EmergencyPlanHead(BaseModel):
    """An emergency plan in a list: which step waits, who holds it, since and until when."""

    id: IdText
    number: str
    state: str
    revision: int
    request_id: IdText
    request_number: str
    customer_name: str
    step: TwoLanguages
    roles: list[TwoLanguages]
    holders: list[str]
    since: InstantText
    due_at: InstantText | None
    next_step: TwoLanguages
    opened_at: InstantText
    approved_at: InstantText | None
    arrival_at: InstantText | None


class EmergencyStepShape(BaseModel):
    """A step: `done`, `waits`, `to_come` or `skipped`."""

    code: str
    kind: str
    title: TwoLanguages
    roles: list[TwoLanguages]
    holders: list[str]
    stands: str
    since: InstantText | None
    due_at: InstantText | None
    done_at: InstantText | None
    done_by: str
    act: str
    standing: str
    escalated: int


class EmergencyPersonShape(BaseModel):
    """A person of the crew."""

    id: IdText
    name: str
    phone: str


class EmergencyContentShape(BaseModel):
    """The content of the present revision; `cost` in yuan."""

    number: int
    analysis: str
    lead: EmergencyPersonShape
    crew: list[EmergencyPersonShape]
    tools: str
    parts: list[str]
    items: list[str]
    work_minutes: int
    cost: MoneyText
    special_points: str
    arrival_at: InstantText | None
    written_by: str
    written_at: InstantText


class EmergencyActShape(BaseModel):
    """A hand-over on the record."""

    revision: int
    step: TwoLanguages
    act: str
    at: InstantText
    done_by: str
    standing: str
    note: str


class EstimateShape(BaseModel):
    """An arrival estimate as it was told; `reached` is whom the phone reached."""

    arrival_at: InstantText
    told_at: InstantText
    told_by: str
    reached: str
    reason: str


class SetbackShape(BaseModel):
    """What went wrong with the crew, and what came of it."""

    id: IdText
    version: int
    kind: str
    missing: str
    skill: str
    words: str
    raised_at: InstantText
    raised_by: str
    helped_at: InstantText | None
    helped_by: str
    help_words: str
    settled_at: InstantText | None
    settled_by: str
    outcome: str
    sent: str
    settled_words: str


class EmergencyPlanShape(EmergencyPlanHead):
    """The whole plan. `is_released` when people may be assigned and parts released."""

    version: int
    steps: list[EmergencyStepShape]
    content: EmergencyContentShape | None
    acts: list[EmergencyActShape]
    estimates: list[EstimateShape]
    setbacks: list[SetbackShape]
    is_released: bool
    approved_by: str
    ended_reason: str
    may: list[str]


class EmergencyPlans(BaseModel):
    """One page of emergency plans."""

    items: list[EmergencyPlanHead]
    next_cursor: str


class AskedPlanShape(BaseModel):
    """The plan and the link for the customer's answer, in this answer only."""

    id: IdText
    version: int
    link: str | None


def plan_head(row: PlanRow) -> dict[str, Any]:
    """A plan in a list."""
    return {
        "id": str(row.public_id),
        "number": row.number,
        "state": row.state,
        "revision": row.revision,
        "request_id": str(row.request_public_id),
        "request_number": row.request_number,
        "customer_name": row.customer_name,
        "step": _text(row.step_title),
        "roles": [_text(one) for one in row.roles],
        "holders": list(row.holders),
        "since": instant(row.since),
        "due_at": instant_or_none(row.due_at),
        "next_step": _text(row.next_title),
        "opened_at": instant(row.opened_at),
        "approved_at": instant_or_none(row.approved_at),
        "arrival_at": instant_or_none(row.arrival_at),
    }


def plan(page: PlanPage) -> dict[str, Any]:
    """One plan, whole."""
    acts = [
        {
            "revision": one.revision,
            "step": _text(one.title),
            "act": one.act,
            "at": instant(one.at),
            "done_by": one.done_by,
            "standing": one.standing,
            "note": one.note,
        }
        for one in page.acts
    ]
    estimates = [
        {
            "arrival_at": instant(one.arrival_at),
            "told_at": instant(one.told_at),
            "told_by": one.told_by,
            "reached": one.reached,
            "reason": one.reason,
        }
        for one in page.estimates
    ]
    return {
        **plan_head(page.row),
        "version": page.version,
        "steps": [_step(one) for one in page.steps],
        "content": _content(page.content) if page.content else None,
        "acts": acts,
        "estimates": estimates,
        "setbacks": [_setback(one) for one in page.setbacks],
        "is_released": page.is_released,
        "approved_by": page.approved_by,
        "ended_reason": page.ended_reason,
        "may": list(page.may),
    }


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _step(one: StepView) -> dict[str, Any]:
    return {
        "code": one.code,
        "kind": one.kind,
        "title": _text(one.title),
        "roles": [_text(each) for each in one.roles],
        "holders": list(one.holders),
        "stands": one.stands,
        "since": instant_or_none(one.since),
        "due_at": instant_or_none(one.due_at),
        "done_at": instant_or_none(one.done_at),
        "done_by": one.done_by,
        "act": one.act,
        "standing": one.standing,
        "escalated": one.escalated,
    }


def _content(one: ContentView) -> dict[str, Any]:
    people = [
        {"id": str(each.public_id), "name": each.name, "phone": each.phone}
        for each in (one.lead, *one.crew)
    ]
    return {
        "number": one.number,
        "analysis": one.analysis,
        "lead": people[0],
        "crew": people[1:],
        "tools": one.tools,
        "parts": list(one.parts),
        "items": list(one.items),
        "work_minutes": one.work_minutes,
        "cost": f"{one.cost:.2f}",
        "special_points": one.special_points,
        "arrival_at": instant_or_none(one.arrival_at),
        "written_by": one.written_by,
        "written_at": instant(one.written_at),
    }


def _setback(one: SetbackView) -> dict[str, Any]:
    return {
        "id": str(one.public_id),
        "version": one.version,
        "kind": one.kind,
        "missing": one.missing,
        "skill": one.skill,
        "words": one.words,
        "raised_at": instant(one.raised_at),
        "raised_by": one.raised_by,
        "helped_at": instant_or_none(one.helped_at),
        "helped_by": one.helped_by,
        "help_words": one.help_words,
        "settled_at": instant_or_none(one.settled_at),
        "settled_by": one.settled_by,
        "outcome": one.outcome,
        "sent": one.sent,
        "settled_words": one.settled_words,
    }
