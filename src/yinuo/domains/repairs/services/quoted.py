"""What the quote of a request does with its repair order: quoted, approved, declined."""

from __future__ import annotations

from yinuo.domains.repairs.models import RepairOrder
from yinuo.domains.repairs.services.moving import state_act
from yinuo.domains.repairs.types import RepairDoing
from yinuo.kernel.repair_states import RepairState
from yinuo.platform.journal.work import Work

# What happens to the quote, in which state of the order it counts, what it does.
_ACTS = {
    "sent": (RepairState.DIAGNOSED, "quoted"),
    "accepted": (RepairState.QUOTED, "approved"),
    "declined": (RepairState.QUOTED, "declined"),
    "expired": (RepairState.QUOTED, "quote_ended"),
    "withdrawn": (RepairState.QUOTED, "quote_ended"),
}


def hear_quote(*, request_id: int, happened: str, number: str, work: Work) -> None:
    """Let the paid repair of a request (internal id) follow its quote, named by `number`.

    Call it in the step that moves the quote. Without one repair order that waits for it nothing
    happens.
    """
    if happened not in _ACTS:
        return
    state, kind = _ACTS[happened]
    rows = RepairOrder.objects.filter(request_id=request_id, is_paid=True, state=state.value)
    order = rows.select_for_update(of=("self",)).order_by("-id").first()
    if order is not None:
        doing = RepairDoing(kind, text=number)
        state_act(order, doing, work=work, by=work.actor.label)
