"""A plan ends: withdrawn with the reason, or closed with what came of it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.emergency.chains import chain_of
from yinuo.domains.emergency.models import EmergencyPlan
from yinuo.domains.emergency.policies import require_step, standing_in
from yinuo.domains.emergency.services.consenting import LINK_PURPOSE
from yinuo.domains.emergency.services.moving import (
    Taken,
    checked_text,
    instant_of,
    locked_plan,
    take,
    waiting_step,
)
from yinuo.domains.emergency.types import Doing
from yinuo.domains.network.types import Actor
from yinuo.kernel.emergency import Act
from yinuo.kernel.plan.emergency import EmergencyStep
from yinuo.platform.files.types import owner_of
from yinuo.platform.journal.work import writing
from yinuo.platform.links.services import revoke_links


def withdraw_plan(
    *, actor: Actor, plan_id: object, version: int, doing: Doing, now: datetime
) -> EmergencyPlan:
    """Take the plan back while it runs, by who may write it; the gate closes, links end.

    Raises InvalidInput without a reason, Forbidden, IllegalMove once it has ended, Conflict.
    """
    return _end(actor, plan_id, version, Act.WITHDRAWN, doing, now)


def close_plan(
    *, actor: Actor, plan_id: object, version: int, doing: Doing, now: datetime
) -> EmergencyPlan:
    """Close a plan whose crew is under way, with what came of it. Raises as `withdraw_plan`."""
    return _end(actor, plan_id, version, Act.CLOSED, doing, now)


def _end(
    actor: Actor, plan_id: object, version: int, act: Act, doing: Doing, now: datetime
) -> EmergencyPlan:
    with writing(actor=actor, now=now) as work:
        row = locked_plan(actor, plan_id)
        waiting_step(row, version, act)
        # Whoever may write a plan may end it; the last step's holder may close it too.
        steps = chain_of(row).steps
        own = (steps[0], steps[-1]) if act is Act.CLOSED else (steps[0],)
        _require_one(actor, row, own, now)
        needed = _("Say why.") if act is Act.WITHDRAWN else _("Say what came of it.")
        reason = checked_text("note", doing.note, needed=needed)
        at = instant_of(row, doing, now)
        revoke_links(purpose=LINK_PURPOSE, owner=owner_of(row), actor=actor, now=now)
        changes = {"ended_at": at, "ended_reason": reason, "next_at": None}
        taken = Taken(act, doing, actor.label, actor.person_id, changes=changes)
        take(row, taken, at, work=work)
        return row


def _require_one(
    actor: Actor, row: EmergencyPlan, steps: tuple[EmergencyStep, ...], now: datetime
) -> None:
    if not any(standing_in(actor, row, step, now) for step in steps):
        require_step(actor, row, steps[0], now)
