"""Every record of the language by name: what the JSON Schema and the reference are made from."""

from __future__ import annotations

from yinuo.planfile import (
    anchors,
    calendars,
    clauses,
    duties,
    ladders,
    limits,
    measures,
    remedies,
    warranties,
)
from yinuo.planfile import plan as plans
from yinuo.planfile.shapes import Record, Shape


def records() -> dict[str, Record]:
    """All records by their name in the schema, in the order of the reference."""
    found: dict[str, Record] = {}
    for record in (
        plans.PLAN,
        *plans.RECORDS,
        *calendars.RECORDS,
        *clauses.KINDS.values(),
        *limits.FORMS.values(),
        *limits.RECORDS,
        *anchors.FORMS.values(),
        *ladders.RECORDS,
        *duties.RECORDS,
        *measures.RECORDS,
        *warranties.RECORDS,
        *remedies.RECORDS,
    ):
        _collect(record, found)
    return found


def _collect(shape: Shape, found: dict[str, Record]) -> None:
    if isinstance(shape, Record):
        if shape.name_in_schema in found:
            return
        found[shape.name_in_schema] = shape
    for inner in shape.inner:
        _collect(inner, found)
