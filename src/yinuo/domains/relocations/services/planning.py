"""Planning a relocation: its steps, who, when, how checked and how rolled back (SA-13)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.network.upline import document_number
from yinuo.domains.relocations.models import Relocation, RelocationStep
from yinuo.domains.relocations.services.holding import held_relocation, held_step, steps_of
from yinuo.domains.relocations.types import MOST_MINUTES, MOST_STEPS, StepData
from yinuo.kernel.relocation_states import RelocationState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

DOCUMENT_KIND = "BQ"
TITLE_LENGTH, STORY_LENGTH = 200, 20_000
_PLANNING = (RelocationState.PLANNING,)
_TEXTS = {"what": 300, "who": 120, "check_how": 500, "roll_back": 500}


def plan_relocation(
    *, actor: Actor, customer_id: object, title: str, text: str, now: datetime
) -> Relocation:
    """Begin the plan of a relocation for a customer. Raises NotFound, Forbidden, InvalidInput."""
    problems = {}
    if not title.strip() or len(title) > TITLE_LENGTH:
        problems["title"] = _("Give a title of at most 200 characters.")
    if not text.strip() or len(text) > STORY_LENGTH:
        problems["text"] = _("Say what is moved where and why, in at most 20,000 characters.")
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        customer = one_of(visible_customers(actor), customer_id)
        require(actor, Permission.RELOCATION_WRITE, customer.unit_id)
        found = Relocation.objects.create(
            number=document_number(DOCUMENT_KIND, customer.unit_id, work.now),
            unit_id=customer.unit_id,
            customer=customer,
            title=title.strip(),
            text=text.strip(),
            planned_by=actor.label,
            planned_at=work.now,
        )
        work.audit("relocation.plan", found, after={"number": found.number})
        work.emit("relocation.planned", found, {"number": found.number})
        return found


def add_step(
    *, actor: Actor, relocation_id: object, version: int, data: StepData, now: datetime
) -> RelocationStep:
    """Add a step to a plan that is not approved yet, at its end or at a position.

    Raises InvalidInput by field, IllegalMove once approved or with 60 steps, Conflict, NotFound.
    """
    columns = _checked(data)
    with writing(actor=actor, now=now) as work:
        relocation = held_relocation(actor, relocation_id, version, _PLANNING)
        steps = steps_of(relocation)
        if len(steps) >= MOST_STEPS:
            raise IllegalMove(_("A plan has at most 60 steps."))
        position = min(data.position or len(steps) + 1, len(steps) + 1)
        later = RelocationStep.objects.filter(relocation=relocation, position__gte=position)
        later.update(position=F("position") + 1)
        step = RelocationStep.objects.create(relocation=relocation, position=position, **columns)
        stored(relocation, expected_version=None, changes={})
        work.audit("relocation.add_step", relocation, after={"step": position, "what": step.what})
        return step


def change_step(
    *, actor: Actor, step_id: object, version: int, data: StepData, now: datetime
) -> RelocationStep:
    """Change a step of a plan that is not approved yet. Raises as `add_step`."""
    columns = _checked(data)
    with writing(actor=actor, now=now) as work:
        relocation, step = held_step(actor, step_id, version, _PLANNING)
        for name, value in columns.items():
            setattr(step, name, value)
        step.save(update_fields=list(columns))
        stored(relocation, expected_version=None, changes={})
        work.audit("relocation.change_step", relocation, after={"step": step.position})
        return step


def remove_step(*, actor: Actor, step_id: object, version: int, now: datetime) -> Relocation:
    """Take a step out of a plan that is not approved yet; the later ones move up.

    Raises IllegalMove once approved, or for a step that was begun under an earlier revision.
    """
    with writing(actor=actor, now=now) as work:
        relocation, step = held_step(actor, step_id, version, _PLANNING)
        if step.events.exists():
            raise IllegalMove(_("This step was carried out before: its record stays. Change it."))
        position = step.position
        step.delete()
        later = RelocationStep.objects.filter(relocation=relocation, position__gt=position)
        later.update(position=F("position") - 1)
        stored(relocation, expected_version=None, changes={})
        work.audit("relocation.remove_step", relocation, after={"step": position})
        return relocation


def _checked(data: StepData) -> dict[str, Any]:
    problems: dict[str, str] = {}
    for name, most in _TEXTS.items():
        if not 0 < len(getattr(data, name).strip()) <= most:
            problems[name] = _("Fill this in, with at most %(most)d characters.") % {"most": most}
    if data.planned_to <= data.planned_from:
        problems["planned_to"] = _("It ends before it begins. Correct it.")
    if not 0 <= data.interruption_minutes <= MOST_MINUTES:
        problems["interruption_minutes"] = _("Give 0 to 100,000 minutes.")
    if data.position is not None and data.position < 1:
        problems["position"] = _("Count from 1.")
    if problems:
        raise InvalidInput(problems)
    return {name: getattr(data, name).strip() for name in _TEXTS} | {
        "planned_from": data.planned_from,
        "planned_to": data.planned_to,
        "interruption_minutes": data.interruption_minutes,
        "is_parallel": data.is_parallel,
    }
