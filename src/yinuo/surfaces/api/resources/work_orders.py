"""`/work-orders`: issue, assign, carry out, sign and file sheets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated, Any, Literal, Protocol
from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Query
from pydantic import Field, WithJsonSchema

from yinuo.domains.assets.types import MOST_REPLACED, Replacement
from yinuo.domains.fieldwork.selectors import get_work_order_page, list_work_orders
from yinuo.domains.fieldwork.services import (
    assign_work_order,
    edit_work_order,
    issue_work_order,
    report_work,
    set_reminder,
    sign_work_order,
    take_step,
)
from yinuo.domains.fieldwork.services.stepping import STEP_KINDS
from yinuo.domains.fieldwork.strokes import MOST_STROKES
from yinuo.domains.fieldwork.types import (
    MOST_PERSONS,
    Accessories,
    CustomerKind,
    CustomerPart,
    Dissatisfaction,
    SheetForm,
    SheetHead,
    StepReport,
    VisitReport,
    WorkOrderView,
)
from yinuo.domains.network.permissions import Permission
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.platform.errors import Conflict
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Instant,
    Label,
    Line,
    Paging,
    PathId,
    Remark,
    Version,
    Versioned,
    Word,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import work_orders as shapes

SOURCE = "api"
LongText = Annotated[str, text(20_000)]
StepKind = Annotated[Word, WithJsonSchema({"type": "string", "enum": sorted(STEP_KINDS)})]
Coordinate = Annotated[int, Field(strict=True, ge=0, le=900)]
Point = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]
Stroke = Annotated[list[Point], Field(max_length=6_000)]

resource = Resource("work orders")


class Moved(Protocol):
    """A sheet after a step."""

    public_id: UUID
    version: int
    number: str
    state: str


class WorkOrderFilters(Paging):
    """Which sheets to list; `mine` in the order of the day, the others newest first."""

    view: WorkOrderView = WorkOrderView.OPEN
    unit_id: Id | None = None
    request_id: Id | None = None
    customer_id: Id | None = None
    text: Line = ""


class HeadInput(Input):
    """The head of a sheet. Without `customer_kind` it follows from the request's cover."""

    work_wanted: LongText
    contact_name: Label = ""
    contact_phone: Annotated[str, text(40)] = ""
    address: Line = ""
    present_state: LongText = ""
    handling_plan: LongText = ""
    service_at: Instant | None = None
    customer_kind: CustomerKind | None = None
    customer_kind_reason: Remark = ""
    form: SheetForm = SheetForm.CONTACT_SHEET
    remind_on: Day | None = None

    def head(self) -> SheetHead:
        """The same for the service."""
        return SheetHead(
            contact_name=self.contact_name,
            contact_phone=self.contact_phone,
            address=self.address,
            work_wanted=self.work_wanted,
            present_state=self.present_state,
            handling_plan=self.handling_plan,
            service_at=self.service_at,
            customer_kind=self.customer_kind.value if self.customer_kind else "",
            customer_kind_reason=self.customer_kind_reason,
            form=self.form.value,
            remind_on=self.remind_on,
        )


class IssueInput(HeadInput):
    """A new sheet for a request; with `after_id` a further one of that sheet's work."""

    request_id: Id
    after_id: Id | None = None


class HeadEdit(HeadInput):
    """Another head for a sheet nobody has signed."""

    version: Version


class AssignInput(Input):
    """Who goes."""

    assignee_id: Id
    version: Version | None = None


class StepBody(Input):
    """A step; `agreed_for` and `way` belong to the call before leaving."""

    kind: StepKind
    reason: Remark = ""
    agreed_for: Instant | None = None
    way: Line = ""
    late_reason: Remark = ""

    def report(self, occurred_at: datetime | None = None) -> StepReport:
        """The same for the service."""
        return StepReport(
            kind=self.kind,
            occurred_at=occurred_at,
            reason=self.reason,
            agreed_for=self.agreed_for,
            way=self.way,
            late_reason=self.late_reason,
        )


class StepInput(StepBody):
    """A step of a sheet. Without `occurred_at` it happened now."""

    occurred_at: Instant | None = None
    version: Version | None = None


