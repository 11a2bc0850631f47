"""The crew leaves: the customer is told by phone and SMS, and of every change later (BP-08)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.emergency.contacting import customer_of
from yinuo.domains.emergency.models import EmergencyPlan, Estimate, Revision
from yinuo.domains.emergency.policies import require_step
from yinuo.domains.emergency.services.consenting import checked_arrival
from yinuo.domains.emergency.services.moving import (
    NAME_LENGTH,
    SUBJECT_TYPE,
    Taken,
    checked_text,
    instant_of,
    locked_plan,
    take,
    waiting_step,
)
from yinuo.domains.emergency.types import Doing, Told
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.services.telling import notify_outside
from yinuo.domains.notices.types import Telling
from yinuo.domains.requests.services.recording import state_facts
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.emergency import CHAIN_OPEN, Act, ChainState
from yinuo.platform.errors import IllegalMove
from yinuo.platform.journal.work import Work, stored, writing

DEPARTED, ESTIMATE = "emergency.departed", "emergency.estimate"


def depart(
    *, actor: Actor, plan_id: object, version: int, told: Told, doing: Doing, now: datetime
) -> EmergencyPlan:
    """The crew leaves, and the customer is told: by SMS through the outbox, and by phone when
    `told.reached` names whom the call reached; the call waits in the outbox otherwise.

    The request records the departure unless the crew's sheet did. Raises InvalidInput for an
    estimate before the departure; else as `take_chain_step`.
    """
    with writing(actor=actor, now=now) as work:
        row = locked_plan(actor, plan_id)
        step = waiting_step(row, version, Act.DEPARTED)
        require_step(actor, row, step, now)
        at = instant_of(row, doing, now)
        arrival = checked_arrival(told.arrival_at, at)
        reached = tell_customer(row, DEPARTED, told, arrival, at, work)
        facts = (StepFact("departure_told", at, {"by": "phone" if reached else "sms"}),)
        taken = Taken(
            Act.DEPARTED,
            doing,
            actor.label,
            actor.person_id,
            words={"name": reached},
            changes={"arrival_at": arrival},
            facts=facts,
        )
        take(row, taken, at, work=work)
        return row


def change_estimate(
    *, actor: Actor, plan_id: object, version: int, told: Told, doing: Doing, now: datetime
) -> EmergencyPlan:
    """A new arrival estimate, told to the customer like the departure.

    Raises IllegalMove before the approval and after the end, InvalidInput for an estimate that does
    not lie ahead or without a reason, Conflict, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        row = locked_plan(actor, plan_id)
        if ChainState(row.state) not in CHAIN_OPEN or row.approved_at is None:
            raise IllegalMove(_("An estimate is changed while an approved plan runs."))
        at = instant_of(row, doing, now)
        arrival = checked_arrival(told.arrival_at, at)
        checked_text("reason", told.reason, needed=_("Say why."))
        told_anew(row, replace(told, arrival_at=arrival), doing, at, version=version, work=work)
        return row


def told_anew(
    row: EmergencyPlan,
    told: Told,
    doing: Doing,
    at: datetime,
    *,
    work: Work,
    version: int | None = None,
) -> None:
    """Keep and tell another arrival estimate of a locked plan; Conflict for a stale version."""
    arrival = told.arrival_at
    reached = tell_customer(row, ESTIMATE, told, arrival, at, work)
    before = {"arrival_at": row.arrival_at.isoformat() if row.arrival_at else None}
    stored(row, expected_version=version, changes={"arrival_at": arrival})
    attrs = {"plan": row.number}
    changed = {**attrs, "until": arrival.isoformat()}
    words = {"reason": told.reason, "late_reason": doing.late_reason}
    facts = [
        StepFact("estimate_changed", at, changed, words, shown=True),
        StepFact("estimate_told", at, {**attrs, "by": "phone" if reached else "sms"}),
    ]
    state_facts(row.request, facts, source=doing.source, work=work)
    after = {"arrival_at": arrival.isoformat()}
    work.audit("emergency.estimate", row, before=before, after=after, reason=told.reason)
    work.emit("emergency.changed", row, {"number": row.number, "act": "estimate"})


def tell_customer(
    row: EmergencyPlan, topic: str, told: Told, arrival: datetime, at: datetime, work: Work
) -> str:
    """Keep the estimate and tell it; gives whom the phone reached."""
    reached = checked_text("reached", told.reached, NAME_LENGTH)
    Estimate.objects.create(
        plan=row,
        arrival_at=arrival,
        told_at=at,
        told_by=work.actor.label[:NAME_LENGTH],
        reached=reached,
        reason=told.reason.strip(),
    )
    customer = customer_of(row.request)
    content = Revision.objects.filter(plan=row).select_related("lead").order_by("-number").first()
    data = {
        "number": row.number,
        "at": at.isoformat(),
        "arrival_at": arrival.isoformat(),
        "lead": content.lead.name if content else "",
        "lead_phone": content.lead.phone if content else "",
        "reason": told.reason.strip(),
    }
    telling = Telling(topic, SUBJECT_TYPE, row.public_id, row.unit_id, data)
    notify_outside(work, telling, customer, ("sms", "phone"), done=("phone",) if reached else ())
    return reached
