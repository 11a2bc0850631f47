"""Handing a request over: who looks after it from now on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.network.holders import Holder, holders_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.roster import read_roster
from yinuo.domains.network.types import Actor
from yinuo.domains.network.upline import Group, units_over
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.obligations.services import set_owner
from yinuo.domains.requests.group_models import SupportGroup
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.routing import groups_over
from yinuo.domains.requests.services.queueing import tell_members
from yinuo.domains.requests.services.recording import (
    check_not_merged,
    locked_request,
    state_facts,
)
from yinuo.domains.requests.services.wishing import wished
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.scoped import identity

REASON_LENGTH = 4_000
TOPIC = "request.handed_over"


@dataclass(frozen=True, slots=True)
class Handover:
    """To a person, a unit whose people share it, or a support group's queue, by public id; why."""

    to_id: object
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Target:
    """Where it goes: one of person, unit and group is there."""

    name: str
    person: Holder | None = None
    unit: Group | None = None
    group: SupportGroup | None = None

    def changes(self, request: Request) -> dict[str, Any]:
        """The columns of the request; a person keeps the group it came to, a unit does not."""
        group_id = request.group_id if self.person else None
        return {
            "owner_id": self.person.id if self.person else None,
            "owner_unit_id": self.unit.id if self.unit else None,
            "group_id": self.group.pk if self.group else group_id,
        }


def hand_over(
    *,
    actor: Actor,
    request_id: object,
    handover: Handover,
    version: int,
    source: str,
    now: datetime,
) -> Request:
    """Give an open request to somebody who may work on it.

    Raises NotFound for a person or unit that may not: foreign, absent and inactive look alike;
    Conflict when `version` is stale, IllegalMove when the request is closed.
    """
    with writing(actor=actor, now=now) as work:
        request = locked_request(actor, request_id)
        require(actor, Permission.REQUEST_WORK, request.unit_id)
        check_not_merged(request)
        if RequestState(request.state) not in OPEN:
            raise IllegalMove(_("A closed request stays where it is. Reopen it first."))
        target = _target(handover, request.unit_id)
        changes = target.changes(request)
        if all(getattr(request, name) == value for name, value in changes.items()):
            raise InvalidInput({"to_id": _("It is already there.")})
        if target.group is not None:
            changes |= wished(target.group.offer_mode)
        words = _words(handover, request, target.name)
        fact = StepFact("handed_over", now, _attrs(request, target), words)
        state_facts(
            request,
            [fact],
            source=source,
            work=work,
            version=version,
            changes=changes,
            reason=handover.reason.strip(),
        )
        owner_id = changes["owner_id"]
        set_owner(request.public_id, person_id=owner_id, actor=actor, now=now)
        if target.group is not None:
            tell_members(target.group, request, work)
        if owner_id is not None and owner_id != actor.person_id:
            _tell(request, owner_id, work)
        return request


def _tell(request: Request, person_id: int, work: Work) -> None:
    """The next one learns of it in the app."""
    holder = read_roster().person(person_id)
    telling = Telling(TOPIC, "request", request.public_id, request.unit_id)
    notify(work, telling, [holder] if holder else [], ())


def _target(handover: Handover, unit_id: int) -> _Target:
    if len(handover.reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Use at most 4,000 characters.")})
    wanted = identity(handover.to_id)
    people = holders_of(Permission.REQUEST_WORK, unit_id)
    if person := next((one for one in people if one.public_id == wanted), None):
        return _Target(person.name, person=person)
    if unit := next((one for one in units_over(unit_id) if one.public_id == wanted), None):
        return _Target(unit.name, unit=unit)
    if group := next((one for one in groups_over(unit_id) if one.public_id == wanted), None):
        return _Target(group.name, group=group)
    raise NotFound


def _attrs(request: Request, target: _Target) -> dict[str, str]:
    """From whom to whom, by ids: names stay where they can be erased."""
    attrs = {
        "from_person": request.owner and request.owner.public_id,
        "from_unit": request.owner_unit and request.owner_unit.public_id,
        "to_person": target.person and target.person.public_id,
        "to_unit": target.unit and target.unit.public_id,
        "to_group": target.group and target.group.public_id,
    }
    return {name: str(public_id) for name, public_id in attrs.items() if public_id}


def _words(handover: Handover, request: Request, to_name: str) -> dict[str, str]:
    from_name = request.owner.name if request.owner else ""
    if request.owner_unit:
        from_name = request.owner_unit.name
    return {"from": from_name, "to": to_name, "reason": handover.reason}
