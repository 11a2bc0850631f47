"""Publishing a price list file as a version that never changes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.billing.models import PriceListVersion
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.planfile.pricelists import load_price_list
from yinuo.platform.journal.versions import publish_version, read_file


def publish_price_list(
    *, actor: Actor, source: str, source_name: str, now: datetime
) -> PriceListVersion:
    """Publish a price list file; the same content again gives the version it already is.

    Quotes already made keep their lines. Raises InvalidInput with every error of the file (line,
    column, what is wrong).
    """
    require(actor, Permission.PRICE_PUBLISH)
    prices = read_file(load_price_list, source, source_name, _("The price list has errors."))
    return publish_version(
        PriceListVersion, prices, subject="price_list", source=source, actor=actor, now=now
    )
