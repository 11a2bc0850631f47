"""Plans of days and their lines, and the board."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.dispatch.board_types import Board, BoardRow, BoardSheet
from yinuo.domains.dispatch.plan_types import LineRow, RunRow, Taken
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    id_or_none,
    instant,
    instant_or_none,
)


class DayPlanShape(BaseModel):
    """A plan of a unit's days; `summary` has what it costs before and after, yuan as text."""

    id: IdText
    unit_id: IdText
    first_on: DayText
    days: int
    mode: str
    state: str
    percent: int
    created_at: InstantText
    ended_at: InstantText | None
    created_by: str
    refusal: str
    weights: str
    summary: dict[str, Any]


class DayPlans(BaseModel):
    """Plans, newest first."""

    items: list[DayPlanShape]
    next_cursor: str


class PlanLineShape(BaseModel):
    """What a plan proposes for a sheet; `late` is the expected penalty, yuan as text."""

    id: IdText
    work_order_id: IdText
    work_order_number: str
    change: str
    person_id: IdText | None
    person_name: str
    leaves_at: InstantText | None
    starts_at: InstantText | None
    ends_at: InstantText | None
    before_name: str
    before_at: InstantText | None
    due_at: InstantText | None
    late: str
    is_stale: bool
    is_taken: bool
    content: dict[str, Any]


class PlanLines(BaseModel):
    """The lines of a plan, those that change anything first."""

    items: list[PlanLineShape]
    next_cursor: str


class DayPlanStarted(BaseModel):
    """The plan that the worker makes."""

    id: IdText


class LinesTaken(BaseModel):
    """How many lines were taken over; why the others were not, by the line's id."""

    id: IdText
    taken: int
    refused: dict[str, str]


class BoardSheetShape(BaseModel):
    """A sheet on the board: with who leads it, and the names of who goes along.

    Among what waits: whether its time went by before anybody set out, whether its engineer left.
    """

    work_order_id: IdText
    version: int
    number: str
    state: str
    due_at: InstantText | None
    person_id: IdText | None
    companions: list[str]
    begins_at: InstantText | None
    ends_at: InstantText | None
    is_overdue: bool
    person_left: bool


class BoardRowShape(BaseModel):
    """A person with the visits within the days that he leads or goes along to."""

    person_id: IdText
    name: str
    work_orders: list[BoardSheetShape]


class BoardShape(BaseModel):
    """A unit's days: people with their visits, and what waits, the least time left first."""

    first_on: DayText
    days: int
    rows: list[BoardRowShape]
    waiting: list[BoardSheetShape]


def plan(row: RunRow) -> dict[str, Any]:
    """DayPlanShape."""
    return {
        "id": str(row.public_id),
        "unit_id": str(row.unit_public_id),
        "first_on": row.first_on.isoformat(),
        "days": row.days,
        "mode": row.mode,
        "state": row.state,
        "percent": row.percent,
        "created_at": instant(row.created_at),
        "ended_at": instant_or_none(row.ended_at),
        "created_by": row.person,
        "refusal": row.refusal,
        "weights": row.weights,
        "summary": dict(row.summary),
    }


def line(row: LineRow) -> dict[str, Any]:
    """PlanLineShape."""
    return {
        "id": str(row.public_id),
        "work_order_id": str(row.work_order_public_id),
        "work_order_number": row.order_number,
        "change": row.change,
        "person_id": id_or_none(row.person_public_id),
        "person_name": row.person_name,
        "leaves_at": instant_or_none(row.leaves_at),
        "starts_at": instant_or_none(row.starts_at),
        "ends_at": instant_or_none(row.ends_at),
        "before_name": row.before_name,
        "before_at": instant_or_none(row.before_at),
        "due_at": instant_or_none(row.due_at),
        "late": str(row.late),
        "is_stale": row.is_stale,
        "is_taken": row.is_taken,
        "content": dict(row.content),
    }


def taken(found: Taken) -> dict[str, Any]:
    """LinesTaken."""
    return {
        "id": str(found.run_public_id),
        "taken": found.taken,
        "refused": dict(found.refused),
    }


def board(found: Board) -> dict[str, Any]:
    """BoardShape."""
    return {
        "first_on": found.days[0].isoformat(),
        "days": len(found.days),
        "rows": [_row(one) for one in found.rows],
        "waiting": [_sheet(one) for one in found.waiting],
    }


def _row(one: BoardRow) -> dict[str, Any]:
    return {
        "person_id": str(one.person_public_id),
        "name": one.name,
        "work_orders": [_sheet(each) for each in one.sheets],
    }


def _sheet(one: BoardSheet) -> dict[str, Any]:
    return {
        "work_order_id": str(one.public_id),
        "version": one.version,
        "number": one.number,
        "state": one.state,
        "due_at": instant_or_none(one.due_at),
        "person_id": id_or_none(one.person_public_id),
        "companions": list(one.companions),
        "begins_at": instant_or_none(one.begins),
        "ends_at": instant_or_none(one.ends),
        "is_overdue": one.is_overdue,
        "person_left": one.has_left,
    }
