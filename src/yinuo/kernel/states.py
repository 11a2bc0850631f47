"""State machines, one table each: which fact moves a thing from which state to which (R39).

The table drives the checks, the buttons on the screen and the picture in the documentation. Where
a request stands is what replaying its facts in the order of their occurrence gives, so that a late
or corrected fact finds its place and nothing is patched by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
_DONE = (_S.RESTORED, _S.CONFIRMED, _S.ARCHIVED)
_BEFORE_WORK = (_S.NEW, _S.REOPENED)
# Whatever is not in the table says something about a request without moving it.
_ALIVE = tuple(state for state in RequestState if state not in (_S.CANCELLED, _S.MERGED))


def _stays(*states: RequestState) -> dict[RequestState, RequestState]:
    return {state: state for state in states}


def _to(target: RequestState, *states: RequestState) -> dict[RequestState, RequestState]:
    return dict.fromkeys(states, target)


@dataclass(frozen=True, slots=True)
class Step:
    """What a fact of this kind does to a state; a state without an entry refuses the fact.

    In the states named by `quietly` the fact is taken without moving anything and without being
    offered: a second crew departs before anybody answered, or comes after the service is restored.
    A step that `ends_waiting` is possible while waiting where it is possible in the state that
    waiting will return to; any other step then moves that state and the waiting goes on.
    """

    kind: str
    moves: Mapping[RequestState, RequestState]
    ends_waiting: bool = False
    quietly: tuple[RequestState, ...] = ()

    def target(self, state: RequestState) -> RequestState | None:
        """The state afterwards, or None when the step is not possible."""
        return self.moves.get(state, state if state in self.quietly else None)


PAUSED, RESUMED = "paused", "resumed"

_STEPS = (
    # Recorded late, an answer changes the promise but no longer the state.
    Step("responded", _to(_S.ANSWERED, *_BEFORE_WORK) | _stays(*_IN_WORK), quietly=_DONE),
    Step("advised_by_phone", _stays(*_IN_WORK)),
    Step("remote_started", _to(_S.REMOTE, _S.ANSWERED, _S.ON_SITE) | _stays(_S.REMOTE)),
    Step("remote_ended", _stays(_S.REMOTE, _S.ON_SITE)),
    Step("on_site_decided", _stays(*_IN_WORK)),
    Step("departed", _stays(*_IN_WORK), quietly=(*_BEFORE_WORK, *_DONE)),
    Step("arrived", _to(_S.ON_SITE, *_BEFORE_WORK, *_IN_WORK), quietly=_DONE),
    Step("development_requested", _stays(*_IN_WORK)),
    Step("development_arrived", _to(_S.ON_SITE, *_IN_WORK)),
    # Hand-overs to a supplier, to a carrier and back: who had it meanwhile answers for the time.
    Step("part_requested", _stays(*_BEFORE_WORK, *_IN_WORK), quietly=_DONE),
    Step("part_shipped", _stays(*_BEFORE_WORK, *_IN_WORK), quietly=_DONE),
    Step("part_delivered", _stays(*_BEFORE_WORK, *_IN_WORK), quietly=_DONE),
    Step("measures_taken", _stays(*_BEFORE_WORK, *_IN_WORK)),
    Step("restoration_agreed", _stays(*_BEFORE_WORK, *_IN_WORK)),
    Step("interim_restored", _stays(*_IN_WORK)),
    Step(PAUSED, _to(_S.WAITING, *_BEFORE_WORK, *_IN_WORK, _S.RESTORED, _S.CONFIRMED)),
    Step("restored", _to(_S.RESTORED, *_IN_WORK), ends_waiting=True, quietly=_DONE),
    Step("confirmed_by_customer", _to(_S.CONFIRMED, _S.RESTORED), ends_waiting=True),
    Step("archived", _to(_S.ARCHIVED, _S.CONFIRMED)),
    Step(
        "cancelled",
        _to(_S.CANCELLED, *_BEFORE_WORK, *_IN_WORK, _S.RESTORED, _S.CONFIRMED),
        ends_waiting=True,
    ),
    Step(
        "merged",
        _to(_S.MERGED, *_BEFORE_WORK, *_IN_WORK, _S.RESTORED, _S.CONFIRMED),
        ends_waiting=True,
    ),
    Step("reopened", _to(_S.REOPENED, *_DONE)),
    Step("noted", _stays(*_ALIVE, _S.CANCELLED)),
)
REQUEST_STEPS: Mapping[str, Step] = {step.kind: step for step in _STEPS}


def step_of(kind: str) -> Step:
    """The step of a kind; one that moves nothing when the table does not name it."""
    return REQUEST_STEPS.get(kind) or Step(kind, _stays(*_ALIVE))


@dataclass(frozen=True, slots=True)
class Standing:
    """A state and, while waiting, the state that waiting will return to.

    >>> Standing(RequestState.REMOTE).after("paused").after("arrived").after("resumed").state.value
    'on_site'
    """

    state: RequestState = RequestState.NEW
    waiting_from: RequestState | None = None

    def after(self, kind: str) -> Standing | None:
        """Where it stands after a fact of this kind, or None when that is not possible now."""
        if kind == RESUMED:
            return Standing(self.waiting_from) if self.waiting_from else None
        step = step_of(kind)
        if self.waiting_from is None:
            return self._moved(step.target(self.state))
        behind = step.target(self.waiting_from)
        if behind is None or kind == PAUSED:
            return None
        return Standing(behind) if step.ends_waiting else Standing(_S.WAITING, behind)

    def offers(self, kind: str) -> bool:
        """True when a person is offered this step now: the table has an entry for it."""
        if kind == RESUMED:
            return self.waiting_from is not None
        behind = self.waiting_from
        if behind is None:
            return self.state in step_of(kind).moves
        return kind != PAUSED and behind in step_of(kind).moves

    def _moved(self, target: RequestState | None) -> Standing | None:
        if target is None:
            return None
        return Standing(target, self.state if target is _S.WAITING else None)


@dataclass(frozen=True, slots=True)
class Replay:
    """What replaying facts gave: the standing, and the place of the fact that does not fit."""

    standing: Standing
    stuck_at: int | None = None


def replay(kinds: Iterable[str]) -> Replay:
    """Take fact kinds in the order of their occurrence, from a new request on.

    `stuck_at` is the position of the first one the table does not allow; nothing after it counts.

    >>> replay(["reported", "responded", "restored", "remote_started"]).stuck_at
    3
    """
    standing = Standing()
    for place, kind in enumerate(kinds):
        following = standing.after(kind)
        if following is None:
            return Replay(standing, place)
        standing = following
    return Replay(standing)
