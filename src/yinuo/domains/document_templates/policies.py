"""Who sees document templates and their versions: they belong to the whole company."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.document_templates.models import (
    DocumentTemplate,
    TemplatePublication,
    TemplateText,
)
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


def visible_document_templates(actor: Actor) -> QuerySet[DocumentTemplate]:
    """All of them for whoever holds the right anywhere."""
    if actor.may(Permission.DOCUMENT_TEMPLATE_READ):
        return DocumentTemplate.objects.all()
    return DocumentTemplate.objects.none()


def visible_texts(actor: Actor) -> QuerySet[TemplateText]:
    """The versions of those."""
    return TemplateText.objects.filter(template__in=visible_document_templates(actor))


def visible_publications(actor: Actor) -> QuerySet[TemplatePublication]:
    """When which version of those began to hold."""
    return TemplatePublication.objects.filter(template__in=visible_document_templates(actor))
