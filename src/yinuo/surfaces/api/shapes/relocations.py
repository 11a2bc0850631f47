"""Relocations: in lists, and one with its plan and what was done."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.relocations.types import RelocationRow, RelocationView, StepRow
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    day_or_none,
    instant,
    instant_or_none,
)


class RelocationShape(BaseModel):
    """A relocation; minutes of interruption as planned and as they were."""

    id: IdText
    version: int
    number: str
    state: str
    title: str
    customer_id: IdText
    customer_name: str
    unit_name: str
    begins_at: InstantText | None
    ends_at: InstantText | None
    steps_planned: int
    steps_done: int
    planned_minutes: int
    real_minutes: int


class RelocationEventShape(BaseModel):
    """What was done with a step."""

    revision: int
    kind: str
    text: str
    minutes: int | None
    at: InstantText
    recorded_by: str


class RelocationStepShape(BaseModel):
    """A step of a plan and how it stands."""

    id: IdText
    position: int
    what: str
    who: str
    planned_from: InstantText
    planned_to: InstantText
    interruption_minutes: int
    check_how: str
    roll_back: str
    parallel: bool
    state: str
    started_at: InstantText | None
    ended_at: InstantText | None
    real_minutes: int | None
    events: list[RelocationEventShape]
    acts: list[str]


class WholeRelocation(RelocationShape):
    """One relocation with its plan, the customer's words and what may be done with it now."""

    text: str
    revision: int
    content_hash: str
    approved_by: str
    approved_on: DayText | None
    accepted_by: str
    accepted_on: DayText | None
    end_text: str
    ended_at: InstantText | None
    steps: list[RelocationStepShape]
    acts: list[str]


class Relocations(BaseModel):
    """A page of relocations."""

    items: list[RelocationShape]
    next_cursor: str


def relocation(row: RelocationRow) -> dict[str, Any]:
    """RelocationShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "state": row.state,
        "title": row.title,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "unit_name": row.unit_name,
        "begins_at": instant_or_none(row.begins_at),
        "ends_at": instant_or_none(row.ends_at),
        "steps_planned": row.steps,
        "steps_done": row.done,
        "planned_minutes": row.planned_minutes,
        "real_minutes": row.real_minutes,
    }


def whole(view: RelocationView) -> dict[str, Any]:
    """WholeRelocation."""
    return {
        **relocation(view.row),
        "text": view.text,
        "revision": view.revision,
        "content_hash": view.content_hash,
        "approved_by": view.approved_by,
        "approved_on": day_or_none(view.approved_on),
        "accepted_by": view.accepted_by,
        "accepted_on": day_or_none(view.accepted_on),
        "end_text": view.end_text,
        "ended_at": instant_or_none(view.ended_at),
        "steps": [_step(one) for one in view.steps],
        "acts": sorted(view.acts),
    }


def _step(row: StepRow) -> dict[str, Any]:
    return {
        "id": str(row.public_id),
        "position": row.position,
        "what": row.what,
        "who": row.who,
        "planned_from": instant(row.planned_from),
        "planned_to": instant(row.planned_to),
        "interruption_minutes": row.interruption_minutes,
        "check_how": row.check_how,
        "roll_back": row.roll_back,
        "parallel": row.is_parallel,
        "state": row.state,
        "started_at": instant_or_none(row.started_at),
        "ended_at": instant_or_none(row.ended_at),
        "real_minutes": row.real_minutes,
        "events": [
            {
                "revision": one.revision,
                "kind": one.kind,
                "text": one.text,
                "minutes": one.minutes,
                "at": instant(one.at),
                "recorded_by": one.recorded_by,
            }
            for one in row.events
        ],
        "acts": list(row.acts),
    }
