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
from yinuo.domains.requests.reports import RESTORED
from yinuo.kernel.states import ENDED

MOST = 200
_OVER = sorted(state.value for state in (*RESTORED, *ENDED))


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


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A failed line whose work is still open: since when, whose, of which asset."""

    at: datetime
    title_zh: str
    title_en: str
    request_id: UUID
    request_number: str
    unit_id: int
    customer_id: int
    customer_public_id: UUID
    customer_name: str
    asset_public_id: UUID | None
    asset_name: str


def findings_left_open(actor: Actor, before: datetime, most: int) -> list[LeftOpen]:
    """Failed lines found before an instant whose work nobody has restored, the oldest leading; at
    most so many. Two statements, and templates read once."""
    rows = FollowUp.objects.filter(
        checklist__in=visible_checklists(actor), opened_at__lt=before
    ).select_related("checklist")
    still = visible_requests(actor).exclude(state__in=_OVER)
    waiting = rows.filter(request_id__in=still.values("public_id"))
    found = list(waiting.order_by("opened_at", "id")[:most])
    requests = still.filter(public_id__in=[one.request_id for one in found])
    by_id = {one.public_id: one for one in requests.select_related("customer", "asset")}
    made = []
    for one in found:
        request = by_id.get(one.request_id)
        if request is None:
            continue
        item = template_of(one.checklist.template_id).item(one.item)
        zh, en = (item.title.zh, item.title.en) if item else (one.item, one.item)
        made.append(
            LeftOpen(
                at=one.opened_at,
                title_zh=zh,
                title_en=en or zh,
                request_id=request.public_id,
                request_number=request.number,
                unit_id=request.customer.unit_id,
                customer_id=request.customer_id,
                customer_public_id=request.customer.public_id,
                customer_name=request.customer.name,
                asset_public_id=request.asset.public_id if request.asset else None,
                asset_name=request.asset.name if request.asset else "",
            )
        )
    return made
