"""Rights of the customer that are not money: given or refused."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.breaches.models import Right
from yinuo.domains.breaches.policies import caused_by, visible_rights
from yinuo.domains.breaches.services.checking import reason_of
from yinuo.domains.breaches.services.honouring import Giving, honour
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.breach_states import RIGHT_STEPS, RightState
from yinuo.platform.errors import Forbidden, IllegalMove
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

NOTHING_MORE = Giving()


def decide_right(
    *,
    actor: Actor,
    right_id: object,
    given: bool,
    reason: str,
    version: int,
    now: datetime,
    giving: Giving = NOTHING_MORE,
) -> Right:
    """Note that the customer got what the clause gives him, or that it is refused and why.

    What is given takes effect in the same step (`honouring.honour`): more time of the contract
    moves its end, for which the actor needs the right to write contracts, more warranty moves the
    cover of the asset named, and what is owed by a day is held with the contract. Raises NotFound;
    Forbidden also to the one who caused the miss; InvalidInput, Conflict, IllegalMove.
    """
    said = reason_of(reason)
    kind = "given" if given else "refused"
    with writing(actor=actor, now=now) as work:
        rights = visible_rights(actor).select_related("breach")
        right = one_of(rights.select_for_update(of=("self",)), right_id)
        require(actor, Permission.BREACH_APPROVE, right.breach.unit_id)
        if caused_by(right.breach, actor):
            raise Forbidden
        after = RIGHT_STEPS[kind].after(RightState(right.state))
        if after is None:
            raise IllegalMove(details={"state": right.state, "kind": kind})
        before = {"state": right.state}
        changes = {
            "state": after.value,
            "reason": said,
            "decided_at": now,
            "decided_by": actor.label,
        }
        stored(right, expected_version=version, changes=changes)
        if given:
            honour(right, giving, said, actor, work)
        work.audit(f"right.{kind}", right, before=before, after={"state": after.value}, reason=said)
        return right
