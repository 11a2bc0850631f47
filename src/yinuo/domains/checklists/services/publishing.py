"""Publishing a checklist file as a version that never changes."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yinuo.domains.checklists.models import TemplateVersion
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.planfile import PlanError
from yinuo.planfile.checklists import load_checklist
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import writing


def publish_checklist(
    *, actor: Actor, source: str, source_name: str, now: datetime
) -> TemplateVersion:
    """Publish a checklist file; the same content again gives the version it already is.

    Checklists already begun keep their version. Raises InvalidInput with every error of the file
    (line, column, what is wrong).
    """
    require(actor, Permission.CHECKLIST_PUBLISH)
    try:
        template = load_checklist(source, source_name)
    except PlanError as error:
        said = error.in_language(get_language() or "zh-hans")
        raise InvalidInput({"source": said}, _("The checklist has errors.")) from error
    versions = TemplateVersion.objects.filter(code=template.code)
    if published := versions.filter(content_hash=template.hash).first():
        return published
    with writing(actor=actor, now=now) as work:
        last = versions.aggregate(last=Max("number"))["last"]
        version = TemplateVersion.objects.create(
            code=template.code,
            number=(last or 0) + 1,
            title_zh=template.title.zh,
            title_en=template.title.en,
            source=source,
            content_hash=template.hash,
            published_at=now,
            published_by=actor.label,
        )
        after = {"code": template.code, "number": version.number}
        work.audit("checklist_template.publish", version, after=after)
        work.emit("checklist_template.published", version)
        return version
