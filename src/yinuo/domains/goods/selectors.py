"""Reading the catalogue and orders of goods; limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from yinuo.domains.goods.models import (
    GoodsItem,
    GoodsLine,
    GoodsOrder,
    GoodsRevision,
    GoodsShipment,
)
from yinuo.domains.goods.policies import visible_goods_orders, visible_items, visible_parcels
from yinuo.domains.goods.services.holding import acts_of
from yinuo.domains.goods.types import (
    GoodsOrderRow,
    GoodsOrderView,
    ItemRow,
    KeptLine,
    LineRow,
    ParcelRow,
    RevisionRow,
)
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.several import obligations_of_subjects
from yinuo.domains.obligations.types import ObligationView
from yinuo.kernel.goods_states import GOODS_ENDED
from yinuo.kernel.instants import shift_date
from yinuo.platform.days import day_of
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

OPEN, URGENT = "open", "urgent"
MOST_BESIDE, MOST_NAMED = 20, 3
_ENDED = [state.value for state in GOODS_ENDED]
_PLACES = ("customer", "unit", "contract", "project", "request")
_LIVE = ("running", "paused", "missed")


def list_items(actor: Actor, *, text: str = "", cursor: str = "", limit: int = 50) -> Page[ItemRow]:
    """The catalogue by code; by part of code or name."""
    rows = visible_items(actor)
    if word := text.strip():
        rows = rows.filter(
            Q(code__icontains=word) | Q(name__icontains=word) | Q(name_en__icontains=word)
        )
    return page_of(rows, order=("code", "id"), cursor=cursor, limit=limit).map(item_row)


def get_item(actor: Actor, item_id: object) -> ItemRow:
    """One article; NotFound otherwise."""
    return item_row(one_of(visible_items(actor), item_id))


def item_choices(actor: Actor) -> list[ItemRow]:
    """Every article that may be ordered, by code."""
    rows = visible_items(actor).filter(active=True).order_by("code")
    return [item_row(one) for one in rows]


def list_goods_orders(
    actor: Actor, *, state: str = "", text: str = "", cursor: str = "", limit: int = 50
) -> Page[GoodsOrderRow]:
    """Visible orders, the newest first, by part of number, customer or article.

    `state`: a state's code, `open` for those not ended, `urgent` for the urgent ones of these.
    """
    rows = visible_goods_orders(actor).select_related(*_PLACES)
    if state in (OPEN, URGENT):
        rows = rows.exclude(state__in=_ENDED)
        rows = rows.filter(is_urgent=True) if state == URGENT else rows
    elif state:
        rows = rows.filter(state=state)
    if word := text.strip():
        named = GoodsLine.objects.filter(item__name__icontains=word).values("order_id")
        rows = rows.filter(
            Q(number__icontains=word) | Q(customer__name__icontains=word) | Q(pk__in=named)
        )
    page = page_of(rows, order=("-id",), cursor=cursor, limit=limit)
    shown = {one.public_id: one for one in order_rows(page.items)}
    return page.map(lambda one: shown[one.public_id])


def get_goods_order(actor: Actor, order_id: object) -> GoodsOrderView:
    """One visible order with everything done; NotFound otherwise."""
    order = one_of(visible_goods_orders(actor).select_related(*_PLACES), order_id)
    acts: frozenset[str] = frozenset()
    if actor.may(Permission.GOODS_WRITE, order.unit_id):
        acts = frozenset(act.value for act in acts_of(order))
    contract, project, request = order.contract, order.project, order.request
    return GoodsOrderView(
        row=order_rows([order])[0],
        supplied_on=order.supplied_on,
        deliver_to=order.deliver_to,
        note=order.note,
        in_portal=order.in_portal,
        ordered_by=order.ordered_by,
        ended_at=order.ended_at,
        end_text=order.end_text,
        contract_public_id=contract.public_id if contract else None,
        contract_number=contract.number if contract else "",
        project_public_id=project.public_id if project else None,
        project_name=project.name if project else "",
        request_public_id=request.public_id if request else None,
        request_number=request.number if request else "",
        lines=lines_of([order])[order.pk],
        revisions=_revisions(order),
        parcels=parcels_of([order])[order.pk],
        acts=acts,
    )


def order_of_parcel(actor: Actor, shipment_id: object) -> tuple[GoodsOrderView, ParcelRow]:
    """The visible order of a parcel, and the parcel; NotFound otherwise."""
    shipment = one_of(visible_parcels(actor).select_related("order"), shipment_id)
    view = get_goods_order(actor, shipment.order.public_id)
    return view, next(one for one in view.parcels if one.public_id == shipment.public_id)


def goods_of_request(actor: Actor, request_id: object) -> list[GoodsOrderRow]:
    """The visible orders of a request (public id), the newest first."""
    return _beside(actor, Q(request__public_id=identity(request_id)))


def goods_of_project(actor: Actor, project_id: object) -> list[GoodsOrderRow]:
    """The visible orders of a project (public id), the newest first."""
    return _beside(actor, Q(project__public_id=identity(project_id)))


def goods_of_customer(actor: Actor, customer_id: object) -> list[GoodsOrderRow]:
    """The newest visible orders of a customer (public id)."""
    return _beside(actor, Q(customer__public_id=identity(customer_id)))


def order_rows(orders: Iterable[GoodsOrder]) -> list[GoodsOrderRow]:
    """Orders the caller has checked, as lists show them; two queries."""
    found: list[Any] = list(orders)
    owed = obligations_of_subjects(one.public_id for one in found)
    lines: dict[int, list[GoodsLine]] = {one.pk: [] for one in found}
    for line in GoodsLine.objects.filter(order__in=found).select_related("item").order_by("id"):
        lines[line.order_id].append(line)
    return [_row(one, lines[one.pk], owed[one.public_id]) for one in found]


def lines_of(orders: Iterable[GoodsOrder]) -> dict[int, tuple[LineRow, ...]]:
    """The articles of orders the caller has checked, by internal id; one query."""
    known = {one.pk: one for one in orders}
    found: dict[int, list[LineRow]] = {pk: [] for pk in known}
    for line in GoodsLine.objects.filter(order_id__in=known).select_related("item").order_by("id"):
        order = known[line.order_id]
        found[order.pk].append(_line(line, order.supplied_on, day_of(order.ordered_at)))
    return {pk: tuple(lines) for pk, lines in found.items()}


def parcels_of(orders: Iterable[GoodsOrder]) -> dict[int, tuple[ParcelRow, ...]]:
    """The parcels of orders the caller has checked, by internal id; two queries."""
    found: dict[int, list[ParcelRow]] = {one.pk: [] for one in orders}
    rows = GoodsShipment.objects.filter(order_id__in=found).select_related("delivery")
    for one in rows.prefetch_related("lines__line__item").order_by("number"):
        found[one.order_id].append(_parcel(one))
    return {pk: tuple(parcels) for pk, parcels in found.items()}


def item_row(one: GoodsItem) -> ItemRow:
    """An article the caller has checked."""
    return ItemRow(
        public_id=one.public_id,
        version=one.version,
        code=one.code,
        name=one.name,
        name_en=one.name_en,
        measure=one.measure,
        life_months=one.life_months,
        price_code=one.price_code,
        active=one.active,
    )


def _beside(actor: Actor, which: Q) -> list[GoodsOrderRow]:
    if not actor.may(Permission.GOODS_READ):
        return []
    rows = visible_goods_orders(actor).filter(which).select_related(*_PLACES).order_by("-id")
    return order_rows(rows[:MOST_BESIDE])


def _row(one: Any, lines: list[GoodsLine], owed: list[ObligationView]) -> GoodsOrderRow:
    live = [
        promise
        for promise in owed
        if promise.state in _LIVE and promise.ended_at is None and promise.due_at is not None
    ]
    first = min(live, key=lambda promise: (promise.due_at, promise.clause), default=None)
    return GoodsOrderRow(
        public_id=one.public_id,
        version=one.version,
        number=one.number,
        state=one.state,
        is_urgent=one.is_urgent,
        wished_on=one.wished_on,
        promised_on=one.promised_on,
        ordered=sum(line.quantity for line in lines),
        shipped=sum(line.shipped for line in lines),
        articles="、".join(line.item.name for line in lines[:MOST_NAMED]),
        articles_en=", ".join(line.item.name_en or line.item.name for line in lines[:MOST_NAMED]),
        customer_public_id=one.customer.public_id,
        customer_name=one.customer.name,
        unit_id=one.unit_id,
        unit_name=one.unit.name,
        ordered_at=one.ordered_at,
        due_at=first.due_at if first else None,
        is_late=any(promise.state == "missed" for promise in live),
    )


def _line(one: GoodsLine, supplied_on: date | None, ordered_on: date) -> LineRow:
    item = one.item
    until = None
    if supplied_on is not None and item.life_months is not None:
        until = shift_date(supplied_on, months=item.life_months)
    return LineRow(
        public_id=item.public_id,
        code=item.code,
        name=item.name,
        name_en=item.name_en or item.name,
        measure=item.measure,
        price_code=item.price_code,
        quantity=one.quantity,
        shipped=one.shipped,
        life_until=until,
        is_within_life=ordered_on < until if until else None,
    )


def _revisions(order: GoodsOrder) -> tuple[RevisionRow, ...]:
    rows = GoodsRevision.objects.filter(order=order).select_related("answer").order_by("-number")
    return tuple(_revision(one) for one in rows)


def _revision(one: GoodsRevision) -> RevisionRow:
    answer = getattr(one, "answer", None)
    is_first = one.number == 1
    return RevisionRow(
        number=one.number,
        asked_at=one.asked_at,
        asked_by=one.asked_by,
        recorded_by=one.recorded_by,
        why=one.why,
        is_urgent=one.is_urgent,
        wished_on=one.wished_on,
        lines=tuple(KeptLine(**line) for line in one.lines),
        is_accepted=answer.is_accepted if answer else is_first or None,
        promised_on=answer.promised_on if answer else None,
        text=answer.text if answer else "",
        answered_at=answer.at if answer else None,
        answered_by=answer.by if answer else "",
    )


def _parcel(one: Any) -> ParcelRow:
    delivery = getattr(one, "delivery", None)
    return ParcelRow(
        public_id=one.public_id,
        number=one.number,
        carrier=one.carrier,
        waybill=one.waybill,
        shipped_at=one.shipped_at,
        shipped_by=one.shipped_by,
        lines=tuple(_sent(line) for line in one.lines.all()),
        delivered_at=delivery.delivered_at if delivery else None,
        signed_by=delivery.signed_by if delivery else "",
    )


def _sent(one: Any) -> KeptLine:
    item = one.line.item
    return KeptLine(item.code, item.name, item.name_en or item.name, item.measure, one.quantity)
