"""The states of a relocation and of its steps, and which step may be taken next."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class RelocationState(StrEnum):
    """Where a relocation (搬迁项目) stands."""

    PLANNING = "planning"
    # The plan is complete and waits for the customer's word; it does not change meanwhile.
    SENT = "sent"
    APPROVED = "approved"
    UNDER_WAY = "under_way"
    ROLLING_BACK = "rolling_back"
    ROLLED_BACK = "rolled_back"
    DONE = "done"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


class StepState(StrEnum):
    """Where a step of the plan stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    ROLLED_BACK = "rolled_back"


class StepAct(StrEnum):
    """What is done with a step."""

    STARTED = "started"
    DONE = "done"
    FAILED = "failed"
    ROLLED_BACK = "rolled_back"


RELOCATION_ENDED = frozenset({RelocationState.ACCEPTED, RelocationState.CANCELLED})
_TOUCHED = frozenset({StepState.RUNNING, StepState.DONE, StepState.FAILED})


class Stage(NamedTuple):
    """A step as far as the order of steps reads it; `is_parallel`: beside the one before it."""

    position: int
    state: StepState
    is_parallel: bool = False


def may_start(stages: Sequence[Stage], position: int) -> bool:
    """True when everything before a waiting step is done; steps marked parallel run beside the
    last step before them that is not.

    >>> first, beside = Stage(1, StepState.RUNNING), Stage(2, StepState.WAITING, True)
    >>> may_start([first, beside, Stage(3, StepState.WAITING)], 2)
    True
    >>> may_start([first, beside, Stage(3, StepState.WAITING)], 3)
    False
    """
    own = next((one for one in stages if one.position == position), None)
    if own is None or own.state is not StepState.WAITING:
        return False
    leads = [one.position for one in stages if one.position <= position and not one.is_parallel]
    lead = max(leads, default=position)
    return all(one.state is StepState.DONE for one in stages if one.position < lead)


def next_to_roll_back(stages: Sequence[Stage]) -> int | None:
    """The position of the step that is rolled back next, the last one that was begun leading; None
    when none is left.

    >>> next_to_roll_back([Stage(1, StepState.DONE), Stage(2, StepState.FAILED)])
    2
    >>> next_to_roll_back([Stage(1, StepState.DONE), Stage(2, StepState.ROLLED_BACK)])
    1
    """
    return max((one.position for one in stages if one.state in _TOUCHED), default=None)


def acts_of_step(
    stages: Sequence[Stage], position: int, state: RelocationState
) -> frozenset[StepAct]:
    """What may be done with a step now.

    >>> failed = [Stage(1, StepState.DONE), Stage(2, StepState.FAILED)]
    >>> sorted(acts_of_step(failed, 1, RelocationState.ROLLING_BACK))
    []
    >>> sorted(acts_of_step(failed, 2, RelocationState.ROLLING_BACK))
    [<StepAct.ROLLED_BACK: 'rolled_back'>]
    """
    if state is RelocationState.ROLLING_BACK:
        is_next = next_to_roll_back(stages) == position
        return frozenset({StepAct.ROLLED_BACK}) if is_next else frozenset()
    if state not in (RelocationState.APPROVED, RelocationState.UNDER_WAY):
        return frozenset()
    own = next((one for one in stages if one.position == position), None)
    if own is not None and own.state is StepState.RUNNING:
        return frozenset({StepAct.DONE, StepAct.FAILED})
    return frozenset({StepAct.STARTED}) if may_start(stages, position) else frozenset()
