"""Steps that are said in a word: acknowledge, approve, return, release parts, any hand-over."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.emergency.chains import chain_of
from yinuo.domains.emergency.gate import require_parts_released
from yinuo.domains.emergency.models import ChainAct, EmergencyPlan
from yinuo.domains.emergency.policies import require_step
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
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import writing

# What this function takes; the others have their own, with more to say.
PLAIN = frozenset({Act.ACKNOWLEDGED, Act.APPROVED, Act.RETURNED, Act.RELEASED, Act.DONE})


def take_chain_step(
    *, actor: Actor, plan_id: object, version: int, act: str, doing: Doing, now: datetime
) -> EmergencyPlan:
    """Acknowledge, approve, return with the reason, release parts, or finish another hand-over.

    An approval is never the writer's own, nor that of a stand-in of him. A release is kept with the
    approval it rests on. Raises InvalidInput for an unknown act, a wrong time, or a return without
    a reason; Forbidden, saying why, for whom the step is not; IllegalMove when it is not its turn
    or was done already; Conflict; NotFound.
    """
    if act not in {one.value for one in PLAIN}:
        raise InvalidInput({"act": _("There is no such step.")})
    wanted = Act(act)
    with writing(actor=actor, now=now) as work:
        row = locked_plan(actor, plan_id)
        step = waiting_step(row, version, wanted)
        standing = require_step(actor, row, step, now)
        why = _("Say why.") if wanted is Act.RETURNED else ""
        checked_text("note", doing.note, needed=why)
        at = instant_of(row, doing, now)
        approval: ChainAct | None = None
        changes = {}
        if wanted is Act.RELEASED:
            require_parts_released(row.request)
            approval = approval_of(row)
        if wanted is Act.APPROVED and row.position == chain_of(row).gate:
            changes = {"approved_at": at, "approved_by": actor.label}
        if wanted is Act.RETURNED:
            changes = {"approved_at": None, "approved_by": ""}
        taken = Taken(
            wanted,
            doing,
            actor.label,
            actor.person_id,
            standing.value,
            approval_id=approval.pk if approval else None,
            changes=changes,
        )
        take(row, taken, at, work=work)
        return row


def approval_of(row: EmergencyPlan) -> ChainAct | None:
    """The act that opened the gate of the plan's present revision, None where it is not there.

    A chain without an approval opens with its writing.
    """
    gate = chain_of(row).gate
    acts = ChainAct.objects.filter(plan=row, revision=row.revision, position=gate)
    return acts.filter(act__in=[Act.APPROVED.value, Act.SUBMITTED.value]).first()
