"""Goods of the demo company: its catalogue, and orders at every stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from yinuo.domains.contracts.selectors import list_contracts
from yinuo.domains.contracts.types import ContractRow
from yinuo.domains.goods.selectors import get_goods_order
from yinuo.domains.goods.services import (
    accept_order,
    change_order,
    create_item,
    deliver_parcel,
    place_order,
    ship_order,
)
from yinuo.domains.goods.types import (
    ChangeData,
    ItemData,
    OrderData,
    Parcel,
    Receipt,
    Wanted,
)
from yinuo.domains.network.types import Actor

SIGNS, MATERIALS = "signage", "materials"


def order_goods(actor: Actor, catalogue: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """The catalogue; one order delivered, one half on its way, a change and an urgent one open."""
    founded = now - timedelta(days=300)
    items = {
        one["code"]: create_item(actor=actor, data=ItemData(**one), now=founded).public_id
        for one in catalogue
    }
    contracts = _contracts(actor)
    if SIGNS in contracts:
        _signs(actor, contracts[SIGNS], items, now)
    if MATERIALS in contracts:
        _materials(actor, contracts[MATERIALS], items, now)


def _signs(actor: Actor, contract: ContractRow, items: Mapping[str, UUID], now: datetime) -> None:
    """Door plates that arrived, and flags of which half is on its way."""
    done = _ordered(actor, contract, {items["door_plate"]: 24}, now - timedelta(days=18))
    _accept(actor, done, now - timedelta(days=18), days=10)
    _ship(actor, done, {items["door_plate"]: 24}, now - timedelta(days=11))
    _sign(actor, done, now - timedelta(days=9))
    flags = {items["lamp_post_flag"]: 80, items["direction_sign"]: 6}
    half = _ordered(actor, contract, flags, now - timedelta(days=6))
    _accept(actor, half, now - timedelta(days=6), days=9)
    _ship(actor, half, {items["lamp_post_flag"]: 40}, now - timedelta(days=1))


def _materials(
    actor: Actor, contract: ContractRow, items: Mapping[str, UUID], now: datetime
) -> None:
    """An order of which more is wanted, and an urgent one of this morning."""
    wanted = {items["insulating_tape"]: 200}
    changed = _ordered(actor, contract, wanted, now - timedelta(days=4))
    _accept(actor, changed, now - timedelta(days=4), days=12)
    more = (Wanted(items["insulating_tape"], 320),)
    data = ChangeData(more, "新增一条产线，同批交货", "采购部沈工")
    version = get_goods_order(actor, changed).row.version
    asked_at = now - timedelta(hours=1)
    change_order(actor=actor, order_id=changed, version=version, data=data, now=asked_at)
    urgent = {items["insulating_tape"]: 20}
    _ordered(actor, contract, urgent, now - timedelta(hours=3), is_urgent=True)


def _contracts(actor: Actor) -> dict[str, ContractRow]:
    """The first contract on each plan, by a word of its customer's plan."""
    found: dict[str, ContractRow] = {}
    words = {SIGNS: "标识", MATERIALS: "材料"}
    for one in list_contracts(actor, limit=100).items:
        for plan, word in words.items():
            if word in one.plan_title_zh:
                found.setdefault(plan, one)
    return found


def _ordered(
    actor: Actor, contract: ContractRow, wanted: Mapping[UUID, int], at: datetime, **more: Any
) -> UUID:
    data = OrderData(
        contract.customer_public_id,
        _lines(wanted),
        contract_id=contract.public_id,
        supplied_on=(at - timedelta(days=700)).date(),
        deliver_to="收货处，送货前电话联系",
        **more,
    )
    return place_order(actor=actor, data=data, now=at).public_id


def _accept(actor: Actor, order_id: UUID, at: datetime, *, days: int) -> None:
    version = get_goods_order(actor, order_id).row.version
    promised_on = (at + timedelta(days=days)).date()
    accept_order(actor=actor, order_id=order_id, version=version, promised_on=promised_on, now=at)


def _ship(actor: Actor, order_id: UUID, wanted: Mapping[UUID, int], at: datetime) -> None:
    version = get_goods_order(actor, order_id).row.version
    parcel = Parcel(_lines(wanted), "顺丰速运", "SF1402026117")
    ship_order(actor=actor, order_id=order_id, version=version, parcel=parcel, now=at)


def _sign(actor: Actor, order_id: UUID, at: datetime) -> None:
    view = get_goods_order(actor, order_id)
    deliver_parcel(
        actor=actor,
        shipment_id=view.parcels[-1].public_id,
        version=view.row.version,
        receipt=Receipt("门卫老张"),
        now=at,
    )


def _lines(wanted: Mapping[UUID, int]) -> tuple[Wanted, ...]:
    return tuple(Wanted(item_id, number) for item_id, number in wanted.items())
