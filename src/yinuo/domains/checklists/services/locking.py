"""A checklist under the lock of its sheet: filling in and signing never cross."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.checklists.contents import hash_of_checklist
from yinuo.domains.checklists.models import Checklist
from yinuo.domains.checklists.policies import visible_checklists
from yinuo.domains.checklists.types import ChecklistState
from yinuo.domains.fieldwork.policies import require_step
from yinuo.domains.fieldwork.services.binding import bind_addendum
from yinuo.domains.fieldwork.services.moving import locked_order
from yinuo.domains.network.types import Actor
from yinuo.kernel.work_states import UNSIGNED, WorkOrderState
from yinuo.platform.errors import Conflict, IllegalMove
from yinuo.platform.journal.work import Work
from yinuo.platform.scoped import one_of


def sheet_to_fill(actor: Actor, sheet_id: object) -> Any:
    """The visible sheet, locked, as long as the actor may report on it and nobody has signed it.

    Raises NotFound, Forbidden for who does not carry the visit out, IllegalMove when signed.
    """
    order = locked_order(actor, sheet_id, None)
    require_step(actor, order, "worked")
    state = WorkOrderState(order.state)
    if state not in UNSIGNED:
        raise IllegalMove(
            _("This sheet is signed or ended. Take it back to correct it, then it is signed anew."),
            details={"state": order.state},
        )
    if order.assignee_id is None:
        raise IllegalMove(_("Give the sheet to a person first."), details={"state": order.state})
    return order


def checklist_to_fill(
    actor: Actor, checklist_id: object, version: int | None = None
) -> tuple[Checklist, Any]:
    """The visible checklist with its sheet, both locked. Raises like `sheet_to_fill`, and Conflict
    when the person saw another version."""
    seen = one_of(visible_checklists(actor).select_related("sheet"), checklist_id)
    order = sheet_to_fill(actor, seen.sheet.public_id)
    checklist = Checklist.objects.get(pk=seen.pk)
    if version is not None and checklist.version != version:
        raise Conflict(details={"yours": version, "present": checklist.version})
    return checklist, order


def require_open(checklist: Checklist) -> None:
    """Pass while lines may be filled in; else IllegalMove."""
    if checklist.state != ChecklistState.OPEN:
        raise IllegalMove(
            _("This checklist is finished. Open it again to change a line."),
            details={"state": checklist.state},
        )


def bind_to_sheet(checklist: Checklist, order: Any, work: Work) -> None:
    """Let the sheet carry the checklist's hash: what the customer signs holds every line."""
    is_open = checklist.state == ChecklistState.OPEN
    bind_addendum(order, f"checklist:{checklist.code}", hash_of_checklist(checklist), is_open)
    work.emit("work_order.changed", order, {"kind": "checklist", "number": order.number})
