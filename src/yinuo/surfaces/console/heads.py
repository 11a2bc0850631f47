"""What a list of promises says about the cases and contracts they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from yinuo.domains.billing.heads import OrderHead, find_order_heads
from yinuo.domains.contracts.heads import ContractHead, find_contract_heads
from yinuo.domains.fieldwork.heads import WorkOrderHead, find_work_order_heads
from yinuo.domains.goods.heads import GoodsHead, find_goods_heads
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.heads import RequestHead, find_heads


class About(Protocol):
    """Something about a subject: a promise, a breach of one."""

    @property
    def subject_type(self) -> str: ...

    @property
    def subject_id(self) -> UUID: ...


Head = RequestHead | WorkOrderHead | ContractHead | OrderHead | GoodsHead


def heads_of(actor: Actor, promises: Iterable[About]) -> dict[UUID, Head]:
    """By subject id; a subject outside the actor's scope is absent. One query for each kind."""
    by_kind: dict[str, set[UUID]] = {}
    for one in promises:
        by_kind.setdefault(one.subject_type, set()).add(one.subject_id)
    requests = by_kind.get("request", set())
    return {
        **(find_heads(actor, requests) if requests else {}),
        **find_work_order_heads(actor, by_kind.get("work_order", ())),
        **find_contract_heads(actor, by_kind.get("contract", ())),
        **find_order_heads(actor, by_kind.get("order", ())),
        **find_goods_heads(actor, by_kind.get("order", ())),
    }
