"""Publishing a plan file as a version that never changes."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yinuo.domains.contracts.models import PlanVersion
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.planfile import PlanError, load_plan
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import writing


def publish_plan(*, actor: Actor, source: str, source_name: str, now: datetime) -> PlanVersion:
    """Publish a plan file; the same content again gives the version it already is.

    Raises InvalidInput with every error of the file (line, column, what is wrong).
    """
    require(actor, Permission.PLAN_PUBLISH)
    try:
        plan = load_plan(source, source_name)
    except PlanError as error:
        said = error.in_language(get_language() or "zh-hans")
        raise InvalidInput({"source": said}, _("The plan file has errors.")) from error
    published = PlanVersion.objects.filter(code=plan.code, content_hash=plan.hash).first()
    if published:
        return published
    with writing(actor=actor, now=now) as work:
        last = PlanVersion.objects.filter(code=plan.code).aggregate(last=Max("number"))["last"]
        version = PlanVersion.objects.create(
            code=plan.code,
            number=(last or 0) + 1,
            title_zh=plan.title.zh,
            title_en=plan.title.en,
            source=source,
            content_hash=plan.hash,
            published_at=now,
            published_by=actor.label,
        )
        work.audit("plan.publish", version, after={"code": plan.code, "number": version.number})
        work.emit("plan.published", version)
        return version
