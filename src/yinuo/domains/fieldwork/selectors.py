"""Reading work orders; every function is limited to what the actor may see."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from yinuo.domains.assets.components import components_of
from yinuo.domains.fieldwork.companions import companions_of
from yinuo.domains.fieldwork.contents import sheet_content
from yinuo.domains.fieldwork.models import SignOff, WorkOrder
from yinuo.domains.fieldwork.policies import goes_to, next_steps, visible_work_orders
from yinuo.domains.fieldwork.put_in import put_in_of
from yinuo.domains.fieldwork.replaced import replaced_of, replacements_of
from yinuo.domains.fieldwork.results import results_for
from yinuo.domains.fieldwork.services.issuing import customer_kind_of
from yinuo.domains.fieldwork.strokes import svg_path
from yinuo.domains.fieldwork.types import (
    CustomerPart,
    SheetHead,
    SignOffView,
    Times,
    VisitReport,
    WorkOrderPage,
    WorkOrderRow,
    WorkOrderView,
)
from yinuo.domains.network.holders import Holder, holders_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.questions import answers_of
from yinuo.kernel.states import OPEN, RequestState
from yinuo.kernel.work_states import BEFORE_VISIT, UNSIGNED, WORK_ENDED, WorkOrderState
from yinuo.platform.errors import NotFound
from yinuo.platform.files.selectors import open_file
from yinuo.platform.files.types import OpenedFile, owner_of
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

_ENDED = [state.value for state in WORK_ENDED]
_NOT_THERE = [state.value for state in (*BEFORE_VISIT, WorkOrderState.DEPARTED)]
_TO_FILE = [WorkOrderState.SIGNED.value, WorkOrderState.RETURNED.value]
_PAGE_ONLY = (
    *("addenda", "replaced", "put_in"),
    *("present_state", "handling_plan", "findings", "work_done", "parts_used"),
    *("remarks", "result_reason", "customer_kind_reason", "declined_reason", "ended_reason"),
)


def list_work_orders(
    actor: Actor,
    *,
    now: datetime,
    view: str = WorkOrderView.OPEN.value,
    unit_id: object = None,
    request_id: object = None,
    customer_id: object = None,
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[WorkOrderRow]:
    """Visible sheets of a view, newest first; one's own in the order of the day.

    `text` narrows by number, customer, contact or what is wanted. An unknown view shows nothing.
    """
    orders = _of_view(_with_names(visible_work_orders(actor)), actor, view, now)
    for name, given in (("unit", unit_id), ("request", request_id), ("customer", customer_id)):
        if given is not None:
            orders = orders.filter(**{f"{name}__public_id": identity(given)})
    if word := text.strip():
        orders = orders.filter(
            Q(number__icontains=word)
            | Q(customer__name__icontains=word)
            | Q(contact_name__icontains=word)
            | Q(work_wanted__icontains=word)
        )
    order: tuple[str, ...] = ("-id",)
    if view == WorkOrderView.MINE:
        orders = orders.annotate(expected_at=Coalesce("agreed_for", "service_at", "issued_at"))
        order = ("expected_at", "id")
    return page_of(orders, order=order, cursor=cursor, limit=limit).map(
        lambda one: work_order_row(one, now)
    )


def work_orders_of_request(
    actor: Actor, request_id: object, *, now: datetime
) -> tuple[WorkOrderRow, ...]:
    """The visible sheets of a request, those of the same work together, in their order."""
    orders = _with_names(visible_work_orders(actor)).filter(request__public_id=identity(request_id))
    rows = orders.annotate(work=Coalesce("first_id", "id")).order_by("work", "position")
    return tuple(work_order_row(one, now) for one in rows)


def get_work_order_page(actor: Actor, public_id: object, *, now: datetime) -> WorkOrderPage:
    """One visible sheet with its signatures, its sisters and what this person may do next."""
    related = ("assignee", "request__asset", "request__site", "customer", "unit")
    order = one_of(visible_work_orders(actor).select_related(*related), public_id)
    signed = list(order.sign_offs.order_by("-id"))
    first = order.first_id or order.pk
    same = Q(pk=first) | Q(first_id=first)
    siblings = _with_names(visible_work_orders(actor)).filter(same).order_by("position")
    asset, site = order.request.asset, order.request.site
    issues = actor.may(Permission.WORK_ORDER_ISSUE, order.unit_id)
    return WorkOrderPage(
        row=work_order_row(order, now),
        head=_head(order),
        report=_report(order),
        times=_times(order),
        way=order.way,
        issued_by=order.issued_by,
        assigned_by=order.assigned_by,
        declined_reason=order.declined_reason,
        ended_reason=order.ended_reason,
        asset_name=asset.name if asset else "",
        asset_serial=asset.serial if asset else "",
        zone=site.zone if site else settings.TIME_ZONE,
        sign_offs=tuple(_sign_off(one, order, is_latest=one is signed[0]) for one in signed),
        siblings=tuple(work_order_row(one, now) for one in siblings),
        next_steps=next_steps(actor, order),
        results=results_for(order),
        answers=answers_of(order.request.public_id, order.request.plan_version_id),
        may_edit=issues and WorkOrderState(order.state) in UNSIGNED,
        may_continue=issues and RequestState(order.request.state) in OPEN,
        unit_id=order.unit_id,
        replaced=replaced_of(order),
        components=components_of(asset.pk) if asset else (),
        put_in=put_in_of(order),
        companions=companions_of([order.pk])[order.pk],
    )


def fresh_head(actor: Actor, request_id: object) -> SheetHead:
    """The head that follows from a request: whom to visit, where, for what, under which terms.

    Raises NotFound for a request the actor may not issue a sheet for.
    """
    related = ("contact", "site", "asset", "contract")
    request = one_of(visible_requests(actor).select_related(*related), request_id)
    if not may_issue(actor, request_id):
        raise NotFound
    asset = request.asset
    return SheetHead(
        contact_name=request.caller_name or (request.contact.name if request.contact else ""),
        contact_phone=request.caller_phone,
        address=request.site.address or request.site.name if request.site else "",
        work_wanted=request.symptom[:20_000],
        present_state=" · ".join(filter(None, (asset.name, asset.serial))) if asset else "",
        customer_kind=customer_kind_of(request),
    )


def may_issue(actor: Actor, request_id: object) -> bool:
    """True when the actor may issue a sheet for this visible request."""
    units = actor.units_for(Permission.WORK_ORDER_ISSUE)
    own = Q(unit_id__any=units) | Q(serving_unit_id__any=units)
    return visible_requests(actor).filter(own, public_id=identity(request_id)).exists()


def people_for(page: WorkOrderPage) -> list[Holder]:
    """Who may be given this sheet: those who perform such work in its unit, by name."""
    return holders_of(Permission.WORK_ORDER_PERFORM, page.unit_id)


def get_work_order_version(actor: Actor, public_id: object) -> int:
    """A sheet's version: the cheap question live screens ask."""
    return one_of(visible_work_orders(actor).only("version"), public_id).version


