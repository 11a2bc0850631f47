"""The states of a work order and the steps between them, in one table (R39).

The table drives the checks, the buttons on the screen and the constraint in the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class WorkOrderState(StrEnum):
    """Where a work order (服务联络单, 维修单) stands."""

    DRAFTED = "drafted"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    APPOINTED = "appointed"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    WORKED = "worked"
    SIGNED = "signed"
    RETURNED = "returned"
    FILED = "filed"
    ABORTED = "aborted"


_S = WorkOrderState
WORK_ENDED = frozenset({_S.FILED, _S.ABORTED})
WORK_OPEN = frozenset(WorkOrderState) - WORK_ENDED
BEFORE_VISIT = frozenset({_S.DRAFTED, _S.ASSIGNED, _S.ACCEPTED, _S.APPOINTED})
UNSIGNED = frozenset({*BEFORE_VISIT, _S.DEPARTED, _S.ARRIVED, _S.WORKED})


@dataclass(frozen=True, slots=True)
class WorkStep:
    """What a step of this kind does to a state; a state without an entry refuses it."""

    kind: str
    moves: Mapping[WorkOrderState, WorkOrderState]

    def after(self, state: WorkOrderState) -> WorkOrderState | None:
        """The state afterwards, or None when the step is not possible now.

        >>> WORK_STEPS["arrived"].after(WorkOrderState.DEPARTED).value
        'arrived'
        >>> WORK_STEPS["arrived"].after(WorkOrderState.ASSIGNED) is None
        True
        """
        return self.moves.get(state)


def _to(target: WorkOrderState, *states: WorkOrderState) -> dict[WorkOrderState, WorkOrderState]:
    return dict.fromkeys(states, target)


def _stays(*states: WorkOrderState) -> dict[WorkOrderState, WorkOrderState]:
    return {state: state for state in states}


_STEPS = (
    # Under way already, the sheet only passes into other hands.
    WorkStep(
        "assigned", _to(_S.ASSIGNED, *BEFORE_VISIT) | _stays(_S.DEPARTED, _S.ARRIVED, _S.WORKED)
    ),
    WorkStep("accepted", _to(_S.ACCEPTED, _S.ASSIGNED)),
    WorkStep("declined", _to(_S.DRAFTED, _S.ASSIGNED, _S.ACCEPTED, _S.APPOINTED)),
    WorkStep("appointed", _to(_S.APPOINTED, _S.ACCEPTED) | _stays(_S.APPOINTED)),
    WorkStep("departed", _to(_S.DEPARTED, _S.APPOINTED)),
    WorkStep("arrived", _to(_S.ARRIVED, _S.DEPARTED)),
    # What was found may be written anew until the customer has signed it.
    WorkStep("worked", _to(_S.WORKED, _S.ARRIVED) | _stays(_S.WORKED)),
    WorkStep("signed", _to(_S.SIGNED, _S.WORKED)),
    # A signed sheet changes only by going back, which asks for a new signature (R55).
    WorkStep("corrected", _to(_S.WORKED, _S.SIGNED, _S.RETURNED)),
    WorkStep("returned", _to(_S.RETURNED, _S.SIGNED)),
    WorkStep("filed", _to(_S.FILED, _S.RETURNED)),
    WorkStep("aborted", _to(_S.ABORTED, *UNSIGNED)),
)
WORK_STEPS: Mapping[str, WorkStep] = {step.kind: step for step in _STEPS}
