"""Work orders."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from yinuo.domains.fieldwork.types import (
    CompanionRow,
    ReplacedComponent,
    SignOffView,
    WorkOrderPage,
    WorkOrderRow,
)
from yinuo.kernel.plan.guiding import SheetResult
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


class WorkOrderShape(BaseModel):
    """A sheet as lists show it. `overdue` is `visit`, `reminder` or empty."""

    id: IdText
    version: int
    number: str
    form: str
    state: str
    position: int
    request_id: IdText
    request_number: str
    customer_id: IdText
    customer_name: str
    unit_name: str
    contact_name: str
    contact_phone: str
    address: str
    work_wanted: str
    assignee_id: IdText | None
    assignee_name: str
    service_at: InstantText | None
    agreed_for: InstantText | None
    remind_on: DayText | None
    issued_at: InstantText
    overdue: str


class WorkOrders(BaseModel):
    """A page of sheets."""

    items: list[WorkOrderShape]
    next_cursor: str


class SignOffShape(BaseModel):
    """The customer's statement with its signature; `path` is an SVG path in a frame of 900 × 300.

    `is_valid` is false when the sheet was corrected afterwards.
    """

    id: IdText
    way: str
    signer_name: str
    works: bool | None
    accessories: str
    satisfaction: str
    dissatisfied_with: list[str]
    suggestions: str
    signed_at: InstantText
    recorded_at: InstantText
    recorded_by: str
    content_hash: str
    path: str
    is_valid: bool


class ResultShape(BaseModel):
    """One way the visit may end. `asks_why`: with `result_reason`."""

    code: str
    title: TwoLanguages
    is_done: bool
    asks_why: bool


class ReplacedShape(BaseModel):
    """A component of the asset that was replaced; `out` is its model and serial number then."""

    component_id: IdText
    name: str
    out: str
    model: str
    serial: str


class PutInShape(BaseModel):
    """So many of a part out of stock that were put in."""

    number: str
    name: str
    measure: str
    quantity: int


class CompanionShape(BaseModel):
    """Who goes along; the hours he wrote, null for as long as the lead."""

    person_id: IdText
    name: str
    version: int
    began_at: InstantText | None
    ended_at: InstantText | None


class WorkOrderPageShape(WorkOrderShape):
    """A sheet with everything on it, and the steps this caller may take now."""

    present_state: str
    handling_plan: str
    customer_kind: str
    customer_kind_reason: str
    way: str
    findings: str
    work_done: str
    parts_used: str
    put_in: list[PutInShape]
    replaced: list[ReplacedShape]
    persons: int
    result: str
    result_reason: str
    remarks: str
    assigned_at: InstantText | None
    contacted_at: InstantText | None
    departed_at: InstantText | None
    arrived_at: InstantText | None
    finished_at: InstantText | None
    signed_at: InstantText | None
    returned_at: InstantText | None
    filed_at: InstantText | None
    issued_by: str
    declined_reason: str
    ended_reason: str
    results: list[ResultShape]
    answers: dict[str, str]
    sign_offs: list[SignOffShape]
    companions: list[CompanionShape]
    siblings: list[WorkOrderShape]
    next_steps: list[str]


class SavedWorkOrder(BaseModel):
    """A sheet after a step."""

    id: IdText
    version: int
    number: str
    state: str


def work_order(row: WorkOrderRow) -> dict[str, Any]:
    """WorkOrderShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "form": row.form,
        "state": row.state,
        "position": row.position,
        "request_id": str(row.request_public_id),
        "request_number": row.request_number,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "unit_name": row.unit_name,
        "contact_name": row.contact_name,
        "contact_phone": row.contact_phone,
        "address": row.address,
        "work_wanted": row.work_wanted,
        "assignee_id": id_or_none(row.assignee_public_id),
        "assignee_name": row.assignee_name,
        "service_at": instant_or_none(row.service_at),
        "agreed_for": instant_or_none(row.agreed_for),
        "remind_on": day_or_none(row.remind_on),
        "issued_at": instant(row.issued_at),
        "overdue": row.overdue,
    }


def work_order_page(page: WorkOrderPage) -> dict[str, Any]:
    """WorkOrderPageShape."""
    head, report, times = page.head, page.report, page.times
    return work_order(page.row) | {
        "present_state": head.present_state,
        "handling_plan": head.handling_plan,
        "customer_kind": head.customer_kind,
        "customer_kind_reason": head.customer_kind_reason,
        "way": page.way,
        "findings": report.findings,
        "work_done": report.work_done,
        "parts_used": report.parts_used,
        "put_in": [asdict(one) for one in page.put_in],
        "replaced": [_replaced(one) for one in page.replaced],
        "persons": report.persons,
        "result": report.result,
        "result_reason": report.result_reason,
        "remarks": report.remarks,
        "assigned_at": instant_or_none(times.assigned_at),
        "contacted_at": instant_or_none(times.contacted_at),
        "departed_at": instant_or_none(times.departed_at),
        "arrived_at": instant_or_none(times.arrived_at),
        "finished_at": instant_or_none(times.finished_at),
        "signed_at": instant_or_none(times.signed_at),
        "returned_at": instant_or_none(times.returned_at),
        "filed_at": instant_or_none(times.filed_at),
        "issued_by": page.issued_by,
        "declined_reason": page.declined_reason,
        "ended_reason": page.ended_reason,
        "results": [_result(one) for one in page.results],
        "answers": {one.code: one.answer.code for one in page.answers},
        "sign_offs": [sign_off(one) for one in page.sign_offs],
        "companions": [_companion(one) for one in page.companions],
        "siblings": [work_order(one) for one in page.siblings],
        "next_steps": list(page.next_steps),
    }


def _result(one: SheetResult) -> dict[str, Any]:
    """ResultShape."""
    return {
        "code": one.code,
        "title": {"zh": one.title.zh, "en": one.title.en},
        "is_done": one.is_done,
        "asks_why": one.asks_why,
    }


def _companion(one: CompanionRow) -> dict[str, Any]:
    """CompanionShape."""
    return {
        "person_id": str(one.public_id),
        "name": one.name,
        "version": one.version,
        "began_at": instant_or_none(one.began_at),
        "ended_at": instant_or_none(one.ended_at),
    }


def _replaced(one: ReplacedComponent) -> dict[str, str]:
    """ReplacedShape."""
    return {
        "component_id": str(one.component_id),
        "name": one.name,
        "out": one.out,
        "model": one.model,
        "serial": one.serial,
    }


def sign_off(row: SignOffView) -> dict[str, Any]:
    """SignOffShape."""
    return {
        "id": str(row.public_id),
        "way": row.way,
        "signer_name": row.part.signer_name,
        "works": row.part.works,
        "accessories": row.part.accessories,
        "satisfaction": row.part.satisfaction,
        "dissatisfied_with": list(row.part.dissatisfied_with),
        "suggestions": row.part.suggestions,
        "signed_at": instant(row.signed_at),
        "recorded_at": instant(row.recorded_at),
        "recorded_by": row.recorded_by,
        "content_hash": row.content_hash,
        "path": row.path,
        "is_valid": row.is_valid,
    }
