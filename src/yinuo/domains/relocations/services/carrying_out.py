"""Carrying a relocation out: step after step, and back in reverse order when one fails."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.network.types import Actor
from yinuo.domains.relocations.contents import plan_hash
from yinuo.domains.relocations.models import Relocation, RelocationEvent, RelocationStep
from yinuo.domains.relocations.services.holding import (
    TEXT_LENGTH,
    held_step,
    stages_of,
    steps_of,
)
from yinuo.domains.relocations.types import MOST_MINUTES, StepDoing
from yinuo.kernel.relocation_states import (
    RelocationState,
    StepAct,
    StepState,
    acts_of_step,
    next_to_roll_back,
)
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing

_S = RelocationState
_GOING = (_S.APPROVED, _S.UNDER_WAY, _S.ROLLING_BACK)
_TIMED = frozenset({StepAct.DONE, StepAct.FAILED, StepAct.ROLLED_BACK})
_TOLD = frozenset({StepAct.FAILED, StepAct.ROLLED_BACK})


def handle_step(
    *, actor: Actor, step_id: object, version: int, doing: StepDoing, now: datetime
) -> RelocationStep:
    """Start a step, end it, say that it failed, or roll it back; `version` is the relocation's.

    A step begins when everything before it is done, or beside the one before it when it is marked
    parallel. When one fails, those begun are rolled back, the last one first. Raises IllegalMove
    out of that order, InvalidInput by field, Conflict, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        relocation, step = held_step(actor, step_id, version, _GOING)
        act = _checked(step, doing, work.now)
        steps = steps_of(relocation)
        state = _S(relocation.state)
        if act not in acts_of_step(stages_of(steps), step.position, state):
            raise IllegalMove(_why_not(act), details={"state": step.state, "kind": act.value})
        if plan_hash(relocation, steps) != relocation.content_hash:
            raise IllegalMove(_("The plan is not the one that the customer approved."))
        at = doing.at or work.now
        _move(step, act, doing, at)
        RelocationEvent.objects.create(
            step=step,
            revision=relocation.revision,
            kind=act.value,
            text=doing.text.strip(),
            minutes=doing.minutes if act in _TIMED else None,
            at=at,
            recorded_at=work.now,
            recorded_by=actor.label,
        )
        stored(relocation, expected_version=None, changes={"state": _state_after(relocation, act)})
        work.audit(f"relocation.step_{act.value}", relocation, after={"step": step.position})
        work.emit("relocation.changed", relocation, {"number": relocation.number})
        return step


def _move(step: RelocationStep, act: StepAct, doing: StepDoing, at: datetime) -> None:
    changes: dict[str, Any] = {"started_at": at, "state": StepState.RUNNING.value}
    if act is not StepAct.STARTED:
        # What it took to come back stands still as well.
        stood_still = (step.real_minutes or 0) + (doing.minutes or 0)
        changes = {"ended_at": at, "state": act.value, "real_minutes": stood_still}
    for name, value in changes.items():
        setattr(step, name, value)
    step.save(update_fields=list(changes))


def _state_after(relocation: Relocation, act: StepAct) -> str:
    if act is StepAct.FAILED:
        return _S.ROLLING_BACK.value
    steps = steps_of(relocation)
    if act is StepAct.ROLLED_BACK:
        is_over = next_to_roll_back(stages_of(steps)) is None
        return _S.ROLLED_BACK.value if is_over else _S.ROLLING_BACK.value
    is_done = all(one.state == StepState.DONE.value for one in steps)
    return _S.DONE.value if is_done else _S.UNDER_WAY.value


def _why_not(act: StepAct) -> str:
    if act is StepAct.STARTED:
        return _("A step before it is not done yet, or one has failed.")
    if act is StepAct.ROLLED_BACK:
        return _("Steps are rolled back in reverse order, once one has failed.")
    return _("This step does not run.")


def _checked(step: RelocationStep, doing: StepDoing, now: datetime) -> StepAct:
    problems: dict[str, str] = {}
    if doing.kind not in set(StepAct):
        raise InvalidInput({"kind": _("Choose one of those offered.")})
    act = StepAct(doing.kind)
    at = doing.at or now
    if at.tzinfo is None or at > now:
        problems["at"] = _("This time is in the future. Correct it.")
    elif act is not StepAct.STARTED and step.started_at:
        begun = step.started_at.replace(second=0, microsecond=0)
        if at < begun:
            problems["at"] = _("This is before the step began.")
    if len(doing.text) > TEXT_LENGTH:
        problems["text"] = _("Use at most %(most)d characters.") % {"most": TEXT_LENGTH}
    elif act in _TOLD and not doing.text.strip():
        problems["text"] = _("Write down what was done or said.")
    is_known = doing.minutes is not None and 0 <= doing.minutes <= MOST_MINUTES
    if act in _TIMED and not is_known:
        problems["minutes"] = _("Say how many minutes business stood still; 0 for none.")
    if problems:
        raise InvalidInput(problems)
    return act
