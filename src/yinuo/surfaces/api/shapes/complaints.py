"""Complaints: in lists, and one with everything done."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.feedback.complaint_types import ComplaintRow, ComplaintView, Precedent, StepView
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    MoneyText,
    day_or_none,
    id_or_none,
    instant,
    instant_or_none,
    money_or_none,
)


class ComplaintShape(BaseModel):
    """A complaint; `cost` is what compensation, gifts and free service cost us in yuan."""

    id: IdText
    version: int
    number: str
    state: str
    category: str
    channel: str
    major: bool
    said: str
    customer_id: IdText
    customer_name: str
    unit_name: str
    about_name: str
    request_id: IdText | None
    received_at: InstantText
    answer_due_at: InstantText
    answered_at: InstantText | None
    with_superior: bool
    improve_by: DayText | None
    cost: MoneyText


class ComplaintStepShape(BaseModel):
    """One thing done with a complaint."""

    kind: str
    text: str
    department: str
    redress: str
    cost: MoneyText | None
    precedent: str
    told_at: InstantText | None
    done_at: InstantText
    recorded_by: str


class PrecedentShape(BaseModel):
    """A like complaint of before; `percent` says how alike the words are."""

    id: IdText
    number: str
    said: str
    settled: str
    cost: MoneyText
    percent: int


class WholeComplaint(ComplaintShape):
    """One complaint with its steps, what may be done with it now, and like ones of before."""

    rings: int | None
    caller_name: str
    settle_by: InstantText | None
    settled_at: InstantText | None
    responsibility: str
    improvement: str
    sanction: str
    closed_at: InstantText | None
    improved_at: InstantText | None
    waiting_departments: list[str]
    steps: list[ComplaintStepShape]
    acts: list[str]
    precedents: list[PrecedentShape]


class Complaints(BaseModel):
    """A page of complaints."""

    items: list[ComplaintShape]
    next_cursor: str


def complaint(row: ComplaintRow) -> dict[str, Any]:
    """ComplaintShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "state": row.state,
        "category": row.category,
        "channel": row.channel,
        "major": row.is_major,
        "said": row.said,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "unit_name": row.unit_name,
        "about_name": row.about_name,
        "request_id": id_or_none(row.request_public_id),
        "received_at": instant(row.received_at),
        "answer_due_at": instant(row.answer_due_at),
        "answered_at": instant_or_none(row.answered_at),
        "with_superior": row.is_with_superior,
        "improve_by": day_or_none(row.improve_by),
        "cost": f"{row.cost:.2f}",
    }


def whole(view: ComplaintView, precedents: list[Precedent]) -> dict[str, Any]:
    """WholeComplaint."""
    return {
        **complaint(view.row),
        "rings": view.rings,
        "caller_name": view.caller_name,
        "settle_by": instant_or_none(view.settle_by),
        "settled_at": instant_or_none(view.settled_at),
        "responsibility": view.responsibility,
        "improvement": view.improvement,
        "sanction": view.sanction,
        "closed_at": instant_or_none(view.closed_at),
        "improved_at": instant_or_none(view.improved_at),
        "waiting_departments": list(view.waiting),
        "steps": [_step(one) for one in view.steps],
        "acts": sorted(view.acts),
        "precedents": [_precedent(one) for one in precedents],
    }


def _step(one: StepView) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "text": one.text,
        "department": one.department,
        "redress": one.redress,
        "cost": money_or_none(one.cost),
        "precedent": one.precedent_number,
        "told_at": instant_or_none(one.told_at),
        "done_at": instant(one.done_at),
        "recorded_by": one.recorded_by,
    }


def _precedent(one: Precedent) -> dict[str, Any]:
    return {
        "id": str(one.public_id),
        "number": one.number,
        "said": one.said,
        "settled": one.settled,
        "cost": f"{one.cost:.2f}",
        "percent": one.percent,
    }
