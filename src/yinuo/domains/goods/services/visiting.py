"""What a customer does with his own order in the portal before anything of it has left (MS-01).

A change is a version that waits for our answer. An order we have not accepted yet is cancelled at
once; later the wish to cancel is such a version too.
"""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.goods.models import GoodsOrder
from yinuo.domains.goods.services.changing import ask_to_cancel, change_order
from yinuo.domains.goods.services.ending import cancel_order
from yinuo.domains.goods.services.holding import require_untouched, tell_staff
from yinuo.domains.goods.types import ChangeData
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services.visiting import actor_for
from yinuo.kernel.goods_states import GoodsState
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

CHANGED, CANCELLED = "goods.change_asked", "goods.cancelled_by_customer"


def change_in_portal(
    *, visitor: Visitor, order_id: object, version: int, data: ChangeData, now: datetime
) -> GoodsOrder:
    """Ask for a change of an own order; those who see to it are told.

    Raises NotFound for anybody else's, IllegalMove once something left or while a change waits,
    InvalidInput by field, Conflict when it changed meanwhile.
    """
    order = _own(visitor, order_id)
    with writing(actor=_actor(visitor, order), now=now) as work:
        require_untouched(order)
        changed = change_order(
            actor=_actor(visitor, order), order_id=order_id, version=version, data=data, now=now
        )
        tell_staff(changed, CHANGED, work)
        return changed


def cancel_in_portal(
    *, visitor: Visitor, order_id: object, version: int, why: str, now: datetime
) -> GoodsOrder:
    """Cancel an own order that we have not accepted; ask to cancel one that we have.

    Raises as `change_in_portal`.
    """
    order = _own(visitor, order_id)
    actor = _actor(visitor, order)
    with writing(actor=actor, now=now) as work:
        if order.state == GoodsState.ORDERED:
            ended = cancel_order(actor=actor, order_id=order_id, version=version, text=why, now=now)
            tell_staff(ended, CANCELLED, work)
            return ended
        asked = ask_to_cancel(
            actor=actor,
            order_id=order_id,
            version=version,
            why=why,
            asked_by=visitor.name,
            now=now,
        )
        tell_staff(asked, CHANGED, work)
        return asked


def _own(visitor: Visitor, order_id: object) -> GoodsOrder:
    return one_of(GoodsOrder.objects.filter(customer_id=visitor.customer_id), order_id)


def _actor(visitor: Visitor, order: GoodsOrder) -> Actor:
    rights = (Permission.GOODS_READ, Permission.GOODS_WRITE)
    return actor_for(visitor, *rights, unit_id=order.unit_id)
