"""Promised papers and the health record."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from yinuo.domains.contracts.papers import PaperRow
from yinuo.domains.feedback.health_types import Health, HealthCase
from yinuo.surfaces.api.shapes.after import FileShape, file
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    TwoLanguages,
    day_or_none,
    id_or_none,
    instant,
    instant_or_none,
)


class HandoverShape(BaseModel):
    """Who took which version, when and how."""

    handed_on: DayText
    taken_by: str
    how: str
    file_id: IdText | None
    signed_file_id: IdText | None
    recorded_by: str


class PaperShape(BaseModel):
    """A promised paper; `is_missing` until its newest version was handed over."""

    id: IdText
    version: int
    customer_id: IdText
    contract_id: IdText | None
    project_id: IdText | None
    code: str
    title: TwoLanguages
    kind: str
    state: str
    is_missing: bool
    due_after: str
    due_days: int
    due_on: DayText | None
    versions: list[FileShape]
    checked_at: InstantText | None
    checked_by: str
    handovers: list[HandoverShape]
    waived_reason: str


class Papers(BaseModel):
    """Papers of a customer, contract or project, what is due first leading."""

    items: list[PaperShape]


class CaseShape(BaseModel):
    """A request, contract or paper behind a line."""

    kind: str
    id: IdText
    name: str
    text: TwoLanguages
    at: str | None


class HealthLineShape(BaseModel):
    """One line: what it is about, how it bears on the customer, its figures and cases."""

    kind: str
    tone: str
    figures: dict[str, Any]
    cases: list[CaseShape]


class HealthShape(BaseModel):
    """The health record now; `tone` is the worst of its lines."""

    at: InstantText
    tone: str
    lines: list[HealthLineShape]


def paper(row: PaperRow) -> dict[str, Any]:
    """PaperShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "customer_id": str(row.customer_public_id),
        "contract_id": id_or_none(row.contract_public_id),
        "project_id": id_or_none(row.project_public_id),
        "code": row.code,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "kind": row.kind,
        "state": row.state.value,
        "is_missing": row.is_missing,
        "due_after": row.due_after,
        "due_days": row.due_days,
        "due_on": day_or_none(row.due_on),
        "versions": [file(one) for one in row.versions],
        "checked_at": instant_or_none(row.checked_at),
        "checked_by": row.checked_by,
        "handovers": [
            {
                "handed_on": one.handed_on.isoformat(),
                "taken_by": one.taken_by,
                "how": one.how,
                "file_id": str(one.file.public_id) if one.file else None,
                "signed_file_id": str(one.signed.public_id) if one.signed else None,
                "recorded_by": one.recorded_by,
            }
            for one in row.handovers
        ],
        "waived_reason": row.waived_reason,
    }


def health(record: Health) -> dict[str, Any]:
    """HealthShape."""
    return {
        "at": instant(record.at),
        "tone": record.tone.value,
        "lines": [
            {
                "kind": line.kind.value,
                "tone": line.tone.value,
                "figures": {name: _figure(value) for name, value in line.figures.items()},
                "cases": [_case(one) for one in line.cases],
            }
            for line in record.lines
        ],
    }


def _case(case: HealthCase) -> dict[str, Any]:
    zh, en = case.text
    return {
        "kind": case.kind,
        "id": str(case.public_id),
        "name": case.name,
        "text": {"zh": zh, "en": en},
        "at": _figure(case.at),
    }


def _figure(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        parts = value.numerator * 1_000_000 // value.denominator
        return f"{parts // 1_000_000}.{parts % 1_000_000:06d}"
    return value if isinstance(value, int | str | bool | None) else str(value)
