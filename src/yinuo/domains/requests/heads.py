"""Short heads of requests, for lists of things that belong to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.plan.plan import Choice


@dataclass(frozen=True, slots=True)
class RequestHead:
    """Number and customer of a request, its level and category in the words of its plan."""

    public_id: UUID
    number: str
    customer_name: str
    level_zh: str
    level_en: str
    category_zh: str
    category_en: str


def find_heads(actor: Actor, public_ids: Iterable[UUID]) -> dict[UUID, RequestHead]:
    """The heads of those requests the actor may see, by public id; one query."""
    rows = visible_requests(actor).filter(public_id__in=list(public_ids))
    found = rows.values_list(
        "public_id", "number", "customer__name", "level", "category", "plan_version_id"
    )
    return {
        public_id: RequestHead(public_id, number, customer, *_words(version_id, level, category))
        for public_id, number, customer, level, category, version_id in found
    }


def _words(plan_version_id: int | None, level: str, category: str) -> tuple[str, str, str, str]:
    plan = compiled_plan(plan_version_id).plan if plan_version_id else None
    return (
        *_title(plan.levels if plan else (), level),
        *_title(plan.categories if plan else (), category),
    )


def _title(choices: Iterable[Choice], code: str) -> tuple[str, str]:
    title = next((one.title for one in choices if one.code == code), None)
    return (title.zh, title.en) if title else (code, code)
