"""The states of what a customer is asked to agree to: quotes and letters of contact (R39).

The table drives the checks, the buttons on the screen and the constraint in the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class OfferState(StrEnum):
    """Where a quote (报价单) or a letter of contact (联络函) stands."""

    DRAFTED = "drafted"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


_S = OfferState
OFFER_ENDED = frozenset({_S.ACCEPTED, _S.DECLINED, _S.EXPIRED, _S.WITHDRAWN})
OFFER_OPEN = frozenset(OfferState) - OFFER_ENDED


@dataclass(frozen=True, slots=True)
class OfferStep:
    """What a step of this kind does to a state; a state without an entry refuses it."""

    kind: str
    moves: Mapping[OfferState, OfferState]

    def after(self, state: OfferState) -> OfferState | None:
        """The state afterwards, or None when the step is not possible now.

        >>> OFFER_STEPS["accepted"].after(OfferState.SENT).value
        'accepted'
        >>> OFFER_STEPS["accepted"].after(OfferState.WITHDRAWN) is None
        True
        """
        return self.moves.get(state)


_STEPS = (
    OfferStep("edited", {_S.DRAFTED: _S.DRAFTED}),
    OfferStep("sent", {_S.DRAFTED: _S.SENT}),
    OfferStep("accepted", {_S.SENT: _S.ACCEPTED}),
    OfferStep("declined", {_S.SENT: _S.DECLINED}),
    OfferStep("expired", {_S.SENT: _S.EXPIRED}),
    OfferStep("withdrawn", {_S.DRAFTED: _S.WITHDRAWN, _S.SENT: _S.WITHDRAWN}),
)
OFFER_STEPS: Mapping[str, OfferStep] = {step.kind: step for step in _STEPS}
