"""Merging a request into another one of the same customer: its facts stay, work goes on there."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.services.recording import state_facts
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import identity

REASON_LENGTH = 4_000


def merge_request(
    *,
    actor: Actor,
    request_id: object,
    into_id: object,
    reason: str,
    version: int,
    source: str,
    now: datetime,
) -> Request:
    """Merge an open request into another open one of its customer; its promises become void.

    Gives the merged request. Raises InvalidInput for itself, another customer's or a closed
    target, NotFound for one out of sight, Conflict when `version` is stale.
    """
    with writing(actor=actor, now=now) as work:
        request, target = _both(actor, identity(request_id), identity(into_id))
        require(actor, Permission.REQUEST_CLOSE, request.unit_id)
        require(actor, Permission.REQUEST_WORK, target.unit_id)
        _check(request, target, reason)
        attrs = {"into": str(target.public_id)}
        state_facts(
            request,
            [StepFact("merged", now, attrs, {"into": target.number, "reason": reason})],
            source=source,
            work=work,
            version=version,
            changes={"merged_into_id": target.pk},
            reason=reason.strip(),
        )
        words = {"from": request.number, "reason": reason}
        absorbed = StepFact("absorbed", now, {"from": str(request.public_id)}, words)
        state_facts(target, [absorbed], source=source, work=work)
        return request


def _both(actor: Actor, request_id: object, into_id: object) -> tuple[Request, Request]:
    """Both rows, locked in one order so that two merges never wait for each other."""
    if request_id == into_id:
        raise InvalidInput({"into_id": _("A request cannot be merged into itself.")})
    rows = visible_requests(actor).filter(public_id__in=[request_id, into_id]).order_by("id")
    found = {row.public_id: row for row in rows.select_for_update(of=("self",))}
    try:
        return found[request_id], found[into_id]  # type: ignore[index]
    except KeyError:
        raise NotFound from None


def _check(request: Request, target: Request, reason: str) -> None:
    if RequestState(request.state) not in OPEN:
        raise IllegalMove(details={"state": request.state, "kind": "merged"})
    problems: dict[str, str] = {}
    if target.customer_id != request.customer_id:
        problems["into_id"] = _("Only requests of the same customer can be merged.")
    elif RequestState(target.state) not in OPEN:
        problems["into_id"] = _("That request is closed. Choose an open one.")
    if not reason.strip() or len(reason) > REASON_LENGTH:
        problems["reason"] = _("Say why, in at most 4,000 characters.")
    if problems:
        raise InvalidInput(problems)
