"""Changing level, category or cover of an open request, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.types import CoverKind, CoverReason
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services.recording import (
    check_not_merged,
    locked_request,
    state_facts,
)
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.plan.plan import Choice
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing

REASON_LENGTH = 4_000
# What a person may decide a request to be; what a contract or warranty says is found, not chosen.
DECIDED = (CoverKind.GOODWILL.value, CoverKind.PAID.value)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a request's row: the column's new value and why."""

    field: str
    value: str
    reason: str


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
    """Give an open request another level of its plan: what has elapsed stays counted.

    Raises Conflict when somebody changed the request meanwhile, IllegalMove when it is closed.
    """
    change = Change("level", level, reason)
    return _change(actor, request_id, change, version=version, source=source, now=now)


def change_category(
    *,
    actor: Actor,
    request_id: object,
    version: int,
    category: str,
    reason: str,
    source: str,
    now: datetime,
) -> Request:
    """Give an open request another category of its plan. Raises as change_level does."""
    change = Change("category", category, reason)
    return _change(actor, request_id, change, version=version, source=source, now=now)


def change_cover(
    *,
    actor: Actor,
    request_id: object,
    version: int,
    cover: str,
    reason: str,
    source: str,
    now: datetime,
) -> Request:
    """Decide an open request to be goodwill or paid. Raises as change_level does."""
    change = Change("cover", cover, reason)
    return _change(actor, request_id, change, version=version, source=source, now=now)


_RIGHTS = {
    "level": Permission.REQUEST_LEVEL,
    "category": Permission.REQUEST_LEVEL,
    "cover": Permission.COVER_CHANGE,
}
_KINDS = {"level": "classified", "category": "classified", "cover": "cover_changed"}


def _change(
    actor: Actor,
    request_id: object,
    change: Change,
    *,
    version: int,
    source: str,
    now: datetime,
) -> Request:
    with writing(actor=actor, now=now) as work:
        request = locked_request(actor, request_id)
        require(actor, _RIGHTS[change.field], request.unit_id)
        check_not_merged(request)
        _check(request, change)
        before = getattr(request, change.field)
        changes: dict[str, Any] = {change.field: change.value}
        if change.field == "cover":
            changes["cover_reason"] = CoverReason.DECIDED.value
        fact = StepFact(
            _KINDS[change.field],
            now,
            {change.field: change.value, "was": before},
            {"reason": change.reason},
        )
        return state_facts(
            request,
            [fact],
            source=source,
            work=work,
            version=version,
            changes=changes,
            reason=change.reason.strip(),
            act=f"change_{change.field}",
        )


def _check(request: Request, change: Change) -> None:
    if RequestState(request.state) not in OPEN:
        raise IllegalMove(_("A closed request stays as it is. Reopen it first."))
    problems: dict[str, str] = {}
    if change.value not in _possible(request)[change.field]:
        problems[change.field] = _NO_SUCH[change.field]()
    elif change.value == getattr(request, change.field):
        problems[change.field] = _("It is so already.")
    if not change.reason.strip() or len(change.reason) > REASON_LENGTH:
        problems["reason"] = _("Say why, in at most 4,000 characters.")
    if problems:
        raise InvalidInput(problems)


_NO_SUCH = {
    "level": lambda: _("The plan of this contract has no such level."),
    "category": lambda: _("The plan of this contract has no such category."),
    "cover": lambda: _("Choose one of those offered."),
}


def _possible(request: Request) -> Mapping[str, Iterable[str]]:
    plan = compiled_plan(request.plan_version_id).plan if request.plan_version_id else None
    return {
        "level": _codes(plan.levels if plan else ()),
        "category": _codes(plan.categories if plan else ()),
        "cover": DECIDED,
    }


def _codes(choices: Iterable[Choice]) -> set[str]:
    return {choice.code for choice in choices}
