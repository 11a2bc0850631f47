"""Reading document templates: every kind, one with its versions, one version."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max

from yinuo.domains.document_templates.checking import content_of
from yinuo.domains.document_templates.kinds import Which, every_one, which_of
from yinuo.domains.document_templates.models import TemplatePublication, TemplateText
from yinuo.domains.document_templates.policies import (
    visible_document_templates,
    visible_publications,
    visible_texts,
)
from yinuo.domains.document_templates.types import (
    TemplateContent,
    TemplateRow,
    TemplateView,
    TextRow,
    TextView,
)
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.scoped import one_of

MOST_TEXTS = 50


def list_document_templates(actor: Actor) -> list[TemplateRow]:
    """Every kind in both languages, what every document carries first; two statements.

    Raises Forbidden.
    """
    require(actor, Permission.DOCUMENT_TEMPLATE_READ)
    newest = {
        (kind, language): number
        for kind, language, number in visible_document_templates(actor)
        .annotate(newest=Max("texts__number"))
        .values_list("kind", "language", "newest")
    }
    held = {
        (one.template.kind, one.template.language): one
        for one in visible_publications(actor)
        .order_by("template_id", "-at", "-id")
        .distinct("template_id")
        .select_related("text", "template")
    }
    keys = [(which, (which.kind_code, which.language)) for which in every_one()]
    return [_row(which, held.get(key), newest.get(key)) for which, key in keys]


def get_document_template(actor: Actor, code: object) -> TemplateView:
    """One kind in a language with its last versions. Raises Forbidden, NotFound."""
    require(actor, Permission.DOCUMENT_TEMPLATE_READ)
    which = which_of(code)
    named = {"kind": which.kind_code, "language": which.language}
    template = visible_document_templates(actor).filter(**named).first()
    if template is None:
        return TemplateView(which, 1, first_content(which), None, None, None, ())
    texts = list(visible_texts(actor).filter(template=template).order_by("-number")[:MOST_TEXTS])
    publications = list(
        visible_publications(actor).filter(template=template).order_by("-at", "-id")
    )
    held = publications[0] if publications else None
    newest = texts[0] if texts else None
    rows = tuple(_text(one, publications) for one in texts)
    return TemplateView(
        which=which,
        version=template.version,
        content=content_of(newest.content) if newest else first_content(which),
        logo_id=newest.logo_id if newest else None,
        in_force=_number(held),
        since=held.at if held else None,
        texts=rows,
    )


def get_template_text(actor: Actor, text_id: object) -> TextView:
    """One version with its content; NotFound otherwise."""
    text = one_of(visible_texts(actor).select_related("template"), text_id)
    template = text.template
    publications = list(
        visible_publications(actor).filter(template=template).order_by("-at", "-id")
    )
    return TextView(
        which=which_of(f"{template.kind}-{template.language}"),
        version=template.version,
        row=_text(text, publications),
        content=content_of(text.content),
        logo_id=text.logo_id,
    )


def first_content(which: Which) -> TemplateContent:
    """What a first version begins with: the product's own title."""
    if which.kind is None or not which.has_title:
        return TemplateContent()
    return TemplateContent(title=which.kind.name_in(which.language))


def _row(which: Which, held: TemplatePublication | None, newest: int | None) -> TemplateRow:
    return TemplateRow(
        which=which,
        number=held.text.number if held and held.text else None,
        since=held.at if held else None,
        by=held.by if held else "",
        newest=newest,
    )


def _text(text: TemplateText, publications: list[TemplatePublication]) -> TextRow:
    """`publications` are the template's, the newest first."""
    times = [one.at for one in publications if one.text_id == text.pk]
    held: int | UUID | None = publications[0].text_id if publications else None
    return TextRow(
        public_id=text.public_id,
        number=text.number,
        written_at=text.written_at,
        written_by=text.written_by,
        published_at=min(times) if times else None,
        is_in_force=held == text.pk,
    )


def _number(held: TemplatePublication | None) -> int | None:
    return held.text.number if held and held.text else None
