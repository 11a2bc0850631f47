"""A relocation held for one act: found in the actor's scope, locked, as it was when read."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.relocations.models import Relocation, RelocationStep
from yinuo.domains.relocations.policies import visible_relocation_steps, visible_relocations
from yinuo.kernel.relocation_states import RelocationState, Stage, StepState
from yinuo.platform.errors import Conflict, IllegalMove
from yinuo.platform.scoped import one_of

TEXT_LENGTH, NAME_LENGTH = 1_000, 80


def held_relocation(
    actor: Actor, relocation_id: object, version: int, states: Collection[RelocationState]
) -> Relocation:
    """The relocation, locked, in one of these states.

    Raises NotFound, Forbidden, Conflict when somebody was faster, IllegalMove in another state.
    """
    seen = visible_relocations(actor).select_for_update(of=("self",))
    found = one_of(seen, relocation_id)
    require(actor, Permission.RELOCATION_WRITE, found.unit_id)
    if found.version != version:
        raise Conflict(details={"yours": version, "present": found.version})
    if RelocationState(found.state) not in states:
        said = _("Not now: this relocation is at another stage. Look at it again.")
        raise IllegalMove(said, details={"state": found.state})
    return found


def held_step(
    actor: Actor, step_id: object, version: int, states: Collection[RelocationState]
) -> tuple[Relocation, RelocationStep]:
    """A step with its relocation held; `version` is the relocation's."""
    step = one_of(visible_relocation_steps(actor).select_related("relocation"), step_id)
    relocation = held_relocation(actor, step.relocation.public_id, version, states)
    step.refresh_from_db()
    return relocation, step


def steps_of(relocation: Relocation) -> list[RelocationStep]:
    """The steps of a plan in their order."""
    return list(RelocationStep.objects.filter(relocation=relocation).order_by("position"))


def stages_of(steps: list[RelocationStep]) -> list[Stage]:
    """The same as the kernel reads them."""
    return [Stage(one.position, StepState(one.state), one.is_parallel) for one in steps]
