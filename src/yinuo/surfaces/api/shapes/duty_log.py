"""The duty log, hand-overs and monthly statements."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.oncall.call_types import CallRow, DutyStatement, HandoverRow, PayTerms
from yinuo.surfaces.api.shapes.values import IdText, InstantText, instant, instant_or_none


class DutyCallShape(BaseModel):
    """A call; `act_at` is when the clock asks the first or the next person."""

    id: IdText
    version: int
    rota_id: IdText
    state: str
    called_at: InstantText
    in_hours: bool
    caller_name: str
    caller_phone: str
    about: str
    person_id: IdText | None
    person_name: str
    act_at: InstantText | None
    answered_at: InstantText | None
    minutes: int | None
    result: str
    solved_at: InstantText | None
    request_id: IdText | None
    asked: list[str]


class DutyCalls(BaseModel):
    """One page of the log."""

    items: list[DutyCallShape]
    next_cursor: str


class DutyHandoverShape(BaseModel):
    """The log of a turn handed to the next one; `unsolved` stay with the one who had it."""

    id: IdText
    version: int
    rota_name: str
    from_name: str
    to_name: str
    turn_ended_at: InstantText
    calls: int
    unsolved: list[DutyCallShape]
    acknowledged_at: InstantText | None
    escalated_at: InstantText | None


class Handovers(BaseModel):
    """Hand-overs that wait."""

    items: list[DutyHandoverShape]
    next_cursor: str


class PayLineShape(BaseModel):
    """A line of a statement: `number` times `each` makes `amount`."""

    kind: str
    number: str
    each: str
    amount: str


class PayEntryShape(BaseModel):
    """A case or hours that change a month."""

    id: IdText
    version: int
    kind: str
    on: str
    hours: str | None
    note: str


class DutyStatementShape(BaseModel):
    """What a month of duty pays a person, in yuan."""

    person_id: IdText
    person_name: str
    month: str
    lines: list[PayLineShape]
    entries: list[PayEntryShape]
    total: str
    calls: int
    call_minutes: int
    unsolved: int


class PayTermsShape(BaseModel):
    """The settings of a rota's pay, in yuan, with the rota's version."""

    version: int
    answer_minutes: int
    acknowledge_minutes: int
    allowance: str
    off_complaint: str
    off_unreachable: str
    off_left_city: str
    hour_rate: str
    overtime_factor: str


def call(row: CallRow) -> dict[str, Any]:
    """DutyCallShape."""
    plain = ("version", "state", "in_hours", "caller_name", "caller_phone", "about", "minutes")
    return {
        **{name: getattr(row, name) for name in (*plain, "person_name", "result")},
        "id": str(row.public_id),
        "rota_id": str(row.rota_public_id),
        "person_id": str(row.person_public_id) if row.person_public_id else None,
        "request_id": str(row.request_public_id) if row.request_public_id else None,
        "called_at": instant(row.called_at),
        "act_at": instant_or_none(row.act_at),
        "answered_at": instant_or_none(row.answered_at),
        "solved_at": instant_or_none(row.solved_at),
        "asked": list(row.asked),
    }


def handover(row: HandoverRow) -> dict[str, Any]:
    """DutyHandoverShape."""
    plain = ("version", "rota_name", "from_name", "to_name", "calls")
    return {
        **{name: getattr(row, name) for name in plain},
        "id": str(row.public_id),
        "turn_ended_at": instant(row.turn_ended_at),
        "acknowledged_at": instant_or_none(row.acknowledged_at),
        "escalated_at": instant_or_none(row.escalated_at),
        "unsolved": [call(one) for one in row.unsolved],
    }


def statement(found: DutyStatement) -> dict[str, Any]:
    """DutyStatementShape."""
    return {
        "person_id": str(found.person_public_id),
        "person_name": found.person_name,
        "month": f"{found.month:%Y-%m}",
        "lines": [
            {
                "kind": one.kind,
                "number": f"{one.number.normalize():f}",
                "each": str(one.each),
                "amount": str(one.amount),
            }
            for one in found.lines
        ],
        "entries": [
            {
                "id": str(one.public_id),
                "version": one.version,
                "kind": one.kind,
                "on": one.on.isoformat(),
                "hours": str(one.hours) if one.hours is not None else None,
                "note": one.note,
            }
            for one in found.entries
        ],
        "total": str(found.total),
        "calls": found.calls,
        "call_minutes": found.call_minutes,
        "unsolved": found.unsolved,
    }


def terms(found: PayTerms, version: int) -> dict[str, Any]:
    """PayTermsShape."""
    deductions = ("off_complaint", "off_unreachable", "off_left_city")
    names = ("allowance", *deductions, "hour_rate", "overtime_factor")
    return {
        "version": version,
        "answer_minutes": found.answer_minutes,
        "acknowledge_minutes": found.acknowledge_minutes,
        **{name: str(getattr(found, name)) for name in names},
    }
