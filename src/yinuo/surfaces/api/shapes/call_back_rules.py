"""Rules by which customers to be phoned back are drawn."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.feedback.sampling import RuleRow
from yinuo.surfaces.api.shapes.values import IdText, InstantText, instant


class CallBackRuleShape(BaseModel):
    """What share of a unit's restored requests is phoned back; an empty kind or category is any."""

    id: IdText
    version: int
    unit_id: IdText
    unit_name: str
    kind: str
    category: str
    percent: int
    set_at: InstantText
    set_by: str


class CallBackRules(BaseModel):
    """All visible rules by unit, on one page."""

    items: list[CallBackRuleShape]
    next_cursor: str


def call_back_rule(row: RuleRow) -> dict[str, Any]:
    """CallBackRuleShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "unit_id": str(row.unit_public_id),
        "unit_name": row.unit_name,
        "kind": row.kind,
        "category": row.category,
        "percent": row.percent,
        "set_at": instant(row.set_at),
        "set_by": row.set_by,
    }
