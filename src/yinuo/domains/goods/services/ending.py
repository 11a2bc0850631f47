"""The end of an order: closed once we know how the goods do, or cancelled before any has left."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.goods.models import GoodsOrder
from yinuo.domains.goods.services.checking import TEXT_LENGTH, text_problems
from yinuo.domains.goods.services.holding import SOURCE, held_order, tell
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.types import NewFact
from yinuo.kernel.goods_states import GOODS_MOVES, GoodsAct, GoodsState
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing


def close_order(
    *, actor: Actor, order_id: object, version: int, text: str, now: datetime
) -> GoodsOrder:
    """Close a delivered order with how the goods do where they are used (MS-04).

    Raises InvalidInput without the words, IllegalMove before the delivery, Conflict, NotFound.
    """
    return _end(actor, order_id, version, text, now, act=GoodsAct.CLOSED, fact="followed_up")


def cancel_order(
    *, actor: Actor, order_id: object, version: int, text: str, now: datetime
) -> GoodsOrder:
    """Cancel an order of which nothing has left, with the reason; its promises become void.

    Raises InvalidInput without the reason, IllegalMove once something left, Conflict, NotFound.
    """
    return _end(actor, order_id, version, text, now, act=GoodsAct.CANCELLED, fact="cancelled")


def _end(
    actor: Actor,
    order_id: object,
    version: int,
    text: str,
    now: datetime,
    *,
    act: GoodsAct,
    fact: str,
) -> GoodsOrder:
    if problems := text_problems({"text": (text, TEXT_LENGTH)}, ("text",)):
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        now = work.now
        order = held_order(actor, order_id, version, act)
        after = GOODS_MOVES[act][GoodsState(order.state)]
        changes = {"state": after.value, "ended_at": now, "end_text": text.strip()}
        stored(order, expected_version=None, changes=changes)
        tell(order, [NewFact(fact, now, SOURCE)], work)
        work.audit(f"goods.{act.value}", order, reason=text)
        work.emit("goods.changed", order, {"number": order.number})
        return order
