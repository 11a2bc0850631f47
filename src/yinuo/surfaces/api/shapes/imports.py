"""Imports as the API shows them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.imports.types import RunRow, WrongRow
from yinuo.surfaces.api.shapes.values import IdText, InstantText, instant, instant_or_none


class RunShape(BaseModel):
    """An import. `state`: reading, checking, checked, writing, done, refused, cancelled."""

    id: IdText
    kind: str
    state: str
    file_name: str
    person: str
    created_at: InstantText
    ended_at: InstantText | None
    columns: list[str]
    unknown_columns: list[str]
    refusal: str
    rows: int
    checked: int
    new: int
    changed: int
    unchanged: int
    wrong: int
    written: int


class ProblemShape(BaseModel):
    """What is wrong with a cell; `column` is a code, empty when it concerns the row."""

    column: str
    value: str
    message: str


class WrongRowShape(BaseModel):
    """A row of the file that cannot be taken."""

    row: int
    problems: list[ProblemShape]


class Runs(BaseModel):
    """A page of imports."""

    items: list[RunShape]
    next_cursor: str


class WrongRows(BaseModel):
    """A page of wrong rows."""

    items: list[WrongRowShape]
    next_cursor: str


def run(row: RunRow) -> dict[str, Any]:
    """An import, JSON-ready."""
    return {
        "id": str(row.public_id),
        "kind": row.kind,
        "state": row.state,
        "file_name": row.file_name,
        "person": row.person,
        "created_at": instant(row.created_at),
        "ended_at": instant_or_none(row.ended_at),
        "columns": list(row.columns),
        "unknown_columns": list(row.unknown_columns),
        "refusal": row.refusal,
        "rows": row.rows,
        "checked": row.checked,
        "new": row.new,
        "changed": row.changed,
        "unchanged": row.unchanged,
        "wrong": row.wrong,
        "written": row.written,
    }


def wrong_row(row: WrongRow) -> dict[str, Any]:
    """A wrong row, JSON-ready."""
    problems = [
        {"column": one.column, "value": one.value, "message": one.message} for one in row.problems
    ]
    return {"row": row.number, "problems": problems}
