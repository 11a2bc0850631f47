"""State machines, one table each: which fact moves a thing from which state to which (R39).

The table drives the checks, the buttons on the screen and the picture in the documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class RequestState(StrEnum):
    """Where a service request stands."""

    NEW = "new"
    ANSWERED = "answered"
    REMOTE = "remote"
    ON_SITE = "on_site"
    WAITING = "waiting"
    RESTORED = "restored"
    CONFIRMED = "confirmed"
    ARCHIVED = "archived"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    MERGED = "merged"


_S = RequestState
ENDED = frozenset({_S.ARCHIVED, _S.CANCELLED, _S.MERGED})
OPEN = frozenset(RequestState) - ENDED
_IN_WORK = (_S.ANSWERED, _S.REMOTE, _S.ON_SITE)


def _stays(*states: RequestState) -> dict[RequestState, RequestState]:
    return {state: state for state in states}


def _to(target: RequestState, *states: RequestState) -> dict[RequestState, RequestState]:
    return dict.fromkeys(states, target)


@dataclass(frozen=True, slots=True)
class Step:
    """What a fact of this kind does to a state; a state without an entry refuses the fact."""

    kind: str
    moves: Mapping[RequestState, RequestState]

    def after(self, state: RequestState) -> RequestState | None:
        """The state afterwards, or None when the step is not possible now."""
        return self.moves.get(state)


_STEPS = (
    # Recorded late, an answer changes the promise but no longer the state.
    Step("responded", _to(_S.ANSWERED, _S.NEW, _S.REOPENED) | _stays(*_IN_WORK)),
    Step("remote_started", _to(_S.REMOTE, _S.ANSWERED, _S.ON_SITE)),
    Step("remote_ended", _stays(_S.REMOTE, _S.ON_SITE)),
    Step("on_site_decided", _stays(*_IN_WORK)),
    Step("departed", _stays(*_IN_WORK)),
    Step("arrived", _to(_S.ON_SITE, _S.ANSWERED, _S.REMOTE) | _stays(_S.ON_SITE)),
    Step("development_requested", _stays(*_IN_WORK)),
    Step("development_arrived", _to(_S.ON_SITE, *_IN_WORK)),
    Step("restored", _to(_S.RESTORED, *_IN_WORK)),
    Step("confirmed_by_customer", _to(_S.CONFIRMED, _S.RESTORED)),
    Step("archived", _to(_S.ARCHIVED, _S.CONFIRMED)),
    Step("cancelled", _to(_S.CANCELLED, _S.NEW, _S.REOPENED, *_IN_WORK)),
    Step("reopened", _to(_S.REOPENED, _S.RESTORED, _S.CONFIRMED, _S.ARCHIVED)),
    Step("noted", _stays(*RequestState)),
)
REQUEST_STEPS: Mapping[str, Step] = {step.kind: step for step in _STEPS}
