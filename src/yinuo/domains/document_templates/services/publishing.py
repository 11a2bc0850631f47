"""Letting a version hold from now on, or going back to what the product ships with."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.document_templates.kinds import Which, which_of
from yinuo.domains.document_templates.models import (
    DocumentTemplate,
    TemplatePublication,
    TemplateText,
)
from yinuo.domains.document_templates.policies import visible_texts
from yinuo.domains.document_templates.services.writing import locked
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of


def publish_template(
    *, actor: Actor, text_id: object, version: int, now: datetime
) -> DocumentTemplate:
    """Let a version hold for every document issued from now on; an earlier one may hold again.

    Raises NotFound, Forbidden, Conflict, IllegalMove when it holds already.
    """
    text = one_of(visible_texts(actor).select_related("template"), text_id)
    require(actor, Permission.DOCUMENT_TEMPLATE_WRITE)
    with writing(actor=actor, now=now) as work:
        which = which_of(f"{text.template.kind}-{text.template.language}")
        template = _changed(which, version)
        if (held := _last(template)) is not None and held.text_id == text.pk:
            raise IllegalMove(_("This version is in force already."))
        _let_hold(template, text, held, work)
        return template


def withdraw_template(
    *, actor: Actor, code: object, version: int, now: datetime
) -> DocumentTemplate:
    """Go back to what the product ships with, from now on. Papers issued keep their words.

    Raises NotFound, Forbidden, Conflict, IllegalMove when nothing of the company's own holds.
    """
    require(actor, Permission.DOCUMENT_TEMPLATE_WRITE)
    which = which_of(code)
    with writing(actor=actor, now=now) as work:
        template = _changed(which, version)
        held = _last(template)
        if held is None or held.text_id is None:
            raise IllegalMove(_("Nothing of your own is in force."))
        _let_hold(template, None, held, work)
        return template


def _changed(which: Which, version: int) -> DocumentTemplate:
    template = locked(which)
    stored(template, expected_version=version, changes={})
    return template


def _last(template: DocumentTemplate) -> TemplatePublication | None:
    return template.publications.select_related("text").order_by("-at", "-id").first()


def _let_hold(
    template: DocumentTemplate,
    text: TemplateText | None,
    held: TemplatePublication | None,
    work: Work,
) -> None:
    """From now on; never before what held last, or the past would read otherwise."""
    at = max(work.now, held.at) if held else work.now
    work.add(TemplatePublication(template=template, text=text, at=at, by=work.actor.label))
    work.audit(
        "document_template.publish" if text else "document_template.withdraw",
        template,
        before={"number": held.text.number if held and held.text else None},
        after={"number": text.number if text else None},
    )
