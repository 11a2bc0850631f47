"""Moving a sheet by its table of steps: state, audit, event, and the facts on sheet and request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.fieldwork.holds import require_no_hold
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.policies import require_step, visible_work_orders
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.kernel.work_states import WORK_STEPS, WorkOrderState
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored
from yinuo.platform.scoped import one_of

# A phone's clock and ours may differ a little; more than this is a typing error.
FUTURE_TOLERANCE = timedelta(minutes=2)
TEXT_LENGTH = 20_000
REASON_LENGTH = 4_000


@dataclass(frozen=True, slots=True)
class Move:
    """One step to take: what it changes on the row and which fact it leaves on the sheet."""

    kind: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    fact: str = ""
    occurred_at: datetime | None = None
    reason: str = ""
    shown: Mapping[str, Any] = field(default_factory=dict)


def locked_order(actor: Actor, work_order_id: object, version: int | None) -> WorkOrder:
    """The visible sheet, locked until the step ends.

    Raises NotFound, or Conflict when the person was looking at another version: who comes second
    learns it before anything else is judged (R38).
    """
    orders = visible_work_orders(actor).select_related("assignee", "request")
    order = one_of(orders.select_for_update(of=("self",)), work_order_id)
    if version is not None and order.version != version:
        raise Conflict(details={"yours": version, "present": order.version})
    return order


def move(order: WorkOrder, step: Move, *, actor: Actor, source: str, work: Work) -> None:
    """Take the step on a locked sheet.

    Raises Forbidden without the right, IllegalMove when the state does not allow it or the work
    of the request is held.
    """
    require_step(actor, order, step.kind)
    require_no_hold(order.request_id, step.kind)
    state = WORK_STEPS[step.kind].after(WorkOrderState(order.state))
    if state is None:
        raise IllegalMove(details={"state": order.state, "kind": step.kind})
    before = order.state
    stored(order, expected_version=None, changes={**step.changes, "state": state.value})
    work.audit(
        f"work_order.{step.kind}",
        order,
        before={"state": before},
        after={"state": state.value, **step.shown},
        reason=step.reason,
    )
    work.emit("work_order.changed", order, {"kind": step.kind, "number": order.number})
    if step.fact:
        fact = NewFact(step.fact, step.occurred_at or work.now, source)
        record_facts(order.public_id, [fact], actor=actor, now=work.now)


def happened_at(
    given: datetime | None, now: datetime, earliest: Mapping[str, datetime | None]
) -> datetime:
    """The instant a step happened: now unless given, never in the future.

    `earliest` maps what is said when it lies before an instant to that instant (None: no bound). A
    time given to the minute means that minute: where a bound lies later in it, that is the instant.
    """
    at = given or now
    if at.tzinfo is None:
        raise InvalidInput({"occurred_at": _("Give the time with its zone, such as +08:00.")})
    if at > now + FUTURE_TOLERANCE:
        raise InvalidInput({"occurred_at": _("This time is in the future. Correct it.")})
    for message, bound in earliest.items():
        if bound is None or at >= bound:
            continue
        if at != bound.replace(second=0, microsecond=0):
            raise InvalidInput({"occurred_at": message})
        at = bound
    return min(at, now)


def too_long(texts: Mapping[str, str], limits: Mapping[str, int]) -> dict[str, str]:
    """A message for each text that is longer than its limit."""
    return {
        name: _("Use at most %(most)d characters.") % {"most": most}
        for name, most in limits.items()
        if len(texts[name]) > most
    }
