"""Writing a new version of a document template."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from yinuo.domains.document_templates.checking import checked_content
from yinuo.domains.document_templates.kinds import Which, which_of
from yinuo.domains.document_templates.models import DocumentTemplate, TemplateText
from yinuo.domains.document_templates.types import TemplateContent
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.files.services import staff_limits, store_file
from yinuo.platform.files.types import Limits, Upload, owner_of
from yinuo.platform.journal.work import stored, writing

LOGO_BYTES = 1_000_000
LOGO_TYPES = ("image/png", "image/jpeg")
PURPOSE = "logo"


def write_template(
    *,
    actor: Actor,
    code: object,
    version: int,
    content: TemplateContent,
    logo: Upload | None = None,
    keeps_logo: bool = True,
    now: datetime,
) -> TemplateText:
    """Write the next version of a kind in a language; it holds once it is published.

    `version` is the template's as it was read. Without `logo` the picture of the version before
    stays, unless `keeps_logo` is false. Raises Forbidden, NotFound for an unknown code, Conflict,
    InvalidInput by field, `logo` for the picture.
    """
    require(actor, Permission.DOCUMENT_TEMPLATE_WRITE)
    which = which_of(code)
    kept = checked_content(which, content)
    with writing(actor=actor, now=now) as work:
        template = locked(which)
        stored(template, expected_version=version, changes={})
        last = template.texts.order_by("-number").first()
        text = TemplateText.objects.create(
            template=template,
            number=(template.texts.aggregate(last=Max("number"))["last"] or 0) + 1,
            content=kept,
            logo_id=_logo(actor, template, logo, now)
            or (last.logo_id if last and keeps_logo else None),
            written_at=now,
            written_by=actor.label,
        )
        work.audit(
            "document_template.write",
            template,
            before=last.content if last else None,
            after={"number": text.number, **kept},
        )
        return text


def locked(which: Which) -> DocumentTemplate:
    """The template's row, made when it is not there, held until the step ends."""
    named: dict[str, Any] = {"kind": which.kind_code, "language": which.language}
    DocumentTemplate.objects.get_or_create(**named)
    return DocumentTemplate.objects.select_for_update().get(**named)


def _logo(
    actor: Actor, template: DocumentTemplate, logo: Upload | None, now: datetime
) -> UUID | None:
    if logo is None:
        return None
    try:
        kept = store_file(
            owner=owner_of(template),
            purpose=PURPOSE,
            upload=logo,
            limits=Limits(LOGO_BYTES, staff_limits().daily_bytes),
            actor=actor,
            now=now,
        )
    except InvalidInput as error:
        message = next(iter(error.fields.values()))
        raise InvalidInput({"logo": message}) from error
    if kept.media_type not in LOGO_TYPES:
        raise InvalidInput({"logo": _("Choose a picture: PNG or JPEG.")})
    return kept.public_id