class ReplacedInput(Input):
    """A component of the asset, and the model and serial number of what came in its place."""

    component_id: Id
    model: Annotated[str, text(120)] = ""
    serial: Annotated[str, text(80)] = ""


class ReportBody(Input):
    """What was found and done. Without `replaced`, what an earlier report replaced stands; without
    `persons` as many worked there as were sent."""

    work_done: LongText
    result: Word
    findings: LongText = ""
    parts_used: LongText = ""
    result_reason: Remark = ""
    remarks: Remark = ""
    late_reason: Remark = ""
    persons: Annotated[int, Field(strict=True, ge=1, le=MOST_PERSONS)] | None = None
    tried: Literal["", "repair_failed", "not_replaceable"] = ""
    replaced: Annotated[list[ReplacedInput], Field(max_length=MOST_REPLACED)] | None = None

    def report(self, finished_at: datetime | None = None) -> VisitReport:
        """The same for the service."""
        return VisitReport(
            findings=self.findings,
            work_done=self.work_done,
            result=self.result,
            parts_used=self.parts_used,
            persons=self.persons,
            tried=self.tried,
            result_reason=self.result_reason,
            remarks=self.remarks,
            finished_at=finished_at,
            late_reason=self.late_reason,
            replaced=self.replacements(),
        )

    def replacements(self) -> tuple[Replacement, ...] | None:
        """What was replaced, for the service."""
        if self.replaced is None:
            return None
        return tuple(Replacement(one.component_id, one.model, one.serial) for one in self.replaced)


class ReportInput(ReportBody):
    """The report of a sheet. Without `finished_at` the work ended now."""

    finished_at: Instant | None = None
    version: Version | None = None


class SignBody(Input):
    """The customer's part. `strokes` are lines of points in a frame of 900 × 300."""

    signer_name: Label
    strokes: Annotated[list[Stroke], Field(max_length=MOST_STROKES)]
    works: bool | None = None
    accessories: Accessories | None = None
    satisfaction: Satisfaction | None = None
    dissatisfied_with: Annotated[list[Dissatisfaction], Field(max_length=3)] = []
    suggestions: Remark = ""

    def part(self) -> CustomerPart:
        """The same for the service."""
        return CustomerPart(
            signer_name=self.signer_name,
            works=self.works,
            accessories=self.accessories.value if self.accessories else "",
            satisfaction=self.satisfaction.value if self.satisfaction else "",
            dissatisfied_with=tuple(one.value for one in self.dissatisfied_with),
            suggestions=self.suggestions,
        )

    def drawn(self) -> str:
        """The strokes for the service."""
        return orjson.dumps(self.strokes).decode()


class SignInput(SignBody):
    """The customer's part, for the version he was shown."""

    version: Version


class ReminderInput(Input):
    """The day from which the sheet is on the list of overdue ones; none for no longer."""

    version: Version
    remind_on: Day | None


@resource.reads(
    "", name="list_work_orders", right=Permission.WORK_ORDER_READ, gives=shapes.WorkOrders
)
def list_all(request: ApiRequest, filters: Query[WorkOrderFilters]) -> HttpResponse:
    """Visible sheets of a view."""
    call = request.auth
    page = list_work_orders(
        call.actor,
        now=call.now,
        view=filters.view.value,
        unit_id=filters.unit_id,
        request_id=filters.request_id,
        customer_id=filters.customer_id,
        text=filters.text,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.work_order)


@resource.writes(
    "POST",
    "",
    name="issue_work_order",
    right=Permission.WORK_ORDER_ISSUE,
    gives=shapes.SavedWorkOrder,
    status=201,
)
def issue_one(request: ApiRequest, data: IssueInput) -> HttpResponse:
    """Issue a sheet for a request."""

    def action() -> dict[str, Any]:
        call = request.auth
        return _saved(
            issue_work_order(
                actor=call.actor,
                request_id=data.request_id,
                head=data.head(),
                after_id=data.after_id,
                source=SOURCE,
                now=call.now,
            )
        )

    return written(request, action, status=201)


