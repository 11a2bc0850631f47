"""Beginning a checklist on a sheet, fresh or with the lines an earlier sheet left."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yinuo.domains.checklists.models import Checklist, TemplateVersion
from yinuo.domains.checklists.policies import visible_checklists, visible_templates
from yinuo.domains.checklists.services.locking import bind_to_sheet, sheet_to_fill
from yinuo.domains.checklists.types import ChecklistState
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove
from yinuo.platform.identifiers import new_public_id
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.scoped import one_of


def begin_checklist(
    *,
    actor: Actor,
    sheet_id: object,
    template_id: object,
    now: datetime,
    public_id: UUID | None = None,
) -> Checklist:
    """Begin a template on a sheet; begun again it is the one that is there.

    With a `public_id` made by a phone, lines may already name it: then another one that is there
    is an IllegalMove.

    Lines that an earlier sheet of the same work left open are taken over instead of asking
    everything anew. Raises NotFound for sheet or template, IllegalMove when the sheet is signed or
    nobody goes, Forbidden for who does not carry it out.
    """
    with writing(actor=actor, now=now) as work:
        order = sheet_to_fill(actor, sheet_id)
        template = one_of(visible_templates(actor), template_id)
        there = Checklist.objects.filter(sheet=order, code=template.code).first()
        if there is not None:
            if public_id not in (None, there.public_id):
                raise IllegalMove(_("This sheet already has this checklist."))
            return there
        earlier = left_over_of(order).filter(code=template.code).first()
        used = earlier.template if earlier is not None else template
        return begun(order, used, earlier, actor=actor, work=work, public_id=public_id)


def take_over_lines(
    *, actor: Actor, sheet_id: object, checklist_id: object, now: datetime
) -> Checklist:
    """Take the lines that an earlier sheet of the same work left over to this one (B-42).

    They keep the version of the template they were begun with; taken over again it is the
    checklist that is there. Raises NotFound when nothing was left, like begin_checklist otherwise.
    """
    with writing(actor=actor, now=now) as work:
        order = sheet_to_fill(actor, sheet_id)
        seen = one_of(visible_checklists(actor), checklist_id)
        there = Checklist.objects.filter(sheet=order, carried_from=seen).first()
        if there is not None:
            return there
        earlier = one_of(left_over_of(order), checklist_id)
        if Checklist.objects.filter(sheet=order, code=earlier.code).exists():
            raise IllegalMove(_("This sheet already has this checklist."))
        return begun(order, earlier.template, earlier, actor=actor, work=work)


def left_over_of(order: Any) -> QuerySet[Checklist]:
    """Finished checklists of the work's other sheets whose open lines nobody took over yet."""
    first = order.first_id or order.pk
    carried = Checklist.objects.filter(carried_from__isnull=False).values("carried_from_id")
    return (
        Checklist.objects.filter(Q(sheet_id=first) | Q(sheet__first_id=first))
        .filter(state=ChecklistState.FINISHED.value, sheet__position__lt=order.position)
        .exclude(unfinished=[])
        .exclude(pk__in=carried)
        .select_related("template", "sheet")
        .order_by("-id")
    )


def begun(
    order: Any,
    template: TemplateVersion,
    earlier: Checklist | None,
    *,
    actor: Actor,
    work: Work,
    public_id: UUID | None = None,
) -> Checklist:
    asset = order.request.asset
    checklist = Checklist.objects.create(
        public_id=public_id or new_public_id(),
        sheet=order,
        template=template,
        code=template.code,
        asset_class=earlier.asset_class if earlier else (asset.asset_class if asset else ""),
        only=earlier.unfinished if earlier else None,
        carried_from=earlier,
        begun_at=work.now,
        begun_by=actor.label,
    )
    after = {"template": template.code, "number": template.number, "sheet": order.number}
    work.audit("checklist.begin", checklist, after=after)
    bind_to_sheet(checklist, order, work)
    return checklist