def signed_paper(actor: Actor, public_id: object) -> OpenedFile:
    """The newest signed paper of a visible sheet, to be read once; NotFound without one."""
    order = one_of(visible_work_orders(actor), public_id)
    signed = order.sign_offs.filter(file_id__isnull=False).order_by("-id").first()
    if signed is None:
        raise NotFound
    return open_file(owner_of(order), signed.file_id)


def work_order_row(order: WorkOrder, now: datetime) -> WorkOrderRow:
    """The frozen form of a sheet loaded with its names."""
    return WorkOrderRow(
        public_id=order.public_id,
        version=order.version,
        number=order.number,
        form=order.form,
        state=order.state,
        position=order.position,
        request_public_id=order.request.public_id,
        request_number=order.request.number,
        customer_public_id=order.customer.public_id,
        customer_name=order.customer.name,
        unit_name=order.unit.name,
        contact_name=order.contact_name,
        contact_phone=order.contact_phone,
        address=order.address,
        work_wanted=order.work_wanted,
        assignee_public_id=order.assignee.public_id if order.assignee else None,
        assignee_name=order.assignee.name if order.assignee else "",
        service_at=order.service_at,
        agreed_for=order.agreed_for,
        remind_on=order.remind_on,
        issued_at=order.issued_at,
        overdue=_overdue(order, now),
    )


