"""Queues of support groups: taking a request, and escalating it to the next group (BP-17)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.roster import read_roster
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.obligations.services import set_owner
from yinuo.domains.requests.group_models import GroupMember, SupportGroup
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services.recording import (
    check_not_merged,
    locked_request,
    state_facts,
)
from yinuo.domains.requests.services.wishing import wished
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, writing

REASON_LENGTH = 4_000
TOPIC = "request.routed"
ROUTED, TAKEN, ESCALATED = "routed", "taken", "group_escalated"


def take_request(
    *, actor: Actor, request_id: object, version: int | None, source: str, now: datetime
) -> Request:
    """Take an open request that nobody looks after out of its group's queue.

    Raises IllegalMove when somebody has it already, naming him, or when it is in no queue;
    Conflict when `version` is given and stale, Forbidden without the right to work on it.
    """
    with writing(actor=actor, now=now) as work:
        request = _open_request(actor, request_id)
        group = request.group
        if request.owner is not None:
            raise IllegalMove(_("%(name)s has taken it already.") % {"name": request.owner.name})
        if group is None or actor.person_id is None:
            raise IllegalMove(_("It stands in no queue."))
        fact = StepFact(TAKEN, now, _named(group), {"to": actor.name})
        changes = {"owner_id": actor.person_id, "owner_unit_id": None}
        state_facts(request, [fact], source=source, work=work, version=version, changes=changes)
        set_owner(request.public_id, person_id=actor.person_id, actor=actor, now=now)
        return request


def escalate_request(
    *,
    actor: Actor,
    request_id: object,
    reason: str,
    version: int,
    source: str,
    now: datetime,
) -> Request:
    """Pass an open request on to the group after its own: it waits in that queue.

    Raises IllegalMove when its group has none after it, InvalidInput without a reason, Conflict
    when `version` is stale.
    """
    with writing(actor=actor, now=now) as work:
        request = _open_request(actor, request_id)
        if not reason.strip() or len(reason) > REASON_LENGTH:
            raise InvalidInput({"reason": _("Say why, in at most 4,000 characters.")})
        group: Any = request.group
        following: SupportGroup | None = group and group.next
        if following is None or not following.active:
            raise IllegalMove(_("There is no group to escalate to. Hand it over instead."))
        attrs = {"from_group": group.name, **_named(following)}
        words = {"from": request.owner.name if request.owner else group.name, "reason": reason}
        state_facts(
            request,
            [StepFact(ESCALATED, now, attrs, words)],
            source=source,
            work=work,
            version=version,
            changes={
                "group_id": following.pk,
                "owner_id": None,
                "owner_unit_id": None,
                **wished(following.offer_mode),
            },
            reason=reason.strip(),
        )
        set_owner(request.public_id, person_id=None, actor=actor, now=now)
        tell_members(following, request, work)
        return request


def is_member(group: SupportGroup, actor: Actor) -> bool:
    """True when the actor takes requests of this group."""
    if actor.person_id is None:
        return False
    return GroupMember.objects.filter(group=group, person_id=actor.person_id).exists()


def tell_members(group: SupportGroup, request: Request, work: Work) -> None:
    """Everybody of the group but the actor learns that a request waits in its queue."""
    members = GroupMember.objects.filter(group=group).values_list("person_id", flat=True)
    others = [one for one in members if one != getattr(work.actor, "person_id", None)]
    if not others:
        return
    roster = read_roster()
    holders = [holder for one in others if (holder := roster.person(one))]
    data = {"group": group.name}
    notify(work, Telling(TOPIC, "request", request.public_id, request.unit_id, data), holders, ())


def _open_request(actor: Actor, request_id: object) -> Request:
    """A visible open request, locked, on which the actor may work."""
    request = locked_request(actor, request_id)
    require(actor, Permission.REQUEST_WORK, request.unit_id)
    check_not_merged(request)
    if RequestState(request.state) not in OPEN:
        raise IllegalMove(_("A closed request stays where it is. Reopen it first."))
    return request


def _named(group: SupportGroup) -> dict[str, str]:
    return {"group": str(group.public_id), "group_name": group.name}
