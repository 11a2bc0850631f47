"""The work orders of a request, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yinuo.domains.fieldwork.selectors import may_issue, work_orders_of_request
from yinuo.domains.fieldwork.types import WorkOrderRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.types import RequestPage
from yinuo.kernel.states import OPEN, RequestState


@dataclass(frozen=True, slots=True)
class SheetsOfRequest:
    """The sheets, whether this person may issue another one, and whether send somebody to one."""

    rows: tuple[WorkOrderRow, ...]
    may_issue: bool
    may_send: bool


def sheets_of_request(actor: Actor, found: RequestPage, now: datetime) -> SheetsOfRequest:
    """What `console/sheets/of_request.html` shows."""
    public_id = found.request.public_id
    return SheetsOfRequest(
        rows=work_orders_of_request(actor, public_id, now=now),
        may_issue=RequestState(found.request.state) in OPEN and may_issue(actor, public_id),
        may_send=actor.may(Permission.WORK_ORDER_ASSIGN),
    )
