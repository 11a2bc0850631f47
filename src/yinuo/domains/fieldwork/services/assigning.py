"""Giving a sheet to the one who goes: to oneself, or by whoever assigns (LV-03)."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.emergency.gate import require_people_released
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.services.accompanying import leave_out_lead
from yinuo.domains.fieldwork.services.issuing import SUBJECT_TYPE
from yinuo.domains.fieldwork.services.moving import Move, locked_order, move
from yinuo.domains.network.holders import Holder, holders_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.roster import read_roster
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.obligations.services import set_owner
from yinuo.kernel.work_states import WorkOrderState
from yinuo.platform.errors import Forbidden, NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.work import Work, writing

TOPIC = "work_order.assigned"


def assign_work_order(
    *,
    actor: Actor,
    work_order_id: object,
    assignee_id: object,
    version: int | None = None,
    source: str,
    now: datetime,
) -> WorkOrder:
    """Give the sheet to a person who performs such work in its unit.

    Taken by oneself it is accepted at once. Raises NotFound for a person who does not hold the
    right there, Forbidden for giving it to others without the right to assign, IllegalMove before
    an emergency plan that the request needs is approved (BP-07).
    """
    with writing(actor=actor, now=now) as work:
        order = locked_order(actor, work_order_id, version)
        person = _holder(order, assignee_id)
        own = person.id == actor.person_id
        if not own and not actor.may(Permission.WORK_ORDER_ASSIGN, order.unit_id):
            raise Forbidden
        require_people_released(order.request)
        changes = {
            "assignee_id": person.id,
            "assigned_at": now,
            "assigned_by": actor.label,
            "declined_reason": "",
        }
        before = order.assignee_id
        step = Move("assigned", changes, "assigned", now, shown={"person_id": person.id})
        move(order, step, actor=actor, source=source, work=work)
        leave_out_lead(order, person.id)
        if before != person.id:
            order.refresh_from_db(fields=["assignee"])
        # Whoever goes hears of the sheet's promises from now on.
        set_owner(order.public_id, person_id=person.id, actor=actor, now=now)
        if not own and before != person.id:
            _tell(order, person.id, work)
        if own and order.state == WorkOrderState.ASSIGNED:
            accepted = Move("accepted", fact="accepted", occurred_at=now)
            move(order, accepted, actor=actor, source=source, work=work)
        return order


def _tell(order: WorkOrder, person_id: int, work: Work) -> None:
    """Whoever goes learns of it at once, in the app (SV-10)."""
    holder = read_roster().person(person_id)
    telling = Telling(TOPIC, SUBJECT_TYPE, order.public_id, order.unit_id, {"number": order.number})
    notify(work, telling, [holder] if holder else [], ())


def _holder(order: WorkOrder, assignee_id: object) -> Holder:
    public_id = parse_public_id(assignee_id)
    people = holders_of(Permission.WORK_ORDER_PERFORM, order.unit_id)
    found = next((one for one in people if one.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found
