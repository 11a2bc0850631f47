"""Solved cases like an open one."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.fieldwork.used import Used
from yinuo.domains.requests.similar import Similar
from yinuo.surfaces.api.shapes.values import IdText, InstantText, instant


class SimilarShape(BaseModel):
    """A solved case; `reasons` say why it is similar, `percent` how alike the symptoms' words are.

    `work_done` and `parts_used` are what its last sheet says.
    """

    id: IdText
    number: str
    symptom: str
    model: str
    asset_class: str
    reported_at: InstantText
    reasons: list[str]
    percent: int
    points: int
    method: str
    cause: str
    work_done: str
    parts_used: str


class SimilarCases(BaseModel):
    """Precedents, the most similar first."""

    items: list[SimilarShape]
    next_cursor: str


def similar(row: Similar, used: Used | None) -> dict[str, Any]:
    """SimilarShape."""
    plain = ("number", "symptom", "model", "asset_class", "percent", "points", "method", "cause")
    return {
        **{name: getattr(row, name) for name in plain},
        "id": str(row.public_id),
        "reported_at": instant(row.reported_at),
        "reasons": [one.value for one in row.reasons],
        "work_done": used.work_done if used else "",
        "parts_used": used.parts_used if used else "",
    }
