"""What is filled in beside a sheet and signed with it, known here by its hash alone (R55)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.kernel.work_states import WorkOrderState
from yinuo.platform.errors import IllegalMove
from yinuo.platform.journal.work import stored


def bind_addendum(order: WorkOrder, name: str, digest: str, is_open: bool) -> None:
    """Let a locked sheet carry the hash of an addendum; nothing happens when it does already.

    From the report on, whoever was shown the sheet to sign must see it anew: its version moves.
    Before, several lines filled in side by side must not get in each other's way.
    """
    addenda = {**order.addenda, name: {"hash": digest, "is_open": is_open}}
    if addenda == order.addenda:
        return
    if WorkOrderState(order.state) is WorkOrderState.WORKED:
        stored(order, expected_version=None, changes={"addenda": addenda})
        return
    WorkOrder.objects.filter(pk=order.pk).update(addenda=addenda)
    order.addenda = addenda


def require_addenda_finished(order: WorkOrder) -> None:
    """Pass when nothing that is signed with the sheet is still being filled in."""
    if any(one["is_open"] for one in order.addenda.values()):
        raise IllegalMove(_("A checklist of this sheet is not finished. Finish it before signing."))
