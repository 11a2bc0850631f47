"""Rights of the customer that are not money: given or refused."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.breaches.models import Right
from yinuo.domains.breaches.policies import caused_by, visible_rights
from yinuo.domains.breaches.services.checking import reason_of
from yinuo.domains.breaches.services.lengthening import lengthen_contract
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.breach_states import RIGHT_STEPS, RightState
from yinuo.platform.errors import Forbidden, IllegalMove
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of


def decide_right(
    *, actor: Actor, right_id: object, given: bool, reason: str, version: int, now: datetime
) -> Right:
    """Note that the customer got what the clause gives him, or that it is refused and why.

    More time of the contract moves its end, by a supplement in the same step; the actor needs the
    right to write contracts for that. Raises NotFound; Forbidden also to the one who caused the
    miss; InvalidInput, Conflict, IllegalMove.
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
        if given and right.extends == "contract":
            lengthen_contract(right, said, actor, now)
        work.audit(f"right.{kind}", right, before=before, after={"state": after.value}, reason=said)
        return right
