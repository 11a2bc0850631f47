"""Within a unit: a sheet goes to a specialist with time and skill, else to the manager (LV-03)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.dispatch.going import who_can_go
from yinuo.domains.dispatch.services import send_engineer
from yinuo.domains.dispatch.types import Goer, Going
from yinuo.domains.fieldwork.planned import get_visit
from yinuo.domains.fieldwork.services.passing import note_passed_on
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.roster import read_roster
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Forbidden
from yinuo.platform.journal.work import writing

SPECIALIST, MANAGER = "service_specialist", "engineering_manager"


@dataclass(frozen=True, slots=True)
class Given:
    """Where a sheet went: to a specialist by name, or to the manager, who assigns."""

    work_order_public_id: UUID
    specialist_name: str


def give_sheet(*, actor: Actor, work_order_id: object, source: str, now: datetime) -> Given:
    """Let the rule find who goes: a specialist who has the skill and comes in time, the one that
    costs least; without one the engineering manager is told to assign.

    Needs the right to issue sheets there, not the one to assign: the rule assigns. Raises Forbidden
    without it, NotFound for a foreign sheet, IllegalMove when it is given already.
    """
    units = actor.units_for(Permission.WORK_ORDER_ISSUE)
    if not units:
        raise Forbidden
    granted = actor.units_for(Permission.WORK_ORDER_ASSIGN) | units
    rule = replace(actor, grants={**actor.grants, Permission.WORK_ORDER_ASSIGN: granted})
    with writing(actor=rule, now=now):
        unit_id = get_visit(rule, work_order_id).unit_id
        going = who_can_go(rule, work_order_id, now=now)
        roster = read_roster()
        specialists = {one.person_id for one in roster.holders((SPECIALIST,), unit_id).holders}
        found = next((one for one in going.goers if _is_free(one, going, specialists)), None)
        if found is None:
            managers = roster.holders((MANAGER,), unit_id).holders
            note_passed_on(
                actor=rule,
                work_order_id=work_order_id,
                to=managers,
                source=source,
                version=going.version,
                now=now,
            )
            return Given(going.work_order_public_id, "")
        send_engineer(
            actor=rule,
            work_order_id=work_order_id,
            person_id=found.public_id,
            version=going.version,
            reason=_("A service specialist with time and skill takes it."),
            source=source,
            now=now,
        )
        return Given(going.work_order_public_id, found.name)


def _is_free(one: Goer, going: Going, specialists: set[int]) -> bool:
    """A specialist who comes before the promise is due and makes nobody else wait."""
    in_time = going.due_at is None or one.starts_at <= going.due_at
    return one.person_id in specialists and in_time and not one.terms.get("others")
