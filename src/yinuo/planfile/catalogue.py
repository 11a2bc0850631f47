"""Every record of the language by name: what the JSON Schema and the reference are made from."""

from __future__ import annotations

from yinuo.planfile import (
    anchors,
    calendars,
    clauses,
    duties,
    ladders,
    limits,
    remedies,
    warranties,
)
from yinuo.planfile import plan as plans
from yinuo.planfile.shapes import Record


def records() -> dict[str, Record]:
    """All records by their name in the schema, in the order of the reference."""
    found: dict[str, Record] = {"plan": plans.PLAN}
    for record in (
        *plans.RECORDS,
        *calendars.RECORDS,
        *(clauses.KINDS[kind] for kind in clauses.KINDS),
        *limits.FORMS.values(),
        *limits.RECORDS,
        *anchors.FORMS.values(),
        *ladders.RECORDS,
        *duties.RECORDS,
        *warranties.RECORDS,
        *remedies.RECORDS,
    ):
        found.setdefault(record.name_in_schema, record)
    return found
