"""Plan versions and contracts."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from yinuo.domains.contracts.comparing import FieldChange, PlanChanges
from yinuo.domains.contracts.types import ContractRow, ContractStanding, PlanVersionRow
from yinuo.kernel.plan.text import Text
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    MoneyText,
    TwoLanguages,
    day_or_none,
    id_or_none,
    instant,
    money_or_none,
)


class PlanVersionShape(BaseModel):
    """A published plan version; it never changes."""

    id: IdText
    code: str
    number: int
    title: TwoLanguages
    published_at: InstantText
    published_by: str
    offered_from: DayText | None


class PlanVersions(BaseModel):
    """A page of plan versions."""

    items: list[PlanVersionShape]
    next_cursor: str


class PlanSource(BaseModel):
    """The file a version was published from."""

    source: str


class PublishedPlan(BaseModel):
    """The version a file was published as."""

    id: IdText
    code: str
    number: int


class ContractShape(BaseModel):
    """A contract; it runs from `starts_on` to the day before `ends_on`."""

    id: IdText
    version: int
    number: str
    customer_id: IdText
    customer_name: str
    plan_version_id: IdText
    plan_title: TwoLanguages
    plan_number: int
    kind: str
    starts_on: DayText
    ends_on: DayText | None
    runs_until: DayText | None
    standing: ContractStanding
    renewed_by_id: IdText | None
    total: MoneyText | None
    annual_fee: MoneyText | None
    currency: str
    parameters: dict[str, Any]
    site_ids: list[IdText]
    asset_ids: list[IdText]
    stage: str
    covers: list[str]
    project_id: IdText | None
    responsible_id: IdText | None
    responsible: str
    remind_days: int | None


class Contracts(BaseModel):
    """A page of contracts."""

    items: list[ContractShape]
    next_cursor: str


class FieldChangeShape(BaseModel):
    """One part of a clause, or one figure of contracts, before and after."""

    field: str
    before: TwoLanguages
    after: TwoLanguages


class ClauseChangeShape(BaseModel):
    """A clause that was added, removed or changed."""

    kind: Literal["added", "removed", "changed"]
    clause: str
    number: str
    title: TwoLanguages
    fields: list[FieldChangeShape]


class PlanChangesShape(BaseModel):
    """Everything one version says otherwise than another; calendars by name."""

    clauses: list[ClauseChangeShape]
    parameters: list[FieldChangeShape]
    calendars: list[str]


def plan_changes(changes: PlanChanges) -> dict[str, Any]:
    """PlanChangesShape."""
    return {
        "clauses": [
            {
                "kind": one.kind,
                "clause": one.clause,
                "number": one.number,
                "title": _both(one.title),
                "fields": [_field_change(field) for field in one.fields],
            }
            for one in changes.clauses
        ],
        "parameters": [_field_change(one) for one in changes.parameters],
        "calendars": list(changes.calendars),
    }


def _field_change(change: FieldChange) -> dict[str, Any]:
    before, after = _both(change.before), _both(change.after)
    return {"field": change.field, "before": before, "after": after}


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def plan_version(row: PlanVersionRow) -> dict[str, Any]:
    """PlanVersionShape."""
    return {
        "id": str(row.public_id),
        "code": row.code,
        "number": row.number,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "published_at": instant(row.published_at),
        "published_by": row.published_by,
        "offered_from": day_or_none(row.offered_from),
    }


def contract(row: ContractRow, today: date) -> dict[str, Any]:
    """ContractShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "plan_version_id": str(row.plan_version_public_id),
        "plan_title": {"zh": row.plan_title_zh, "en": row.plan_title_en},
        "plan_number": row.plan_number,
        "kind": row.kind,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": day_or_none(row.ends_on),
        "runs_until": day_or_none(row.runs_until(today)),
        "standing": row.standing(today).value,
        "renewed_by_id": id_or_none(row.renewed_by.public_id if row.renewed_by else None),
        "total": money_or_none(row.total),
        "annual_fee": money_or_none(row.annual_fee),
        "currency": row.currency,
        "parameters": row.parameters,
        "site_ids": [str(public_id) for public_id in row.site_public_ids],
        "asset_ids": [str(public_id) for public_id in row.asset_public_ids],
        "stage": row.stage,
        "covers": list(row.covers),
        "project_id": id_or_none(row.project_public_id),
        "responsible_id": id_or_none(row.responsible_public_id),
        "responsible": row.responsible,
        "remind_days": row.remind_days,
    }
