"""Issuing a sheet for a request, or a further one of the same work, and changing its head."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.fieldwork.services.moving import (
    REASON_LENGTH,
    TEXT_LENGTH,
    locked_order,
    too_long,
)
from yinuo.domains.fieldwork.types import CustomerKind, SheetForm, SheetHead
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services import bind_subject
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.services.recording import check_not_merged
from yinuo.kernel.states import OPEN, RequestState
from yinuo.kernel.work_states import UNSIGNED, WorkOrderState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of
from yinuo.platform.sequences import next_number

DOCUMENT_KIND = "LL"
SUBJECT_TYPE = "work_order"
MOST_SHEETS = 200
LIMITS = {
    "contact_name": 80,
    "contact_phone": 40,
    "address": 300,
    "work_wanted": TEXT_LENGTH,
    "present_state": TEXT_LENGTH,
    "handling_plan": TEXT_LENGTH,
    "customer_kind_reason": REASON_LENGTH,
}
# What a cover makes of the customer on the sheet, and what the kind of the contract says first.
KIND_OF_COVER = {
    "warranty": CustomerKind.IN_WARRANTY.value,
    "goodwill": CustomerKind.IN_WARRANTY.value,
    "contract": CustomerKind.ANNUAL_CONTRACT.value,
}
KIND_OF_CONTRACT = {
    "warranty": CustomerKind.IN_WARRANTY.value,
    "annual": CustomerKind.ANNUAL_CONTRACT.value,
    "per_visit": CustomerKind.PER_VISIT.value,
    "letter": CustomerKind.BY_LETTER.value,
}


def issue_work_order(
    *,
    actor: Actor,
    request_id: object,
    head: SheetHead,
    after_id: object = None,
    source: str,
    now: datetime,
) -> WorkOrder:
    """Issue a sheet for an open request; with `after_id` a further one of that work (LV-07).

    Raises NotFound for a request or sheet outside the actor's scope, IllegalMove when the request
    is closed, InvalidInput per field, Forbidden without the right in the request's unit.
    """
    with writing(actor=actor, now=now) as work:
        related = ("unit", "serving_unit", "site", "customer", "contract")
        requests = visible_requests(actor).select_related(*related)
        request = one_of(requests.select_for_update(of=("self",)), request_id)
        unit = _unit_of(request)
        require(actor, Permission.WORK_ORDER_ISSUE, unit.pk)
        check_not_merged(request)
        if RequestState(request.state) not in OPEN:
            raise IllegalMove(
                _("A closed request gets no further sheet. Reopen it first."),
                details={"state": request.state},
            )
        derived = customer_kind_of(request)
        order = WorkOrder(
            request=request,
            unit=unit,
            customer_id=request.customer_id,
            issued_at=now,
            issued_by=actor.label,
            **_checked(head, derived),
            **_place(actor, request, after_id),
        )
        order.number = next_number(_series(unit.code, now))
        _begin(order, request, actor=actor, source=source, work=work)
        return order


def edit_work_order(
    *, actor: Actor, work_order_id: object, version: int, head: SheetHead, now: datetime
) -> WorkOrder:
    """Change the head of a sheet nobody has signed yet.

    Raises Conflict for a stale version, IllegalMove after the signature, InvalidInput per field.
    """
    with writing(actor=actor, now=now) as work:
        order = locked_order(actor, work_order_id, version)
        require(actor, Permission.WORK_ORDER_ISSUE, order.unit_id)
        if WorkOrderState(order.state) not in UNSIGNED:
            raise IllegalMove(details={"state": order.state})
        changes = _checked(head, customer_kind_of(order.request))
        before, after = _differences(order, changes)
        stored(order, expected_version=None, changes=changes)
        work.audit(
            "work_order.edit",
            order,
            before=before,
            after=after,
            reason=changes["customer_kind_reason"],
        )
        work.emit("work_order.changed", order, {"kind": "edited", "number": order.number})
        return order


def customer_kind_of(request: Any) -> str:
    """The customer kind that follows from a request's cover and its contract (LV-15)."""
    said = request.contract.kind if request.contract and request.cover == "contract" else ""
    by_cover = KIND_OF_COVER.get(request.cover, CustomerKind.PER_VISIT.value)
    return KIND_OF_CONTRACT.get(said, by_cover)


