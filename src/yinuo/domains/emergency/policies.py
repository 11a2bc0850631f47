"""Which emergency plans an actor sees, and in which steps he may act.

The right lets him take part at all; which steps are his, the roles in the service plan say.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yinuo.domains.emergency.chains import held_as
from yinuo.domains.emergency.models import EmergencyPlan, Revision
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.role_holders import role_holders
from yinuo.domains.network.standing import roles_at
from yinuo.domains.network.types import Actor
from yinuo.kernel.emergency import Deciders, Standing, approver_standing
from yinuo.kernel.plan.emergency import EmergencyStep, StepKind
from yinuo.platform.errors import Forbidden
from yinuo.platform.links.types import Link


def visible_plans(
    actor: Actor, permission: Permission = Permission.EMERGENCY_READ
) -> QuerySet[EmergencyPlan]:
    """Emergency plans of the units where the actor holds the right."""
    return EmergencyPlan.objects.filter(unit_id__any=actor.units_for(permission))


def plans_behind(link: Link) -> QuerySet[EmergencyPlan]:
    """The plan that a link is about, for its holder."""
    return EmergencyPlan.objects.filter(public_id=link.owner.public_id)


def standing_in(
    actor: Actor, row: EmergencyPlan, step: EmergencyStep, now: datetime
) -> Standing | None:
    """As what the actor may take this step; None when it is not his."""
    if actor.person_id is None or not actor.may(Permission.EMERGENCY_WORK, row.unit_id):
        return None
    if step.kind is StepKind.APPROVE:
        return approver_standing(actor.person_id, writers_of(row), _deciders(row, step, now))
    held = roles_at(actor.person_id, row.unit_id)
    return Standing.HOLDER if held.intersection(held_as(step.roles)) else None


def require_step(actor: Actor, row: EmergencyPlan, step: EmergencyStep, now: datetime) -> Standing:
    """As what the actor takes the step; Forbidden, saying why, when it is not his."""
    standing = standing_in(actor, row, step, now)
    if standing is None:
        raise Forbidden(refusal(actor, row, step))
    return standing


def refusal(actor: Actor, row: EmergencyPlan, step: EmergencyStep) -> str:
    """Why a step is not this person's, in a sentence."""
    if step.kind is StepKind.APPROVE and actor.person_id in writers_of(row):
        return _("Whoever wrote or asked for a plan does not approve it. Somebody else decides.")
    if step.kind is StepKind.APPROVE:
        held = roles_at(actor.person_id or 0, row.unit_id)
        if held.intersection(held_as((*step.stand_in, *step.superior))):
            return _(
                "Somebody whose decision it is is there, or you would decide in the writer's "
                "place. You decide only while everybody else who may is away."
            )
    return _("This step belongs to others. The chain shows who holds it.")


def writers_of(row: EmergencyPlan) -> set[int]:
    """Who asked for this plan or wrote its present content, by internal id."""
    people = {row.opener_id}
    written = Revision.objects.filter(plan=row, number=row.revision)
    people.update(written.values_list("writer_id", flat=True))
    return {one for one in people if one is not None}


def _deciders(row: EmergencyPlan, step: EmergencyStep, now: datetime) -> Deciders:
    def of(roles: tuple[str, ...]) -> list[int]:
        found = role_holders(held_as(roles), row.unit_id, now) if roles else ()
        return [one.person_id for one in found]

    holders = role_holders(held_as(step.roles), row.unit_id, now)
    return Deciders(
        holders=[one.person_id for one in holders],
        away=[one.person_id for one in holders if one.is_away],
        stand_ins=of(step.stand_in),
        superiors=of(step.superior),
    )
