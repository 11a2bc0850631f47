"""What the asset register knows already, many rows at once: for imports and exports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.assets.models import Asset, Project
from yinuo.domains.assets.policies import visible_assets, visible_projects
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


@dataclass(frozen=True, slots=True)
class KnownAssetRow:
    """An asset as a row of a file."""

    id: int
    public_id: UUID
    version: int
    customer_public_id: UUID
    customer_name: str
    site_public_id: UUID | None
    site_name: str
    location: str
    project_public_id: UUID | None
    project_name: str
    name: str
    model: str
    asset_class: str
    serial: str
    purchased_on: date | None
    active: bool


@dataclass(frozen=True, slots=True)
class KnownProject:
    """A project as a row of a file."""

    id: int
    public_id: UUID
    version: int
    customer_public_id: UUID
    customer_name: str
    name: str
    accepted_on: date | None
    finished_on: date | None


def known_assets(
    actor: Actor,
    permission: Permission,
    *,
    serials: Collection[str] = (),
    without_serial: Collection[UUID] = (),
    public_ids: Collection[UUID] = (),
) -> list[KnownAssetRow]:
    """Assets of these serial numbers or ids, and those without serial number of these customers."""
    found = visible_assets(actor, permission).filter(
        Q(serial__in=[one for one in serials if one])
        | Q(serial="", customer__public_id__in=without_serial)
        | Q(public_id__in=public_ids)
    )
    return _assets(found.order_by("id"))


def known_projects(
    actor: Actor,
    permission: Permission,
    *,
    customer_ids: Collection[UUID],
    names: Collection[str],
    public_ids: Collection[UUID] = (),
) -> list[KnownProject]:
    """Projects of these names at these customers, and those of these ids."""
    found = visible_projects(actor, permission).filter(
        Q(customer__public_id__in=customer_ids, name__in=names) | Q(public_id__in=public_ids)
    )
    return _projects(found.order_by("id"))


def projects_after(actor: Actor, last_id: int, limit: int) -> list[KnownProject]:
    """The next visible projects behind a row number, in the order they were made."""
    return _projects(visible_projects(actor).filter(id__gt=last_id).order_by("id")[:limit])


def _projects(found: QuerySet[Project]) -> list[KnownProject]:
    return [
        KnownProject(
            id=one.pk,
            public_id=one.public_id,
            version=one.version,
            customer_public_id=one.customer.public_id,
            customer_name=one.customer.name,
            name=one.name,
            accepted_on=one.accepted_on,
            finished_on=one.finished_on,
        )
        for one in found.select_related("customer")
    ]


def assets_after(actor: Actor, last_id: int, limit: int) -> list[KnownAssetRow]:
    """The next visible assets behind a row number, in the order they were made."""
    return _assets(visible_assets(actor).filter(id__gt=last_id).order_by("id")[:limit])


def _assets(found: QuerySet[Asset]) -> list[KnownAssetRow]:
    return [
        KnownAssetRow(
            id=one.pk,
            public_id=one.public_id,
            version=one.version,
            customer_public_id=one.customer.public_id,
            customer_name=one.customer.name,
            site_public_id=one.site.public_id if one.site else None,
            site_name=one.site.name if one.site else "",
            location=one.location,
            project_public_id=one.project.public_id if one.project else None,
            project_name=one.project.name if one.project else "",
            name=one.name,
            model=one.model,
            asset_class=one.asset_class,
            serial=one.serial,
            purchased_on=one.purchased_on,
            active=one.active,
        )
        for one in found.select_related("customer", "site", "project")
    ]
