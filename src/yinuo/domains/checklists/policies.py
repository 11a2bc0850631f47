"""Which templates and checklists an actor sees, and who may fill one in."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.checklists.models import Checklist, TemplateVersion
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


def visible_templates(actor: Actor) -> QuerySet[TemplateVersion]:
    """Templates belong to the whole company: who may read them anywhere reads all of them."""
    if actor.may(Permission.CHECKLIST_READ):
        return TemplateVersion.objects.all()
    return TemplateVersion.objects.none()


def visible_checklists(actor: Actor) -> QuerySet[Checklist]:
    """Those of the sheets that the actor sees."""
    return Checklist.objects.filter(sheet_id__in=visible_work_orders(actor).values("id"))
