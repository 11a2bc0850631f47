"""The states of an entry in the breach ledger and of a right that is not money (R39).

The tables drive the checks, the buttons on the screen and the constraints in the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar


class BreachState(StrEnum):
    """Where a missed promise (违约) stands in the ledger.

    *Open* waits for approval; *approved* goes to the next statement; *disputed* waits for a
    decision and goes nowhere; *waived* has nothing left to pay; *withdrawn* is one the facts no
    longer call for.
    """

    OPEN = "open"
    APPROVED = "approved"
    DISPUTED = "disputed"
    WAIVED = "waived"
    WITHDRAWN = "withdrawn"


class RightState(StrEnum):
    """Where a right of the customer that is not money stands."""

    OPEN = "open"
    GIVEN = "given"
    REFUSED = "refused"
    VOID = "void"


State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class LedgerStep(Generic[State]):
    """What a step of this kind does to a state; a state without an entry refuses it."""

    kind: str
    moves: Mapping[State, State]

    def after(self, state: State) -> State | None:
        """The state afterwards, or None when the step is not possible now.

        >>> BREACH_STEPS["approved"].after(BreachState.OPEN).value
        'approved'
        >>> BREACH_STEPS["approved"].after(BreachState.DISPUTED) is None
        True
        """
        return self.moves.get(state)


_B, _R = BreachState, RightState
_SETTLED = (_B.OPEN, _B.APPROVED, _B.WAIVED)


def _to(target: State, *states: State) -> dict[State, State]:
    return dict.fromkeys(states, target)


_BREACH_STEPS = (
    # The product's own: what the clause computes has changed, or the facts call for it no longer.
    LedgerStep("posted", _to(_B.OPEN, *_SETTLED, _B.WITHDRAWN) | {_B.DISPUTED: _B.DISPUTED}),
    LedgerStep("withdrawn", _to(_B.WITHDRAWN, *BreachState)),
    LedgerStep("approved", {_B.OPEN: _B.APPROVED, _B.WITHDRAWN: _B.WITHDRAWN}),
    LedgerStep("waived_part", {_B.OPEN: _B.OPEN, _B.APPROVED: _B.APPROVED}),
    LedgerStep("waived", _to(_B.WAIVED, _B.OPEN, _B.APPROVED)),
    LedgerStep("disputed", _to(_B.DISPUTED, *_SETTLED)),
    LedgerStep("dispute_upheld", {_B.DISPUTED: _B.OPEN}),
    LedgerStep("dispute_rejected", {_B.DISPUTED: _B.OPEN}),
    LedgerStep("corrected", _to(_B.OPEN, *_SETTLED, _B.WITHDRAWN)),
    LedgerStep("loss_recorded", _to(_B.OPEN, *_SETTLED)),
)
BREACH_STEPS: Mapping[str, LedgerStep[BreachState]] = {step.kind: step for step in _BREACH_STEPS}
_RIGHT_STEPS = (
    LedgerStep("given", {_R.OPEN: _R.GIVEN}),
    LedgerStep("refused", {_R.OPEN: _R.REFUSED}),
    LedgerStep("void", {_R.OPEN: _R.VOID}),
    LedgerStep("open", {_R.VOID: _R.OPEN, _R.OPEN: _R.OPEN}),
)
RIGHT_STEPS: Mapping[str, LedgerStep[RightState]] = {step.kind: step for step in _RIGHT_STEPS}
