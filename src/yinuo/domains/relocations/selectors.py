"""Reading relocations; limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.relocations.models import Relocation, RelocationEvent, RelocationStep
from yinuo.domains.relocations.policies import visible_relocation_steps, visible_relocations
from yinuo.domains.relocations.services.holding import stages_of
from yinuo.domains.relocations.types import RelocationRow, RelocationView, StepEvent, StepRow
from yinuo.kernel.relocation_states import (
    RELOCATION_ENDED,
    RelocationState,
    StepAct,
    StepState,
    acts_of_step,
)
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

OPEN = "open"
MOST_BESIDE = 20
_ENDED = [state.value for state in RELOCATION_ENDED]
_S = RelocationState
# What may be done with a whole relocation in each state.
_ACTS = {
    _S.PLANNING: frozenset({"step", "send", "approve", "cancel"}),
    _S.SENT: frozenset({"approve", "take_back", "cancel"}),
    _S.APPROVED: frozenset({"replan", "cancel"}),
    _S.ROLLED_BACK: frozenset({"replan", "cancel"}),
    _S.DONE: frozenset({"accept"}),
}


def list_relocations(
    actor: Actor, *, state: str = "", text: str = "", cursor: str = "", limit: int = 50
) -> Page[RelocationRow]:
    """Visible relocations, the newest first, by part of number, title or customer; `open` for
    those not ended."""
    rows = visible_relocations(actor).select_related("customer", "unit")
    if state == OPEN:
        rows = rows.exclude(state__in=_ENDED)
    elif state:
        rows = rows.filter(state=state)
    if word := text.strip():
        rows = rows.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(customer__name__icontains=word)
        )
    page = page_of(rows, order=("-id",), cursor=cursor, limit=limit)
    shown = {one.public_id: one for one in relocation_rows(page.items)}
    return page.map(lambda one: shown[one.public_id])


def get_relocation(actor: Actor, relocation_id: object) -> RelocationView:
    """One visible relocation with its plan and everything done; NotFound otherwise."""
    seen = visible_relocations(actor).select_related("customer", "unit")
    found = one_of(seen, relocation_id)
    may = actor.may(Permission.RELOCATION_WRITE, found.unit_id)
    return RelocationView(
        row=relocation_rows([found])[0],
        text=found.text,
        revision=found.revision,
        planned_by=found.planned_by,
        planned_at=found.planned_at,
        content_hash=found.content_hash,
        approved_by=found.approved_by,
        approved_on=found.approved_on,
        approved_at=found.approved_at,
        accepted_by=found.accepted_by,
        accepted_on=found.accepted_on,
        end_text=found.end_text,
        ended_at=found.ended_at,
        steps=steps_shown(found, may=may),
        acts=_ACTS.get(_S(found.state), frozenset()) if may else frozenset(),
    )


def relocation_of_step(actor: Actor, step_id: object) -> tuple[RelocationView, StepRow]:
    """The visible relocation of a step, and the step; NotFound otherwise."""
    seen = visible_relocation_steps(actor).select_related("relocation")
    step = one_of(seen, step_id)
    view = get_relocation(actor, step.relocation.public_id)
    return view, next(one for one in view.steps if one.public_id == step.public_id)


def relocations_of_customer(actor: Actor, customer_id: object) -> list[RelocationRow]:
    """The newest visible relocations of a customer (public id)."""
    if not actor.may(Permission.RELOCATION_READ):
        return []
    rows = visible_relocations(actor).filter(customer__public_id=identity(customer_id))
    return relocation_rows(rows.select_related("customer", "unit").order_by("-id")[:MOST_BESIDE])


def relocation_rows(found: Iterable[Any]) -> list[RelocationRow]:
    """Relocations the caller has checked, as lists show them; one query."""
    relocations = list(found)
    steps: dict[int, list[RelocationStep]] = {one.pk: [] for one in relocations}
    for step in RelocationStep.objects.filter(relocation__in=relocations):
        steps[step.relocation_id].append(step)
    return [_row(one, steps[one.pk]) for one in relocations]


def _row(one: Any, steps: list[RelocationStep]) -> RelocationRow:
    return RelocationRow(
        public_id=one.public_id,
        version=one.version,
        number=one.number,
        state=one.state,
        title=one.title,
        customer_public_id=one.customer.public_id,
        customer_name=one.customer.name,
        unit_id=one.unit_id,
        unit_name=one.unit.name,
        begins_at=min((step.planned_from for step in steps), default=None),
        ends_at=max((step.planned_to for step in steps), default=None),
        steps=len(steps),
        done=sum(step.state == StepState.DONE.value for step in steps),
        planned_minutes=sum(step.interruption_minutes for step in steps),
        real_minutes=sum(step.real_minutes or 0 for step in steps),
    )


def steps_shown(found: Relocation, *, may: bool = False) -> tuple[StepRow, ...]:
    """The plan of a relocation the caller has checked, with the acts open to who `may`."""
    rows = RelocationStep.objects.filter(relocation=found).order_by("position")
    steps = list(rows.prefetch_related("events"))
    stages = stages_of(steps)
    state = RelocationState(found.state)
    return tuple(
        _step(one, acts_of_step(stages, one.position, state) if may else frozenset())
        for one in steps
    )


def _step(one: Any, acts: frozenset[StepAct]) -> StepRow:
    events = sorted(one.events.all(), key=lambda event: event.pk)
    return StepRow(
        public_id=one.public_id,
        position=one.position,
        what=one.what,
        who=one.who,
        planned_from=one.planned_from,
        planned_to=one.planned_to,
        interruption_minutes=one.interruption_minutes,
        check_how=one.check_how,
        roll_back=one.roll_back,
        is_parallel=one.is_parallel,
        state=one.state,
        started_at=one.started_at,
        ended_at=one.ended_at,
        real_minutes=one.real_minutes,
        events=tuple(_event(event) for event in events),
        acts=tuple(act.value for act in StepAct if act in acts),
    )


def _event(one: RelocationEvent) -> StepEvent:
    return StepEvent(
        revision=one.revision,
        kind=one.kind,
        text=one.text,
        minutes=one.minutes,
        at=one.at,
        recorded_by=one.recorded_by,
    )
