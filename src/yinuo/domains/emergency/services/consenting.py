"""The customer is told arrival, lead, work and cost, and agrees or declines (BP-07)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.emergency.models import EmergencyPlan, Estimate
from yinuo.domains.emergency.policies import plans_behind, require_step
from yinuo.domains.emergency.services.moving import (
    NAME_LENGTH,
    Taken,
    checked_text,
    instant_of,
    locked,
    locked_plan,
    take,
    waiting_step,
)
from yinuo.domains.emergency.types import ConsentGiven, Doing
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services.visiting import actor_for
from yinuo.domains.requests.visitors import own_requests
from yinuo.kernel.emergency import Act
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.files.types import owner_of
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.links.services import issue_link, revoke_links
from yinuo.platform.links.types import Holder, Link
from yinuo.platform.scoped import one_of

LINK_PURPOSE = "emergency"
# An emergency that nobody answers within a day is asked about again.
LINK_LASTS = timedelta(hours=24)
BY_PHONE, BY_LINK, BY_ACCOUNT = "phone", "link", "account"
ANSWERS = {"accepted": Act.AGREED, "declined": Act.DECLINED}


class AskedPlan(NamedTuple):
    """The plan and the secret of its link, which is shown this once."""

    plan: EmergencyPlan
    secret: str


def record_consent(
    *,
    actor: Actor,
    plan_id: object,
    version: int,
    given: ConsentGiven,
    doing: Doing,
    now: datetime,
) -> EmergencyPlan:
    """Take down what the customer said on the phone, and the arrival estimate he was told.

    Declined, the plan goes back to its writer. Raises InvalidInput without his name, without an
    estimate or with one before the call, without a reason when he declines; else as
    `take_chain_step`.
    """
    act = Act.AGREED if given.agrees else Act.DECLINED
    with writing(actor=actor, now=now) as work:
        row = locked_plan(actor, plan_id)
        step = waiting_step(row, version, act)
        require_step(actor, row, step, now)
        at = instant_of(row, doing, now)
        name = checked_text(
            "name", given.name, NAME_LENGTH, needed=_("Give the name of whom you spoke to.")
        )
        checked_text("note", doing.note, needed="" if given.agrees else _("Say why."))
        arrival = given.arrival_at or row.arrival_at
        changes: dict[str, Any] = {}
        if given.agrees:
            changes = {"arrival_at": checked_arrival(arrival, at)}
            _tell_estimate(row, changes["arrival_at"], at, actor.label, name)
        revoke_links(purpose=LINK_PURPOSE, owner=owner_of(row), actor=actor, now=now)
        taken = Taken(
            act,
            doing,
            actor.label,
            actor.person_id,
            BY_PHONE,
            words={"name": name},
            changes=changes,
        )
        take(row, taken, at, work=work)
        return row


def ask_by_link(
    *,
    actor: Actor,
    plan_id: object,
    version: int,
    arrival_at: datetime | None,
    now: datetime,
) -> AskedPlan:
    """Make the link by which the customer reads the plan and answers; the one before is void.

    Raises InvalidInput without an estimate that lies ahead; else as `take_chain_step`.
    """
    with writing(actor=actor, now=now) as work:
        row = locked_plan(actor, plan_id)
        step = waiting_step(row, version, Act.AGREED)
        require_step(actor, row, step, now)
        arrival = checked_arrival(arrival_at or row.arrival_at, now)
        stored(row, expected_version=None, changes={"arrival_at": arrival})
        secret = issue_link(
            purpose=LINK_PURPOSE,
            owner=owner_of(row),
            expires_at=now + LINK_LASTS,
            actor=actor,
            now=now,
        )
        work.audit("emergency.ask", row, after={"arrival_at": arrival.isoformat()})
        work.emit("emergency.changed", row, {"number": row.number, "act": "asked"})
        return AskedPlan(row, secret)


def answer_plan(
    *, link: Link, name: str, outcome: str, reason: str, now: datetime
) -> EmergencyPlan:
    """The customer agrees or declines by the link he holds; call it inside `use_link`.

    Raises NotFound when the plan is gone, IllegalMove when it does not wait for him, InvalidInput
    on `reason` when he declines without one.
    """
    act = ANSWERS[outcome]
    said = checked_text("reason", reason, needed=_("Say why.") if act is Act.DECLINED else "")
    with writing(actor=Holder(name), now=now) as work:
        row: EmergencyPlan | None = locked(plans_behind(link)).first()
        if row is None or link.purpose != LINK_PURPOSE:
            raise NotFound
        waiting_step(row, None, act)
        if act is Act.AGREED and row.arrival_at is not None and row.arrival_at > now:
            _tell_estimate(row, row.arrival_at, now, name, name)
        doing = Doing(source="web", note=said)
        taken = Taken(act, doing, name, None, BY_LINK, words={"name": name}, shown=True)
        take(row, taken, now, work=work)
        return row


def answer_for_customer(
    *, visitor: Visitor, plan_id: object, version: int, outcome: str, reason: str, now: datetime
) -> EmergencyPlan:
    """The customer's signed-in contact agrees or declines; the link, if there is one, is void.

    Raises NotFound for a plan of another customer, IllegalMove when it does not wait for him,
    Conflict when it changed since he read it, InvalidInput for an unknown answer or on `reason`
    when he declines without one.
    """
    if outcome not in ANSWERS:
        raise InvalidInput({"outcome": _("Choose one of the ways offered.")})
    act = ANSWERS[outcome]
    said = checked_text("reason", reason, needed=_("Say why.") if act is Act.DECLINED else "")
    actor = actor_for(visitor)
    with writing(actor=actor, now=now) as work:
        plans = EmergencyPlan.objects.filter(request__in=own_requests(visitor))
        row: EmergencyPlan = one_of(locked(plans), plan_id)
        waiting_step(row, version, act)
        if act is Act.AGREED and row.arrival_at is not None and row.arrival_at > now:
            _tell_estimate(row, row.arrival_at, now, visitor.name, visitor.name)
        revoke_links(purpose=LINK_PURPOSE, owner=owner_of(row), actor=actor, now=now)
        doing = Doing(source="web", note=said)
        words = {"name": visitor.name}
        taken = Taken(act, doing, visitor.name, None, BY_ACCOUNT, words=words, shown=True)
        take(row, taken, now, work=work)
        return row


def checked_arrival(arrival: datetime | None, at: datetime) -> datetime:
    """The estimate, when it lies after `at`; InvalidInput on `arrival_at` else."""
    if arrival is None:
        raise InvalidInput({"arrival_at": _("Give the time of arrival you expect.")})
    if arrival.tzinfo is None:
        raise InvalidInput({"arrival_at": _("Give the time with its zone, such as +08:00.")})
    if arrival <= at:
        raise InvalidInput({"arrival_at": _("The arrival lies ahead. Give a later time.")})
    return arrival


def _tell_estimate(row: EmergencyPlan, arrival: datetime, at: datetime, by: str, name: str) -> None:
    Estimate.objects.create(
        plan=row, arrival_at=arrival, told_at=at, told_by=by[:NAME_LENGTH], reached=name
    )
