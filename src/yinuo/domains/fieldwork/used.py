"""What was done and which parts were used at cases, as their sheets say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from yinuo.domains.fieldwork.policies import visible_work_orders
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
    told = rows.order_by("id").values_list("request__public_id", "work_done", "parts_used")
    for request_id, work, parts in told:
        if work or parts:
            found[request_id] = Used(work, parts)
    return found
