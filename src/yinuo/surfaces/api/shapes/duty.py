"""On-call duty: rotas at an instant, turns, gaps."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.oncall.types import CountedTurn, Gap, OnDuty, TurnRow
from yinuo.surfaces.api.shapes.values import IdText, InstantText, instant, instant_or_none


class TurnShape(BaseModel):
    """A person's turn, half-open; `covers_name` when he stands in for somebody."""

    id: IdText
    version: int
    person_id: IdText
    person_name: str
    person_phone: str
    starts_at: InstantText
    ends_at: InstantText
    covers_name: str
    reason: str


class OnDutyShape(BaseModel):
    """A rota now: whether duty counts, whose turn it is, when duty begins again."""

    id: IdText
    name: str
    unit_name: str
    counts_now: bool
    turn: TurnShape | None
    next_at: InstantText | None


class Duties(BaseModel):
    """All visible rotas."""

    items: list[OnDutyShape]
    next_cursor: str


class GapShape(BaseModel):
    """Duty time that nobody has."""

    starts_at: InstantText
    ends_at: InstantText


class TurnsShape(BaseModel):
    """The turns of a rota from now on, and the gaps of the next two months."""

    turns: list[TurnShape]
    gaps: list[GapShape]


class CountedTurnShape(TurnShape):
    """A turn, its rota, and its days with duty time in the month or year asked for."""

    rota_id: IdText
    rota_name: str
    days: int


class CountedTurns(BaseModel):
    """A page of turns."""

    items: list[CountedTurnShape]
    next_cursor: str


def duty(one: OnDuty) -> dict[str, Any]:
    """OnDutyShape."""
    return {
        "id": str(one.rota.public_id),
        "name": one.rota.data.name,
        "unit_name": one.rota.unit_name,
        "counts_now": one.counts_now,
        "turn": turn(one.turn) if one.turn else None,
        "next_at": instant_or_none(one.next_at),
    }


def turn(row: TurnRow) -> dict[str, Any]:
    """TurnShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "person_id": str(row.person_public_id),
        "person_name": row.person_name,
        "person_phone": row.person_phone,
        "starts_at": instant(row.starts_at),
        "ends_at": instant(row.ends_at),
        "covers_name": row.covers_name,
        "reason": row.reason,
    }


def counted_turn(one: CountedTurn) -> dict[str, Any]:
    """CountedTurnShape."""
    return turn(one.turn) | {
        "rota_id": str(one.turn.rota_public_id),
        "rota_name": one.rota_name,
        "days": one.days,
    }


def turns(rows: list[TurnRow], gaps: list[Gap]) -> dict[str, Any]:
    """TurnsShape."""
    return {
        "turns": [turn(one) for one in rows],
        "gaps": [
            {"starts_at": instant(one.starts_at), "ends_at": instant(one.ends_at)} for one in gaps
        ],
    }
