"""Reading repair orders; every function is limited to what the actor may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.several import obligations_of_subjects
from yinuo.domains.obligations.types import ObligationView
from yinuo.domains.repairs.legs import legs_of_orders
from yinuo.domains.repairs.models import RepairOrder, RepairStep
from yinuo.domains.repairs.policies import visible_repairs
from yinuo.domains.repairs.types import RepairRow, RepairStepView, RepairView
from yinuo.kernel.repair_states import REPAIR_ACTS, REPAIR_ENDED, RepairState
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

_ENDED = [state.value for state in REPAIR_ENDED]
_PLACES = ("customer", "unit", "asset", "request")
_LIVE = ("running", "paused", "missed")
MOST_BESIDE = 20


def list_repairs(
    actor: Actor, *, state: str = "", text: str = "", cursor: str = "", limit: int = 50
) -> Page[RepairRow]:
    """Visible repair orders, the newest first, by part of number, serial or customer.

    `state`: a state's code, `open` for those not ended, `claims` for open claims on suppliers.
    """
    rows = visible_repairs(actor).select_related(*_PLACES)
    if state == "open":
        rows = rows.exclude(state__in=_ENDED)
    elif state == "claims":
        rows = rows.filter(claimed_at__isnull=False, settled_at__isnull=True)
    elif state:
        rows = rows.filter(state=state)
    if word := text.strip():
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(serial__icontains=word)
            | Q(new_serial__icontains=word)
            | Q(customer__name__icontains=word)
        )
    page = page_of(rows, order=("-id",), cursor=cursor, limit=limit)
    owed = obligations_of_subjects(one.public_id for one in page.items)
    return page.map(lambda one: _row(one, owed[one.public_id]))


def get_repair(actor: Actor, repair_id: object) -> RepairView:
    """One visible repair order with its steps; NotFound otherwise."""
    order = one_of(visible_repairs(actor).select_related(*_PLACES), repair_id)
    owed = obligations_of_subjects([order.public_id])[order.public_id]
    return RepairView(
        row=_row(order, owed),
        accessories=order.accessories,
        pick_up=order.pick_up,
        owner_reason=order.owner_reason,
        opened_by=order.opened_by,
        backup_at=order.backup_at,
        backup_by=order.backup_by,
        promised_until=order.promised_until,
        new_model=order.new_model,
        new_serial=order.new_serial,
        supplier=order.supplier,
        supplier_reference=order.supplier_reference,
        claimed_amount=order.claimed_amount,
        claimed_at=order.claimed_at,
        settled_amount=order.settled_amount,
        settled_at=order.settled_at,
        ended_at=order.ended_at,
        legs=legs_of_orders([order])[order.pk],
        steps=tuple(_step(one) for one in order.steps.order_by("id")),
        acts=_acts(actor, order),
    )


def repairs_of_request(actor: Actor, request_id: object) -> list[RepairRow]:
    """The visible repair orders of a request (public id), the newest first."""
    return _beside(actor, Q(request__public_id=identity(request_id)))


def repairs_of_asset(actor: Actor, asset_id: object) -> list[RepairRow]:
    """The visible repair orders of an asset (public id), the newest first."""
    return _beside(actor, Q(asset__public_id=identity(asset_id)))


def _beside(actor: Actor, which: Q) -> list[RepairRow]:
    if not actor.may(Permission.REPAIR_READ):
        return []
    rows = visible_repairs(actor).filter(which).select_related(*_PLACES).order_by("-id")
    found = list(rows[:MOST_BESIDE])
    owed = obligations_of_subjects(one.public_id for one in found)
    return [_row(one, owed[one.public_id]) for one in found]


def _acts(actor: Actor, order: RepairOrder) -> frozenset[str]:
    if not actor.may(Permission.REPAIR_WRITE, order.unit_id):
        return frozenset()
    state = RepairState(order.state)
    found = {one.kind for one in REPAIR_ACTS.values() if one.after(state) and not one.by_quote}
    if order.backup_at is not None:
        found.discard("backup_confirmed")
    if state is RepairState.DIAGNOSED and order.is_paid:
        # The quote comes first.
        found -= {"repaired", "sent_to_supplier"}
    if order.claimed_at is not None:
        found.discard("claimed")
    if order.claimed_at is None or order.settled_at is not None:
        found.discard("claim_settled")
    return frozenset(found)


def _row(one: Any, owed: list[ObligationView]) -> RepairRow:
    live = [
        promise
        for promise in owed
        if promise.state in _LIVE and promise.ended_at is None and promise.due_at is not None
    ]
    first = min(live, key=lambda promise: (promise.due_at, promise.clause), default=None)
    return RepairRow(
        public_id=one.public_id,
        version=one.version,
        number=one.number,
        state=one.state,
        serial=one.serial,
        model=one.model,
        fault=one.fault,
        is_paid=one.is_paid,
        customer_public_id=one.customer.public_id,
        customer_name=one.customer.name,
        unit_id=one.unit_id,
        unit_name=one.unit.name,
        asset_public_id=one.asset.public_id,
        asset_name=one.asset.name,
        request_public_id=one.request.public_id,
        request_number=one.request.number,
        opened_at=one.opened_at,
        due_at=first.due_at if first else None,
        is_late=any(promise.state == "missed" for promise in live),
    )


def _step(one: RepairStep) -> RepairStepView:
    return RepairStepView(
        kind=one.kind,
        text=one.text,
        waybill=one.waybill,
        amount=one.amount,
        until=one.until,
        done_at=one.done_at,
        recorded_by=one.recorded_by,
    )
