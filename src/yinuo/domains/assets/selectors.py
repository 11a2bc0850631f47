"""Reading the asset register; every function is limited to what the actor may see."""

from __future__ import annotations

import unicodedata

from django.db import connection
from django.db.models import Q, QuerySet

from yinuo.domains.assets.models import Asset, Component, FormerSerial, Project
from yinuo.domains.assets.policies import visible_assets, visible_projects
from yinuo.domains.assets.types import AssetRow, KnownAsset, ProjectRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import NotFound
from yinuo.platform.paging import Page, chosen_order, page_of
from yinuo.platform.scoped import identity, one_of

# Hand-written: it runs for every request opened, and building the ORM query costs more than it.
_OF_CUSTOMER = """
SELECT asset.id, asset.site_id, asset.asset_class, site.zone, asset.purchased_on,
    project.accepted_on
FROM assets_asset AS asset
LEFT JOIN customers_site AS site ON site.id = asset.site_id
LEFT JOIN assets_project AS project ON project.id = asset.project_id
WHERE asset.public_id = %s AND asset.customer_id = %s
"""


MOST_SORTED = 400
ASSET_ORDERS = {"newest": ("-id",), "serial": ("serial", "id")}


def list_assets(
    actor: Actor,
    *,
    customer_id: object = None,
    text: str = "",
    sort: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[AssetRow]:
    """Visible assets, newest first or as `sort` says; of one customer (public id) and by name,
    model or serial."""
    assets = _with_places(visible_assets(actor))
    if customer_id is not None:
        assets = assets.filter(customer__public_id=identity(customer_id))
    if word := text.strip():
        assets = assets.filter(Q(serial__holds=word) | Q(name__holds=word) | Q(model__holds=word))
    order = chosen_order(ASSET_ORDERS, sort)
    return page_of(assets, order=order, cursor=cursor, limit=limit).map(asset_row)


def get_asset(
    actor: Actor, public_id: object, permission: Permission = Permission.ASSET_READ
) -> AssetRow:
    """One visible asset; NotFound otherwise."""
    return asset_row(one_of(_with_places(visible_assets(actor, permission)), public_id))


def get_asset_of(customer_id: int, public_id: object) -> KnownAsset:
    """An asset of this customer; NotFound for anything else. The caller has scoped the customer."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_CUSTOMER, [identity(public_id), customer_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return KnownAsset(*row)


def find_by_serial(actor: Actor, text: str, *, limit: int = 8) -> list[AssetRow]:
    """Assets with the text anywhere in their serial number, any case and width.

    When there is none: those that had such a number before a swap, or have a part with it.
    """
    word = unicodedata.normalize("NFKC", text).strip()
    if len(word) < 3:
        return []
    seen = visible_assets(actor).filter(active=True)
    assets = _with_places(seen).order_by("serial", "id")
    # Of very many that fit only some are sorted: a short beginning fits nearly all of them.
    fitting = seen.filter(serial__holds=word).order_by().values("pk")[:MOST_SORTED]
    found = list(assets.filter(pk__in=fitting)[:limit])
    if not found:
        former = FormerSerial.objects.filter(serial__holds=word).values("asset_id")
        parts = Component.objects.filter(serial__holds=word).values("asset_id")
        found = list(assets.filter(Q(pk__in=former) | Q(pk__in=parts))[:limit])
    return [asset_row(asset) for asset in found]


def list_projects(
    actor: Actor, *, customer_id: object = None, cursor: str = "", limit: int = 50
) -> Page[ProjectRow]:
    """Visible projects, newest first."""
    projects = visible_projects(actor).select_related("customer")
    if customer_id is not None:
        projects = projects.filter(customer__public_id=identity(customer_id))
    return page_of(projects, order=("-id",), cursor=cursor, limit=limit).map(_project_row)


def get_project(actor: Actor, public_id: object) -> ProjectRow:
    """One visible project; NotFound otherwise."""
    return _project_row(one_of(visible_projects(actor).select_related("customer"), public_id))


def _with_places(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    return assets.select_related("customer", "site", "project")


def asset_row(asset: Asset) -> AssetRow:
    """The frozen form of an asset loaded with customer, site and project."""
    return AssetRow(
        id=asset.pk,
        public_id=asset.public_id,
        version=asset.version,
        customer_id=asset.customer_id,
        customer_public_id=asset.customer.public_id,
        customer_name=asset.customer.name,
        site_id=asset.site_id,
        site_public_id=asset.site.public_id if asset.site else None,
        site_name=asset.site.name if asset.site else "",
        project_public_id=asset.project.public_id if asset.project else None,
        name=asset.name,
        model=asset.model,
        asset_class=asset.asset_class,
        serial=asset.serial,
        purchased_on=asset.purchased_on,
        accepted_on=asset.project.accepted_on if asset.project else None,
        active=asset.active,
        location=asset.location,
        software=asset.software,
    )


def _project_row(project: Project) -> ProjectRow:
    return ProjectRow(
        id=project.pk,
        public_id=project.public_id,
        version=project.version,
        customer_public_id=project.customer.public_id,
        name=project.name,
        accepted_on=project.accepted_on,
        finished_on=project.finished_on,
    )
