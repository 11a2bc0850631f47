"""The states of an order of goods, its acts, and when each may be taken."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class GoodsState(StrEnum):
    """Where an order of goods (物品订单) stands."""

    ORDERED = "ordered"
    ACCEPTED = "accepted"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class GoodsAct(StrEnum):
    """What is done with an order of goods."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    ANSWERED = "answered"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CLOSED = "closed"
    CANCELLED = "cancelled"


_S, _A = GoodsState, GoodsAct
GOODS_ENDED = frozenset({_S.CLOSED, _S.CANCELLED})
GOODS_MOVES: Mapping[GoodsAct, Mapping[GoodsState, GoodsState]] = {
    _A.ACCEPTED: {_S.ORDERED: _S.ACCEPTED},
    _A.CHANGED: {one: one for one in (_S.ORDERED, _S.ACCEPTED, _S.SHIPPED)},
    _A.ANSWERED: {one: one for one in (_S.ORDERED, _S.ACCEPTED, _S.SHIPPED)},
    _A.SHIPPED: {_S.ACCEPTED: _S.SHIPPED, _S.SHIPPED: _S.SHIPPED},
    _A.DELIVERED: {_S.SHIPPED: _S.DELIVERED},
    _A.CLOSED: {_S.DELIVERED: _S.CLOSED},
    _A.CANCELLED: {_S.ORDERED: _S.CANCELLED, _S.ACCEPTED: _S.CANCELLED},
}


def possible_acts(
    state: GoodsState, *, to_ship: bool, on_the_way: bool, is_asked: bool
) -> frozenset[GoodsAct]:
    """The acts that may be taken now.

    `to_ship`: something of the order has not left; `on_the_way`: something left and has not
    arrived; `is_asked`: a change waits for its answer, so nothing leaves and no other one is asked.

    >>> sorted(possible_acts(GoodsState.SHIPPED, to_ship=False, on_the_way=True, is_asked=False))
    [<GoodsAct.DELIVERED: 'delivered'>]
    >>> sorted(possible_acts(GoodsState.ORDERED, to_ship=True, on_the_way=False, is_asked=True))
    [<GoodsAct.ANSWERED: 'answered'>, <GoodsAct.CANCELLED: 'cancelled'>]
    """
    found = {act for act, moves in GOODS_MOVES.items() if state in moves}
    if is_asked:
        found -= {_A.CHANGED, _A.ACCEPTED, _A.SHIPPED}
    else:
        found.discard(_A.ANSWERED)
    if not to_ship:
        found -= {_A.CHANGED, _A.SHIPPED}
    if not on_the_way:
        found.discard(_A.DELIVERED)
    return frozenset(found)
