"""Changing a request's level: what has elapsed stays counted, the due times follow."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

REASON_LENGTH = 4_000


def change_level(
    *,
    actor: Actor,
    request_id: object,
    version: int,
    level: str,
    reason: str,
    source: str,
    now: datetime,
) -> Request:
    """Give an open request another level of its plan, with the reason.

    Raises Conflict when somebody changed the request meanwhile, IllegalMove when it is closed.
    """
    with writing(actor=actor, now=now) as work:
        request = one_of(visible_requests(actor).select_for_update(), request_id)
        require(actor, Permission.REQUEST_LEVEL, request.unit_id)
        _check(request, level, reason)
        before = request.level
        stored(request, expected_version=version, changes={"level": level})
        fact = NewFact("classified", now, source, {"level": level})
        record_facts(request.public_id, [fact], actor=actor, now=now)
        work.audit(
            "request.change_level",
            request,
            before={"level": before},
            after={"level": level},
            reason=reason.strip(),
        )
        work.emit("request.changed", request, {"kind": "classified"})
        return request


def _check(request: Request, level: str, reason: str) -> None:
    if RequestState(request.state) not in OPEN:
        raise IllegalMove(_("A closed request keeps its level. Reopen it first."))
    problems: dict[str, str] = {}
    version_id = request.plan_version_id
    levels = compiled_plan(version_id).plan.levels if version_id else ()
    if level not in {choice.code for choice in levels}:
        problems["level"] = _("The plan of this contract has no such level.")
    elif level == request.level:
        problems["level"] = _("The request already has this level.")
    if not reason.strip() or len(reason) > REASON_LENGTH:
        problems["reason"] = _("Say why, in at most 4,000 characters.")
    if problems:
        raise InvalidInput(problems)
