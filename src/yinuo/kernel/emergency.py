"""The life of an emergency plan: which act takes it from which step to which (BP-04 to BP-07).

The steps themselves are the service plan's data; here stands only what each kind of step means.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yinuo.kernel.plan.emergency import EmergencyChain, EmergencyStep, StepKind


class ChainState(StrEnum):
    """Where an emergency plan stands; while it runs, its step says more."""

    RUNNING = "running"
    DECLINED = "declined"
    RETURNED = "returned"
    UNDER_WAY = "under_way"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What somebody does with an emergency plan."""

    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    AGREED = "agreed"
    DECLINED = "declined"
    APPROVED = "approved"
    RETURNED = "returned"
    RELEASED = "released"
    DEPARTED = "departed"
    DONE = "done"
    SKIPPED = "skipped"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


_S, _K = ChainState, StepKind
CHAIN_ENDED = frozenset({_S.CLOSED, _S.WITHDRAWN})
CHAIN_OPEN = frozenset(ChainState) - CHAIN_ENDED
FINISHES = {
    _K.WRITE: Act.SUBMITTED,
    _K.ACKNOWLEDGE: Act.ACKNOWLEDGED,
    _K.CONSENT: Act.AGREED,
    _K.APPROVE: Act.APPROVED,
    _K.RELEASE: Act.RELEASED,
    _K.DEPART: Act.DEPARTED,
    _K.DO: Act.DONE,
}
"""The act that finishes a step of each kind."""

TURNS_BACK = {
    Act.DECLINED: (_K.CONSENT, _S.DECLINED),
    Act.RETURNED: (_K.APPROVE, _S.RETURNED),
}
"""Acts after which the plan is written anew, in which kind of step, and the state until then."""

FINISHING = frozenset({*FINISHES.values(), Act.SKIPPED})


@dataclass(frozen=True, slots=True)
class Place:
    """A state and, while it is open, the position of the step that waits."""

    state: ChainState = ChainState.RUNNING
    position: int = 0

    def step(self, chain: EmergencyChain) -> EmergencyStep | None:
        """The step that waits; None once all are done or the plan has ended."""
        if self.state in CHAIN_ENDED or self.position >= len(chain.steps):
            return None
        return chain.steps[self.position]


def after(place: Place, act: Act, chain: EmergencyChain) -> Place | None:
    """Where the plan stands after an act, or None when the act is not possible now.

    A plan declined by the customer or returned by the approver waits for its first step again.
    """
    if place.state in CHAIN_ENDED:
        return None
    if act is Act.WITHDRAWN:
        return Place(_S.WITHDRAWN, place.position)
    if act is Act.CLOSED:
        return Place(_S.CLOSED, place.position) if place.state is _S.UNDER_WAY else None
    step = place.step(chain)
    if step is None:
        return None
    if act in TURNS_BACK:
        kind, state = TURNS_BACK[act]
        return Place(state, 0) if step.kind is kind else None
    if act is Act.SKIPPED:
        return _next(place, chain) if step.kind is _K.RELEASE else None
    return _next(place, chain) if FINISHES[step.kind] is act else None


def is_gate_open(place: Place, chain: EmergencyChain) -> bool:
    """Whether people may be assigned and parts released: the last approval is given.

    A plan that was turned back is not approved any more; neither is a withdrawn one.
    """
    if place.state in (_S.DECLINED, _S.RETURNED, _S.WITHDRAWN):
        return False
    return place.position > chain.gate


def acts_at(place: Place, chain: EmergencyChain) -> tuple[Act, ...]:
    """The acts that are possible now, as the table of acts has them."""
    return tuple(act for act in Act if act is not Act.SKIPPED and after(place, act, chain))


class Standing(StrEnum):
    """As what a person takes a step: its holder, standing in for absent ones, or from above."""

    HOLDER = "holder"
    STAND_IN = "stand_in"
    SUPERIOR = "superior"


@dataclass(frozen=True, slots=True)
class Deciders:
    """People by internal id: who holds the step, who of them is away, who else could decide."""

    holders: Collection[int]
    away: Collection[int] = ()
    stand_ins: Collection[int] = ()
    superiors: Collection[int] = ()


def approver_standing(person: int, writers: Collection[int], who: Deciders) -> Standing | None:
    """As what a person may approve a plan, None when he may not (BP-07, R08).

    Nobody who wrote or asked for the plan approves it, nor does a stand-in of such a person: where
    only writers hold the step, those above decide. A stand-in decides while every other holder is
    away, those above when no holder is there who could.

    >>> approver_standing(7, {7}, Deciders(holders={7, 8}))
    >>> approver_standing(9, {7}, Deciders(holders={8}, away={8}, stand_ins={9})).value
    'stand_in'
    >>> approver_standing(9, {7}, Deciders(holders={7}, away={7}, stand_ins={9}))
    """
    if person in writers:
        return None
    others = set(who.holders) - set(writers)
    if person in others:
        return Standing.HOLDER
    if others - set(who.away):
        return None
    if others and person in who.stand_ins:
        return Standing.STAND_IN
    return Standing.SUPERIOR if person in who.superiors else None


def skips(steps: Sequence[EmergencyStep], position: int, *, has_parts: bool) -> bool:
    """Whether the step there has nothing to do: a release without parts."""
    return position < len(steps) and steps[position].kind is _K.RELEASE and not has_parts


def _next(place: Place, chain: EmergencyChain) -> Place:
    position = place.position + 1
    is_last = position >= len(chain.steps)
    return Place(_S.UNDER_WAY if is_last else _S.RUNNING, position)
