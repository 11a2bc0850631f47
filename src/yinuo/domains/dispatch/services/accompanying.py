"""Sending people along to a visit: named on the sheet, the lead's hours booked for each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from yinuo.domains.dispatch.along import demand_of, kept_time, require_able
from yinuo.domains.dispatch.booking import change_companions
from yinuo.domains.fieldwork.companions import companions_of
from yinuo.domains.fieldwork.planned import get_visit
from yinuo.domains.fieldwork.services.accompanying import name_companions
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.selectors import people_on_duty
from yinuo.platform.journal.work import writing


def send_along(
    *,
    actor: Actor,
    work_order_id: object,
    person_ids: Collection[object],
    version: int | None = None,
    now: datetime,
) -> Any:
    """Let exactly these people go along; each is booked for the hours kept for the lead.

    Gives the sheet. Raises CannotGo for the first who breaks a hard rule or has other work then,
    and what `name_companions` raises.
    """
    with writing(actor=actor, now=now):
        order, new = name_companions(
            actor=actor,
            work_order_id=work_order_id,
            person_ids=person_ids,
            version=version,
            now=now,
        )
        visit = get_visit(actor, work_order_id)
        companions = companions_of([order.pk])[order.pk]
        fresh = {one.id for one in new}
        demand = demand_of(visit, kept_time(visit), now)
        added = [one for one in companions if one.person_id in fresh]
        require_able(actor, demand, added, people_on_duty(demand.starts_at))
        names = {one.person_id: one.name for one in companions}
        change_companions(names, order.pk, order.assignee_id, now)
        return order
