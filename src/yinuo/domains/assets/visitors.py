"""What a visitor sees of the asset register: the devices of his own customer."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.assets.models import Asset
from yinuo.domains.assets.selectors import asset_row
from yinuo.domains.assets.types import AssetRow
from yinuo.domains.customers.visitors import Visitor
from yinuo.platform.paging import Page, page_of


def assets_of(
    visitor: Visitor, *, text: str = "", cursor: str = "", limit: int = 50
) -> Page[AssetRow]:
    """The devices in use of the visitor's customer, newest first; by name, model or serial."""
    assets = own_assets(visitor)
    if word := text.strip():
        assets = assets.filter(Q(serial__holds=word) | Q(name__holds=word) | Q(model__holds=word))
    return page_of(assets, order=("-id",), cursor=cursor, limit=limit).map(asset_row)


def find_asset_of(visitor: Visitor, public_id: UUID) -> AssetRow | None:
    """One device in use of the visitor's customer; None for anything else."""
    asset = own_assets(visitor).filter(public_id=public_id).first()
    return asset_row(asset) if asset else None


def own_assets(visitor: Visitor) -> QuerySet[Asset]:
    """The devices in use of the visitor's customer, loaded with customer, site and project."""
    assets = Asset.objects.filter(customer_id=visitor.customer_id, active=True)
    return assets.select_related("customer", "site", "project")
