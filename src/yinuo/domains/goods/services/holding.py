"""An order held for one act: found in the actor's scope, locked, unchanged since it was read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy

from yinuo.domains.contracts.plans import clauses_promising
from yinuo.domains.goods.models import (
    GoodsDelivery,
    GoodsLine,
    GoodsOrder,
    GoodsRevision,
    GoodsShipment,
)
from yinuo.domains.goods.policies import visible_goods_orders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.services import notify_nearest
from yinuo.domains.notices.types import Telling
from yinuo.domains.obligations.selectors import obligations_of_subject
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.kernel.goods_states import GoodsAct, GoodsState, possible_acts
from yinuo.platform.errors import Conflict, IllegalMove, Text
from yinuo.platform.journal.work import Work, stored
from yinuo.platform.scoped import one_of

SUBJECT, SOURCE, DELIVER = "order", "goods", "deliver"
_WHY_NOT: Mapping[GoodsAct, Text] = {
    GoodsAct.ACCEPTED: gettext_lazy("Answer the change first; an order is accepted once."),
    GoodsAct.CHANGED: gettext_lazy(
        "This order can no longer be changed: everything has left, it is over, or an earlier "
        "change waits for its answer."
    ),
    GoodsAct.ANSWERED: gettext_lazy("No change of this order waits for an answer."),
    GoodsAct.SHIPPED: gettext_lazy(
        "Nothing can leave now: accept the order, answer its change, or everything has left."
    ),
    GoodsAct.CLOSED: gettext_lazy("An order is closed once, when everything was delivered."),
    GoodsAct.CANCELLED: gettext_lazy("Something has left already: this order cannot be cancelled."),
}


def held_order(actor: Actor, order_id: object, version: int, act: GoodsAct) -> GoodsOrder:
    """The order, locked, when this act may be taken on it.

    Raises NotFound, Forbidden, Conflict when somebody was faster, IllegalMove with what to do.
    """
    seen = visible_goods_orders(actor).select_for_update(of=("self",))
    order = one_of(seen, order_id)
    require(actor, Permission.GOODS_WRITE, order.unit_id)
    if order.version != version:
        raise Conflict(details={"yours": version, "present": order.version})
    if act not in acts_of(order):
        raise IllegalMove(_WHY_NOT.get(act), details={"state": order.state, "kind": act.value})
    return order


def acts_of(order: GoodsOrder) -> frozenset[GoodsAct]:
    """What may be done with an order now; three queries."""
    return possible_acts(
        GoodsState(order.state),
        to_ship=GoodsLine.objects.filter(order=order, shipped__lt=F("quantity")).exists(),
        on_the_way=GoodsShipment.objects.filter(order=order, delivery__isnull=True).exists(),
        is_asked=waiting_changes(order).exists(),
    )


def waiting_changes(order: GoodsOrder) -> Any:
    """Changes of the order without an answer; the order itself is none."""
    return GoodsRevision.objects.filter(order=order, number__gt=1, answer__isnull=True)


def require_untouched(order: GoodsOrder) -> None:
    """Raises IllegalMove once anything of the order has left."""
    if GoodsLine.objects.filter(order=order, shipped__gt=0).exists():
        raise IllegalMove(_WHY_NOT[GoodsAct.CANCELLED], details={"state": order.state})


def promised_time_is_over(order: GoodsOrder, now: datetime) -> bool:
    """True when a promise to deliver this order was missed: no change may cover that up. A worker
    writes a miss down only after it happened."""
    if order.contract is None:
        return False
    clauses = clauses_promising(order.contract.plan_version_id, DELIVER)
    promises = [one for one in obligations_of_subject(order.public_id) if one.clause in clauses]
    return any(
        one.state == "missed" or (one.state == "running" and one.due_at and one.due_at < now)
        for one in promises
    )


def settle_delivery(order: GoodsOrder, work: Work) -> None:
    """Everything wanted has arrived: the order is delivered, at the time of the last parcel."""
    open_lines = GoodsLine.objects.filter(order=order, shipped__lt=F("quantity"))
    on_the_way = GoodsShipment.objects.filter(order=order, delivery__isnull=True)
    if open_lines.exists() or on_the_way.exists():
        return
    arrived = GoodsDelivery.objects.filter(shipment__order=order)
    last = arrived.order_by("-delivered_at").values_list("delivered_at", flat=True).first()
    if last is None:
        return
    stored(order, expected_version=None, changes={"state": GoodsState.DELIVERED.value})
    tell(order, [NewFact("delivered", last, SOURCE)], work)


def tell_staff(order: GoodsOrder, topic: str, work: Work) -> None:
    """Tell those who see to goods orders of its unit, and who is in charge of its contract."""
    contract: Any = order.contract
    data = {"number": order.number, "customer": order.customer.name}
    notify_nearest(
        work,
        Telling(topic, SUBJECT, order.public_id, order.unit_id, data),
        Permission.GOODS_WRITE,
        also=[contract.responsible_id if contract else None],
    )


def tell(order: GoodsOrder, facts: list[NewFact], work: Work) -> None:
    """Leave facts for the promises of the order."""
    actor: Any = work.actor
    record_facts(order.public_id, facts, actor=actor, now=work.now)
