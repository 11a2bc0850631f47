"""What moving a contract to another plan version would mean for what it owes today."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.obligations.moving import CaseBeside, DueBeside, IfMoved
from yinuo.surfaces.api.shapes.values import IdText, InstantText, TwoLanguages, instant_or_none


class DueBesideShape(BaseModel):
    """An open promise: due now, and under the other version; null where one does not know it."""

    clause: str
    number: str
    title: TwoLanguages
    due_at: InstantText | None
    other: InstantText | None


class CaseBesideShape(BaseModel):
    """A running case; `kept_number` is the plan version it began with and keeps."""

    subject_type: str
    subject_id: IdText
    kept_number: int | None
    dues: list[DueBesideShape]


class IfMovedShape(BaseModel):
    """The contract's own promises, which follow at once, and its running cases, which keep theirs.

    `cases` are those due first, at most 20 of `total`.
    """

    own: list[DueBesideShape]
    cases: list[CaseBesideShape]
    total: int


def if_moved(found: IfMoved) -> dict[str, Any]:
    """IfMovedShape."""
    return {
        "own": [_due(one) for one in found.own],
        "cases": [_case(one) for one in found.cases],
        "total": found.total,
    }


def _case(one: CaseBeside) -> dict[str, Any]:
    return {
        "subject_type": one.subject_type,
        "subject_id": str(one.subject_id),
        "kept_number": one.kept_number,
        "dues": [_due(due) for due in one.dues],
    }


def _due(one: DueBeside) -> dict[str, Any]:
    return {
        "clause": one.clause,
        "number": one.number,
        "title": {"zh": one.title_zh, "en": one.title_en},
        "due_at": instant_or_none(one.due_at),
        "other": instant_or_none(one.other),
    }
