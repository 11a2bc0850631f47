"""What checklists of a customer's sheets found wrong, and the work it opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yinuo.domains.checklists.models import FollowUp
from yinuo.domains.checklists.policies import visible_checklists
from yinuo.domains.checklists.templates import template_of
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests

MOST = 200


@dataclass(frozen=True, slots=True)
class FoundWrong:
    """A line that failed: on which sheet, when, and how the work it opened stands."""

    at: datetime
    sheet_number: str
    title_zh: str
    title_en: str
    request_id: UUID
    request_number: str
    state: str


def found_wrong(
    actor: Actor, customer_id: int, contract_id: int | None, since: datetime, until: datetime
) -> list[FoundWrong]:
    """Failed lines of visible checklists opened in [since, until), the earliest leading; at most
    two hundred, of one contract's sheets when named. Two statements."""
    lists = visible_checklists(actor).filter(sheet__customer_id=customer_id)
    if contract_id is not None:
        lists = lists.filter(sheet__request__contract_id=contract_id)
    rows = FollowUp.objects.filter(
        checklist__in=lists, opened_at__gte=since, opened_at__lt=until
    ).select_related("checklist__sheet")
    found = list(rows.order_by("opened_at", "id")[:MOST])
    seen = visible_requests(actor).filter(public_id__in=[one.request_id for one in found])
    states = {
        public_id: (number, state)
        for public_id, number, state in seen.values_list("public_id", "number", "state")
    }
    made = []
    for one in found:
        item = template_of(one.checklist.template_id).item(one.item)
        number, state = states.get(one.request_id, ("", ""))
        zh, en = (item.title.zh, item.title.en) if item else (one.item, one.item)
        sheet = one.checklist.sheet.number
        made.append(FoundWrong(one.opened_at, sheet, zh, en or zh, one.request_id, number, state))
    return made
