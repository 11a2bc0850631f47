"""Facts and obligations."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from yinuo.domains.obligations.types import (
    ChangeView,
    DuePreview,
    EscalationView,
    Explanation,
    FactView,
    ObligationView,
)
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    TwoLanguages,
    instant,
    instant_or_none,
)

State = Literal["running", "paused", "met", "missed", "void"]


class ObligationShape(BaseModel):
    """A promise on a subject. `number` is the clause's as printed.

    `late_seconds` counts from the due time; `provisional` means that the holidays of the year are
    not yet published.
    """

    id: IdText
    subject_type: str
    subject_id: IdText
    clause: str
    number: str
    title: TwoLanguages
    state: State
    started_at: InstantText | None
    due_at: InstantText | None
    ended_at: InstantText | None
    late_seconds: int
    provisional: bool


class FactShape(BaseModel):
    """Something that happened, when it did and when we heard of it."""

    id: IdText
    kind: str
    occurred_at: InstantText
    received_at: InstantText
    source: str
    attrs: dict[str, Any]
    actor: str


class DueShape(BaseModel):
    """A due time that a case would get."""

    clause: str
    number: str
    title: TwoLanguages
    due_at: InstantText | None
    provisional: bool


class ExplanationShape(BaseModel):
    """Why a promise is due when it is, one sentence a line."""

    zh: list[str]
    en: list[str]


class Obligations(BaseModel):
    """A page of obligations."""

    items: list[ObligationShape]
    next_cursor: str


class Facts(BaseModel):
    """A page of facts."""

    items: list[FactShape]
    next_cursor: str


class Dues(BaseModel):
    """Due times, the earliest leading."""

    dues: list[DueShape]


class CausingFactShape(BaseModel):
    """A fact that made promises be computed anew."""

    kind: str
    occurred_at: InstantText


class ChangeShape(BaseModel):
    """What a computation changed: `cause` is facts, clock, holidays or terms."""

    at: InstantText
    cause: Literal["facts", "clock", "holidays", "terms"]
    facts: list[CausingFactShape]
    actor: str
    old_state: State
    new_state: State
    old_due_at: InstantText | None
    new_due_at: InstantText | None
    old_ended_at: InstantText | None
    new_ended_at: InstantText | None


class Changes(BaseModel):
    """Changes, newest first."""

    items: list[ChangeShape]


class EscalationShape(BaseModel):
    """A step of a ladder that was taken; `told` is false when a later repetition was told."""

    step: int
    repetition: int
    at: InstantText
    taken_at: InstantText
    told: bool
    percent: int | None
    roles: list[str]
    channels: list[str]


class Escalations(BaseModel):
    """Steps taken, in order."""

    items: list[EscalationShape]


def change(row: ChangeView) -> dict[str, Any]:
    """ChangeShape."""
    return {
        "at": instant(row.at),
        "cause": row.cause,
        "facts": [{"kind": one.kind, "occurred_at": instant(one.occurred_at)} for one in row.facts],
        "actor": row.actor,
        "old_state": row.old_state,
        "new_state": row.new_state,
        "old_due_at": instant_or_none(row.old_due_at),
        "new_due_at": instant_or_none(row.new_due_at),
        "old_ended_at": instant_or_none(row.old_ended_at),
        "new_ended_at": instant_or_none(row.new_ended_at),
    }


def escalation(row: EscalationView) -> dict[str, Any]:
    """EscalationShape."""
    return {
        "step": row.step,
        "repetition": row.repetition,
        "at": instant(row.at),
        "taken_at": instant(row.taken_at),
        "told": row.told,
        "percent": row.percent,
        "roles": list(row.roles),
        "channels": list(row.channels),
    }


def obligation(row: ObligationView) -> dict[str, Any]:
    """ObligationShape."""
    return {
        "id": str(row.public_id),
        "subject_type": row.subject_type,
        "subject_id": str(row.subject_id),
        "clause": row.clause,
        "number": row.number,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "state": row.state,
        "started_at": instant_or_none(row.started_at),
        "due_at": instant_or_none(row.due_at),
        "ended_at": instant_or_none(row.ended_at),
        "late_seconds": row.late_seconds,
        "provisional": row.provisional,
    }


def fact(row: FactView) -> dict[str, Any]:
    """FactShape."""
    return {
        "id": str(row.public_id),
        "kind": row.kind,
        "occurred_at": instant(row.occurred_at),
        "received_at": instant(row.received_at),
        "source": row.source,
        "attrs": dict(row.attrs),
        "actor": row.actor,
    }


def due(row: DuePreview) -> dict[str, Any]:
    """DueShape."""
    return {
        "clause": row.clause,
        "number": row.number,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "due_at": instant_or_none(row.due_at),
        "provisional": row.provisional,
    }


def explanation(row: Explanation) -> dict[str, Any]:
    """ExplanationShape."""
    return {"zh": list(row.zh), "en": list(row.en)}
