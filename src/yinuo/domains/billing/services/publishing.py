"""Publishing a price list file as a version that never changes."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yinuo.domains.billing.models import PriceListVersion
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.planfile import PlanError
from yinuo.planfile.pricelists import load_price_list
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import writing


def publish_price_list(
    *, actor: Actor, source: str, source_name: str, now: datetime
) -> PriceListVersion:
    """Publish a price list file; the same content again gives the version it already is.

    Quotes already made keep their lines. Raises InvalidInput with every error of the file (line,
    column, what is wrong).
    """
    require(actor, Permission.PRICE_PUBLISH)
    try:
        list_ = load_price_list(source, source_name)
    except PlanError as error:
        said = error.in_language(get_language() or "zh-hans")
        raise InvalidInput({"source": said}, _("The price list has errors.")) from error
    versions = PriceListVersion.objects.filter(code=list_.code)
    if published := versions.filter(content_hash=list_.hash).first():
        return published
    with writing(actor=actor, now=now) as work:
        last = versions.aggregate(last=Max("number"))["last"]
        version = PriceListVersion.objects.create(
            code=list_.code,
            number=(last or 0) + 1,
            title_zh=list_.title.zh,
            title_en=list_.title.en,
            source=source,
            content_hash=list_.hash,
            published_at=now,
            published_by=actor.label,
        )
        after = {"code": list_.code, "number": version.number}
        work.audit("price_list.publish", version, after=after)
        work.emit("price_list.published", version)
        return version
