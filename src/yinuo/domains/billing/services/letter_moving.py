"""Moving a letter by the table of steps: state, audit, event, and the hold on the work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yinuo.domains.billing.letter_models import Letter
from yinuo.domains.billing.letter_policies import visible_letters
from yinuo.domains.fieldwork.holds import release_holds
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.offer_states import OFFER_STEPS, OfferState
from yinuo.platform.errors import Conflict, IllegalMove
from yinuo.platform.journal.work import Work, stored
from yinuo.platform.scoped import one_of

# After these the work goes on, or goes on without what the letter stated. One that ran out
# unanswered agrees nothing: the next letter decides.
_LETS_GO = frozenset({"accepted", "declined", "withdrawn"})


def locked_letter(
    actor: Actor,
    letter_id: object,
    version: int | None,
    right: Permission = Permission.LETTER_WRITE,
) -> Letter:
    """The visible letter on which the actor holds the right, locked until the step ends.

    Raises NotFound, Forbidden, or Conflict when he was looking at another version (R38).
    """
    letters = visible_letters(actor).select_related("request", "unit")
    letter = one_of(letters.select_for_update(of=("self",)), letter_id)
    require(actor, right, letter.unit_id)
    if version is not None and letter.version != version:
        raise Conflict(details={"yours": version, "present": letter.version})
    return letter


def require_state_for(letter: Letter, kind: str) -> OfferState:
    """The state after a step of this kind; IllegalMove when the table has none."""
    after = OFFER_STEPS[kind].after(OfferState(letter.state))
    if after is None:
        raise IllegalMove(details={"state": letter.state, "kind": kind})
    return after


def move(
    letter: Letter, kind: str, changes: Mapping[str, Any], *, work: Work, reason: str = ""
) -> None:
    """Take the step on a locked letter; see `require_state_for`."""
    before, after = letter.state, require_state_for(letter, kind)
    stored(letter, expected_version=None, changes={**changes, "state": after.value})
    work.audit(
        f"letter.{kind}",
        letter,
        before={"state": before},
        after={"state": after.value, "total": str(letter.total), "hash": letter.content_hash},
        reason=reason,
    )
    work.emit(f"letter.{kind}", letter, {"number": letter.number})
    if kind in _LETS_GO:
        release(letter, work.now)


def release(letter: Letter, now: datetime) -> None:
    """Let the work go on; letters of this request that ran out unanswered hold it no longer."""
    release_holds(request_pk=letter.request_id, now=now)
