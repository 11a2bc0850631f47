"""The states of a complaint, its acts and when each may be taken (SG-13)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ComplaintState(StrEnum):
    """Where a complaint stands. After closing the improvement is followed to its end."""

    RECEIVED = "received"
    ANSWERED = "answered"
    SETTLED = "settled"
    CLOSED = "closed"
    IMPROVED = "improved"


class Principle(StrEnum):
    """The eight principles as steps of the handling, in their order."""

    THANK = "thank"
    LISTEN = "listen"
    APOLOGISE = "apologise"
    SATISFY = "satisfy"
    QUICK = "quick"
    FAIR = "fair"
    JUST = "just"
    SUM_UP = "sum_up"


class ComplaintAct(StrEnum):
    """What else is done with a complaint."""

    PASSED_UP = "passed_up"
    ASKED = "asked"
    REPLIED = "replied"
    REDRESSED = "redressed"
    ANSWERED = "answered"
    SETTLED = "settled"
    CLOSED = "closed"
    IMPROVED = "improved"


@dataclass(frozen=True, slots=True)
class Move:
    """In which states an act may be taken and which state it leads to; none: the same."""

    before: frozenset[ComplaintState]
    after: ComplaintState | None = None


_S = ComplaintState
_OPEN = frozenset({_S.RECEIVED, _S.ANSWERED})
_UNTIL_CLOSED = _OPEN | {_S.SETTLED}
MOVES: dict[str, Move] = {
    **{one.value: Move(_UNTIL_CLOSED) for one in Principle},
    ComplaintAct.PASSED_UP.value: Move(_OPEN),
    ComplaintAct.ASKED.value: Move(_UNTIL_CLOSED),
    ComplaintAct.REPLIED.value: Move(_UNTIL_CLOSED),
    ComplaintAct.REDRESSED.value: Move(_UNTIL_CLOSED),
    ComplaintAct.ANSWERED.value: Move(frozenset({_S.RECEIVED}), _S.ANSWERED),
    ComplaintAct.SETTLED.value: Move(frozenset({_S.ANSWERED}), _S.SETTLED),
    ComplaintAct.CLOSED.value: Move(frozenset({_S.SETTLED}), _S.CLOSED),
    ComplaintAct.IMPROVED.value: Move(frozenset({_S.CLOSED}), _S.IMPROVED),
}


def state_after(state: ComplaintState, act: str) -> ComplaintState | None:
    """The state an act leads to; None when it may not be taken in this one.

    >>> state_after(ComplaintState.RECEIVED, "answered").value
    'answered'
    >>> state_after(ComplaintState.RECEIVED, "closed") is None
    True
    """
    move = MOVES[act]
    return (move.after or state) if state in move.before else None