def _of_view(
    orders: QuerySet[WorkOrder], actor: Actor, view: str, now: datetime
) -> QuerySet[WorkOrder]:
    still_open = orders.exclude(state__in=_ENDED)
    late = Q(remind_on__lte=_today(now)) | Q(
        Q(agreed_for__lt=now) | Q(agreed_for=None, service_at__lt=now), state__in=_NOT_THERE
    )
    views = {
        WorkOrderView.MINE: still_open.filter(goes_to(actor.person_id)),
        WorkOrderView.UNASSIGNED: orders.filter(state=WorkOrderState.DRAFTED.value),
        WorkOrderView.OPEN: still_open,
        WorkOrderView.OVERDUE: still_open.filter(late),
        WorkOrderView.TO_FILE: orders.filter(state__in=_TO_FILE),
        WorkOrderView.ALL: orders,
    }
    return views[WorkOrderView(view)] if view in set(WorkOrderView) else orders.none()


def _overdue(order: WorkOrder, now: datetime) -> str:
    """Why the sheet needs looking at: `reminder`, `visit`, or nothing."""
    if order.state in _ENDED:
        return ""
    if order.remind_on is not None and order.remind_on <= _today(now):
        return "reminder"
    expected = order.agreed_for or order.service_at
    if expected is not None and expected < now and order.state in _NOT_THERE:
        return "visit"
    return ""


def _today(now: datetime) -> date:
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _with_names(orders: QuerySet[WorkOrder]) -> QuerySet[WorkOrder]:
    related = orders.select_related("assignee", "request", "customer", "unit")
    names = ("request__public_id", "request__number", "customer__public_id", "customer__name")
    own = [
        field.attname
        for field in WorkOrder._meta.concrete_fields
        if field.attname not in _PAGE_ONLY
    ]
    people = ("assignee__public_id", "assignee__name", "unit__name")
    return related.only(*own, *names, *people)


def _head(order: WorkOrder) -> SheetHead:
    return SheetHead(
        contact_name=order.contact_name,
        contact_phone=order.contact_phone,
        address=order.address,
        work_wanted=order.work_wanted,
        present_state=order.present_state,
        handling_plan=order.handling_plan,
        service_at=order.service_at,
        customer_kind=order.customer_kind,
        customer_kind_reason=order.customer_kind_reason,
        form=order.form,
        remind_on=order.remind_on,
    )


def _report(order: WorkOrder) -> VisitReport:
    return VisitReport(
        findings=order.findings,
        work_done=order.work_done,
        parts_used=order.parts_used,
        persons=order.persons,
        result=order.result,
        result_reason=order.result_reason,
        remarks=order.remarks,
        finished_at=order.finished_at,
        replaced=replacements_of(order),
    )


def _times(order: WorkOrder) -> Times:
    return Times(
        assigned_at=order.assigned_at,
        contacted_at=order.contacted_at,
        departed_at=order.departed_at,
        arrived_at=order.arrived_at,
        finished_at=order.finished_at,
        signed_at=order.signed_at,
        returned_at=order.returned_at,
        filed_at=order.filed_at,
    )


def _sign_off(row: SignOff, order: WorkOrder, *, is_latest: bool) -> SignOffView:
    unchanged = row.content.get("sheet") == sheet_content(order)
    return SignOffView(
        public_id=row.public_id,
        way=row.way,
        part=CustomerPart(
            signer_name=row.signer_name,
            works=row.works,
            accessories=row.accessories,
            satisfaction=row.satisfaction,
            dissatisfied_with=tuple(row.dissatisfied_with),
            suggestions=row.suggestions,
        ),
        signed_at=row.signed_at,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        content_hash=row.content_hash,
        file_id=row.file_id,
        path=svg_path(row.strokes) if row.strokes else "",
        is_valid=is_latest and order.signed_at is not None and unchanged,
    )
