"""Quality: how promises were kept, in all and by unit or promise."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.obligations.quality import Kept, QualityGroup
from yinuo.domains.obligations.types import ObligationView
from yinuo.surfaces.api.shapes import promises
from yinuo.surfaces.api.shapes.values import IdText, MoneyText


class KeptShape(BaseModel):
    """How many were kept and missed; `share` is the percentage kept with one decimal, rounded down,
    null where nothing was due. `late_seconds` are those of all missed ones together, `cost` what
    they cost us in yuan; `in_others` counts misses priced in other currencies."""

    kept: int
    missed: int
    share: str | None
    late_seconds: int
    cost: MoneyText
    in_others: int


class QualityGroupShape(BaseModel):
    """One unit with its id, or one promise by its code."""

    id: IdText | None
    code: str
    name: str
    kept: KeptShape


class QualityShape(BaseModel):
    """All promises due in the period together, and each group, the worst kept leading."""

    total: KeptShape
    items: list[QualityGroupShape]


class MissedPromiseShape(promises.ObligationShape):
    """A missed promise with what it has cost us; null without a price."""

    cost: MoneyText | None


class MissedPromises(BaseModel):
    """A page of missed promises."""

    items: list[MissedPromiseShape]
    next_cursor: str


def missed(row: ObligationView) -> dict[str, Any]:
    """MissedPromiseShape."""
    cost = f"{row.money.accrued:.2f}" if row.money else None
    return {**promises.obligation(row), "cost": cost}


def kept(row: Kept) -> dict[str, Any]:
    """KeptShape."""
    return {
        "kept": row.kept,
        "missed": row.missed,
        "share": None if row.share is None else str(row.share),
        "late_seconds": int(row.late.total_seconds()),
        "cost": f"{row.cost:.2f}",
        "in_others": row.in_others,
    }


def group(row: QualityGroup) -> dict[str, Any]:
    """QualityGroupShape."""
    return {
        "id": str(row.public_id) if row.public_id else None,
        "code": "" if row.public_id else row.code,
        "name": row.name,
        "kept": kept(row.kept),
    }
