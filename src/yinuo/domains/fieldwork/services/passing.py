"""Passing a sheet on to whoever assigns, when the rule found nobody for it (LV-03)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.services.issuing import SUBJECT_TYPE
from yinuo.domains.fieldwork.services.moving import locked_order
from yinuo.domains.network.roster import Holder
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.kernel.work_states import WorkOrderState
from yinuo.platform.errors import IllegalMove
from yinuo.platform.journal.work import writing

TOPIC, PASSED_ON = "work_order.passed_on", "passed_on"


def note_passed_on(
    *,
    actor: Actor,
    work_order_id: object,
    version: int,
    to: Iterable[Holder],
    source: str,
    now: datetime,
) -> WorkOrder:
    """Record that a sheet waits for these people to assign it, and tell them.

    Raises IllegalMove when somebody has it already, Conflict for a stale sheet, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        order = locked_order(actor, work_order_id, version)
        if WorkOrderState(order.state) is not WorkOrderState.DRAFTED:
            raise IllegalMove(_("This sheet is given to somebody already."))
        fact = NewFact(PASSED_ON, now, source, {"role": "engineering_manager"})
        record_facts(order.public_id, [fact], actor=actor, now=now)
        work.audit("work_order.pass_on", order, after={"number": order.number})
        data = {"number": order.number}
        telling = Telling(TOPIC, SUBJECT_TYPE, order.public_id, order.unit_id, data)
        notify(work, telling, to, ())
        return order