@resource.reads(
    "/{work_order_id}",
    name="get_work_order",
    right=Permission.WORK_ORDER_READ,
    gives=shapes.WorkOrderPageShape,
)
def get_one(request: ApiRequest, work_order_id: PathId) -> HttpResponse:
    """One sheet with report, signatures and what may come next."""
    call = request.auth
    page = get_work_order_page(call.actor, work_order_id, now=call.now)
    return shown(shapes.work_order_page(page))


@resource.writes(
    "PUT",
    "/{work_order_id}",
    name="edit_work_order",
    right=Permission.WORK_ORDER_ISSUE,
    gives=shapes.SavedWorkOrder,
)
def edit_one(request: ApiRequest, work_order_id: PathId, data: HeadEdit) -> HttpResponse:
    """Replace the head of a sheet."""
    change = partial(edit_work_order, head=data.head())
    return changed(request, work_order_id, data, change)


@resource.writes(
    "POST",
    "/{work_order_id}/assignment",
    name="assign_work_order",
    right=Permission.WORK_ORDER_READ,
    gives=shapes.SavedWorkOrder,
)
def assign_one(request: ApiRequest, work_order_id: PathId, data: AssignInput) -> HttpResponse:
    """Give the sheet to a person, or take it oneself."""
    change = partial(assign_work_order, assignee_id=data.assignee_id, source=SOURCE)
    return changed(request, work_order_id, data, change)


@resource.writes(
    "POST",
    "/{work_order_id}/steps",
    name="take_work_step",
    right=Permission.WORK_ORDER_READ,
    gives=shapes.SavedWorkOrder,
)
def step_one(request: ApiRequest, work_order_id: PathId, data: StepInput) -> HttpResponse:
    """Record a step; departure and arrival stand on the request at once."""
    change = partial(take_step, report=data.report(data.occurred_at), source=SOURCE)
    return changed(request, work_order_id, data, change)


@resource.writes(
    "PUT",
    "/{work_order_id}/report",
    name="report_work",
    right=Permission.WORK_ORDER_READ,
    gives=shapes.SavedWorkOrder,
)
def report_one(request: ApiRequest, work_order_id: PathId, data: ReportInput) -> HttpResponse:
    """Write what was found and done; until the signature as often as needed."""
    change = partial(report_work, report=data.report(data.finished_at), source=SOURCE)
    return changed(request, work_order_id, data, change)


@resource.writes(
    "POST",
    "/{work_order_id}/signature",
    name="sign_work_order",
    right=Permission.WORK_ORDER_READ,
    gives=shapes.SavedWorkOrder,
)
def sign_one(request: ApiRequest, work_order_id: PathId, data: SignInput) -> HttpResponse:
    """Take the customer's statement and signature for the version he was shown."""
    change = partial(
        sign_work_order,
        part=data.part(),
        strokes=data.drawn(),
        source=SOURCE,
    )
    return changed(request, work_order_id, data, change)


@resource.writes(
    "POST",
    "/{work_order_id}/reminder",
    name="set_work_order_reminder",
    right=Permission.WORK_ORDER_ISSUE,
    gives=shapes.SavedWorkOrder,
)
def remind_one(request: ApiRequest, work_order_id: PathId, data: ReminderInput) -> HttpResponse:
    """Have the sheet come up on a day, or no longer."""
    change = partial(set_reminder, remind_on=data.remind_on)
    return changed(request, work_order_id, data, change)


def changed(
    request: ApiRequest, work_order_id: str, data: Versioned, change: Callable[..., Moved]
) -> HttpResponse:
    """Perform one change of a sheet; when somebody was faster, answer with both sides (R38).

    `change` is a service bound to what was sent; the rest of the call is the same for all.
    """

    def action() -> dict[str, Any]:
        call = request.auth
        try:
            return _saved(
                change(
                    actor=call.actor,
                    work_order_id=work_order_id,
                    version=data.version,
                    now=call.now,
                )
            )
        except Conflict as error:
            page = get_work_order_page(call.actor, work_order_id, now=call.now)
            sides = {
                "yours": data.model_dump(mode="json"),
                "present": shapes.work_order_page(page),
            }
            raise Conflict(details=sides) from error

    return written(request, action)


def _saved(row: Moved) -> dict[str, Any]:
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "state": str(row.state),
    }