def _checked(head: SheetHead, derived: str) -> dict[str, Any]:
    """The columns of a head; InvalidInput names each wrong field."""
    texts = {name: getattr(head, name).strip() for name in LIMITS}
    problems = too_long(texts, LIMITS)
    kind = head.customer_kind or derived
    if not texts["work_wanted"]:
        problems["work_wanted"] = _("Say what is to be done.")
    if kind not in set(CustomerKind):
        problems["customer_kind"] = _("Choose one of the kinds offered.")
    elif kind != derived and not texts["customer_kind_reason"]:
        problems["customer_kind_reason"] = _("The cover says otherwise: say why.")
    if head.form not in set(SheetForm):
        problems["form"] = _("Choose one of the kinds offered.")
    if head.service_at is not None and head.service_at.tzinfo is None:
        problems["service_at"] = _("Give the time with its zone, such as +08:00.")
    if problems:
        raise InvalidInput(problems)
    if kind == derived:
        texts["customer_kind_reason"] = ""
    return {
        **texts,
        "customer_kind": kind,
        "form": head.form,
        "service_at": head.service_at,
        "remind_on": head.remind_on,
    }


def _unit_of(request: Any) -> Any:
    """Whose sheet it is: the customer's unit's, or of a unit beside it that serves the request.

    A unit above the customer's works in that one, so that people of all units between can be sent.
    """
    serving = request.serving_unit
    if serving is None or request.unit.path.startswith(serving.path):
        return request.unit
    return serving


def _place(actor: Actor, request: Any, after_id: object) -> dict[str, Any]:
    """First of its work, or the next one after another sheet of the same request."""
    if not after_id:
        return {"first": None, "position": 1}
    earlier = one_of(visible_work_orders(actor).filter(request=request), after_id)
    first_id = earlier.first_id or earlier.pk
    # The request's lock keeps two people from taking the same position.
    last = WorkOrder.objects.filter(first_id=first_id).aggregate(last=Max("position"))["last"] or 1
    if last >= MOST_SHEETS:
        raise IllegalMove(_("This work has too many sheets. Open a new request."))
    return {"first_id": first_id, "position": last + 1}


def _begin(order: WorkOrder, request: Any, *, actor: Actor, source: str, work: Work) -> None:
    """Insert the sheet and start its promises: it is a subject of the plan by itself."""
    binding = Binding(
        subject_type=SUBJECT_TYPE,
        subject_id=order.public_id,
        customer_id=order.customer_id,
        unit_id=order.unit_id,
        plan_version_id=request.plan_version_id,
        contract_id=request.contract_id if request.plan_version_id else None,
        zone=request.site.zone if request.site else settings.TIME_ZONE,
    )
    bind_subject(binding, [NewFact("sheet_issued", work.now, source)], actor=actor, now=work.now)
    work.add(order)
    after = {"number": order.number, "request": request.number, "kind": order.customer_kind}
    work.audit("work_order.issue", order, after=after, reason=order.customer_kind_reason)
    work.emit("work_order.issued", order, {"number": order.number})


def _differences(
    order: WorkOrder, changes: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Which short fields changed, from and to; texts only by name, so that they stay erasable."""
    changed = [name for name, value in changes.items() if getattr(order, name) != value]
    shown = {"customer_kind", "form", "service_at", "remind_on"}
    before = {name: str(getattr(order, name) or "") for name in changed if name in shown}
    after = {name: str(changes[name] or "") for name in changed if name in shown}
    texts = [name for name in changed if name not in shown]
    return before, {**after, "texts": texts} if texts else after


def _series(unit_code: str, now: datetime) -> str:
    """`LL-SZ-202610`: kind, unit, year and month of the company's local time."""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    return f"{DOCUMENT_KIND}-{unit_code}-{local:%Y%m}"
