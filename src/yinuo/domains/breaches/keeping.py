"""Remedy lines and stretches as a breach keeps them, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from yinuo.domains.breaches.types import LineView, StretchView
from yinuo.kernel.attribution import Holder, Leg, Stretch
from yinuo.kernel.evaluation import RemedyLine
from yinuo.kernel.plan.clauses import Clause


def kept_lines(lines: Iterable[RemedyLine]) -> list[dict[str, Any]]:
    """Lines as JSON; amounts as text, so that they stay exact."""
    return [
        {
            "remedy": one.remedy_id,
            "kind": one.kind,
            "paid_by": one.paid_by,
            "base": None if one.base is None else str(one.base),
            "base_name": one.base_name,
            "zh": one.text.zh or one.computation.zh,
            "en": one.text.en or one.computation.en,
            "amount": None if one.amount is None else str(one.amount),
            "reduced_by": str(one.reduced_by),
            "final": one.final,
        }
        for one in lines
    ]


def line_view(kept: Mapping[str, Any], clause: Clause) -> LineView:
    """A kept line with its remedy's title."""
    titles = {one.id: one.title for one in clause.remedies}
    title = titles.get(kept["remedy"])
    return LineView(
        remedy=kept["remedy"],
        title_zh=title.zh if title else "",
        title_en=title.en if title else "",
        kind=kept["kind"],
        paid_by=kept["paid_by"],
        base=None if kept["base"] is None else Decimal(kept["base"]),
        base_name=kept["base_name"],
        computation_zh=kept["zh"],
        computation_en=kept["en"],
        amount=None if kept["amount"] is None else Decimal(kept["amount"]),
        reduced_by=Decimal(kept["reduced_by"]),
        is_final=kept["final"],
    )


def kept_stretches(stretches: Iterable[Stretch]) -> list[dict[str, Any]]:
    """Stretches as JSON, instants with their microseconds."""
    return [
        {
            "from": one.begins_at.isoformat(),
            "to": one.ends_at.isoformat(),
            "leg": one.holder.leg.value,
            "unit": one.holder.unit,
            "why": one.why,
            "corrected": one.corrected,
        }
        for one in stretches
    ]


def stretches_of(kept: Iterable[Mapping[str, Any]]) -> tuple[Stretch, ...]:
    """The stretches that `kept_stretches` wrote."""
    return tuple(
        Stretch(
            datetime.fromisoformat(one["from"]),
            datetime.fromisoformat(one["to"]),
            Holder(Leg(one["leg"]), one["unit"]),
            one["why"],
            one["corrected"],
        )
        for one in kept
    )


def stretch_view(one: Stretch, units: Mapping[str, str]) -> StretchView:
    """A stretch with the name of its unit."""
    return StretchView(
        begins_at=one.begins_at,
        ends_at=one.ends_at,
        leg=one.holder.leg.value,
        unit_name=units.get(one.holder.unit, ""),
        why=one.why,
        is_corrected=one.corrected,
    )
