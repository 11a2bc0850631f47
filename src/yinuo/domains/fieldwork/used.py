"""What was done and which parts were used at cases, as their sheets say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.fieldwork.put_in import parts_text
from yinuo.domains.network.types import Actor


@dataclass(frozen=True, slots=True)
class Used:
    """Work done and parts used at a case, as its last visible sheet with either says."""

    work_done: str
    parts_used: str


def used_at(actor: Actor, request_ids: Collection[UUID]) -> dict[UUID, Used]:
    """Work done and parts used by the public id of the request; one query."""
    if not request_ids:
        return {}
    rows = visible_work_orders(actor).filter(request__public_id__in=list(request_ids))
    found: dict[UUID, Used] = {}
    told = ("request__public_id", "work_done", "parts_used", "put_in")
    for order in rows.select_related("request").only(*told).order_by("id"):
        if any(said := (order.work_done, parts_text(order))):
            found[order.request.public_id] = Used(*said)
    return found
