"""What a visitor sees of the asset register: the devices of his own customer."""

from __future__ import annotations

from django.db.models import Q

from yinuo.domains.assets.models import Asset
from yinuo.domains.assets.selectors import asset_row
from yinuo.domains.assets.types import AssetRow
from yinuo.domains.customers.visitors import Visitor
from yinuo.platform.paging import Page, page_of


def assets_of(
    visitor: Visitor, *, text: str = "", cursor: str = "", limit: int = 50
) -> Page[AssetRow]:
    """The devices in use of the visitor's customer, newest first; by name, model or serial."""
    assets = Asset.objects.filter(customer_id=visitor.customer_id, active=True)
    if word := text.strip():
        assets = assets.filter(Q(serial__holds=word) | Q(name__holds=word) | Q(model__holds=word))
    rows = assets.select_related("customer", "site", "project")
    return page_of(rows, order=("-id",), cursor=cursor, limit=limit).map(asset_row)
