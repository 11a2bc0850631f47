"""From the promised day to the signature: accepting an order, its parcels, their receipt."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from yinuo.domains.goods.models import (
    GoodsDelivery,
    GoodsLine,
    GoodsOrder,
    GoodsShipment,
    GoodsShipmentLine,
)
from yinuo.domains.goods.policies import visible_parcels
from yinuo.domains.goods.services.checking import (
    NAME_LENGTH,
    field_of,
    in_time,
    not_past,
    text_problems,
    wanted_items,
)
from yinuo.domains.goods.services.holding import held_order, settle_delivery, tell
from yinuo.domains.goods.services.ordering import ordered_fact
from yinuo.domains.goods.types import Parcel, Receipt
from yinuo.domains.network.types import Actor
from yinuo.kernel.goods_states import GoodsAct, GoodsState
from yinuo.platform.days import end_of
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of


def accept_order(
    *, actor: Actor, order_id: object, version: int, promised_on: date, now: datetime
) -> GoodsOrder:
    """Accept an order and promise the day by whose end it is delivered.

    Raises InvalidInput for a day that is over, IllegalMove when it was accepted already or a
    change waits; Conflict, NotFound.
    """
    if problems := not_past("promised_on", promised_on, now):
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        now = work.now
        order = held_order(actor, order_id, version, GoodsAct.ACCEPTED)
        changes = {"state": GoodsState.ACCEPTED.value, "promised_on": promised_on}
        stored(order, expected_version=None, changes=changes)
        by = end_of(promised_on).isoformat()
        tell(order, [ordered_fact(order, now, deliver_by=by)], work)
        work.audit("goods.accept", order, after={"promised_on": promised_on.isoformat()})
        work.emit("goods.changed", order, {"number": order.number})
        return order


def ship_order(
    *, actor: Actor, order_id: object, version: int, parcel: Parcel, now: datetime
) -> GoodsOrder:
    """Send a parcel with some or all of what has not left; never more than that.

    Raises InvalidInput by field, IllegalMove before the order is accepted, while a change waits
    and when everything has left; Conflict, NotFound.
    """
    sent = {item: number for item, number in wanted_items(parcel.lines).items() if number}
    texts = {"carrier": (parcel.carrier, NAME_LENGTH), "waybill": (parcel.waybill, NAME_LENGTH)}
    problems = text_problems(texts, ("carrier",))
    with writing(actor=actor, now=now) as work:
        now = work.now
        order = held_order(actor, order_id, version, GoodsAct.SHIPPED)
        at = parcel.shipped_at or now
        problems |= in_time("shipped_at", at, since=order.ordered_at, now=now)
        known = GoodsLine.objects.filter(order=order, item__public_id__in=sent)
        lines = {one.item.public_id: one for one in known.select_related("item")}
        if len(lines) != len(sent):
            raise NotFound
        for item_id, line in lines.items():
            if sent[item_id] > (left := line.quantity - line.shipped):
                said = _("Only %(number)d of it have not left yet.")
                problems[field_of(item_id)] = said % {"number": left}
        if problems:
            raise InvalidInput(problems)
        last = GoodsShipment.objects.filter(order=order).aggregate(last=Max("number"))["last"]
        shipment = GoodsShipment.objects.create(
            order=order,
            number=(last or 0) + 1,
            carrier=parcel.carrier.strip(),
            waybill=parcel.waybill.strip(),
            shipped_at=at,
            shipped_by=actor.label,
        )
        for item_id, line in lines.items():
            line.shipped += sent[item_id]
            line.save(update_fields=["shipped"])
            work.add(GoodsShipmentLine(shipment=shipment, line=line, quantity=sent[item_id]))
        stored(order, expected_version=None, changes={"state": GoodsState.SHIPPED.value})
        work.audit("goods.ship", order, after={"parcel": shipment.number})
        work.emit("goods.changed", order, {"number": order.number})
        return order


def deliver_parcel(
    *, actor: Actor, shipment_id: object, version: int, receipt: Receipt, now: datetime
) -> GoodsOrder:
    """Record who signed for a parcel; with the last one the order is delivered.

    `version` is the order's. Raises IllegalMove for a parcel that was signed for already,
    InvalidInput by field, Conflict, NotFound.
    """
    shipment = one_of(visible_parcels(actor).select_related("order"), shipment_id)
    problems = text_problems({"signed_by": (receipt.signed_by, NAME_LENGTH)}, ("signed_by",))
    with writing(actor=actor, now=now) as work:
        now = work.now
        at = receipt.delivered_at or now
        problems |= in_time("delivered_at", at, since=shipment.shipped_at, now=now)
        order = held_order(actor, shipment.order.public_id, version, GoodsAct.DELIVERED)
        if GoodsDelivery.objects.filter(shipment=shipment).exists():
            raise IllegalMove(_("This parcel was signed for already."))
        if problems:
            raise InvalidInput(problems)
        GoodsDelivery.objects.create(
            shipment=shipment,
            delivered_at=at,
            signed_by=receipt.signed_by.strip(),
            recorded_by=actor.label,
        )
        stored(order, expected_version=None, changes={})
        settle_delivery(order, work)
        work.audit("goods.deliver", order, after={"parcel": shipment.number})
        work.emit("goods.changed", order, {"number": order.number})
        return order
