"""Laying a checklist out on a sheet beforehand, so that whoever goes finds it there."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.checklists.models import Checklist, TemplateVersion
from yinuo.domains.checklists.services.beginning import begun
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.work_states import UNSIGNED, WorkOrderState
from yinuo.platform.errors import IllegalMove
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of


def lay_out_checklist(
    *, actor: Actor, sheet_id: object, code: str, now: datetime
) -> Checklist | None:
    """Put the newest version of a template on a sheet that nobody has signed; None for no template.

    Laid out again it is the one that is there. Raises NotFound for the sheet, Forbidden for who
    issues none in its unit, IllegalMove after the signature.
    """
    with writing(actor=actor, now=now) as work:
        sheets = visible_work_orders(actor).select_for_update(of=("self",))
        order = one_of(sheets.select_related("request__asset", "assignee"), sheet_id)
        require(actor, Permission.WORK_ORDER_ISSUE, order.unit_id)
        if WorkOrderState(order.state) not in UNSIGNED:
            raise IllegalMove(details={"state": order.state})
        there = Checklist.objects.filter(sheet=order, code=code).first()
        if there is not None:
            return there
        template = TemplateVersion.objects.filter(code=code).order_by("-number").first()
        if template is None:
            return None
        return begun(order, template, None, actor=actor, work=work)
