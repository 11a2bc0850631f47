"""The parts of assets that are on record already, many rows at once: for imports and exports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.assets.models import Component
from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


@dataclass(frozen=True, slots=True)
class KnownComponentRow:
    """A part that is in its asset, as a row of a file."""

    id: int
    public_id: UUID
    version: int
    asset_public_id: UUID
    asset_model: str
    asset_serial: str
    name: str
    model: str
    serial: str
    factory: bool
    added_on: date | None


def known_components(
    actor: Actor,
    permission: Permission,
    *,
    asset_ids: Collection[UUID] = (),
    public_ids: Collection[UUID] = (),
) -> list[KnownComponentRow]:
    """The parts in these assets, and those of these ids (public ids both)."""
    found = _present(actor, permission).filter(
        Q(asset__public_id__in=asset_ids) | Q(public_id__in=public_ids)
    )
    return _rows(found.order_by("id"))


def components_after(actor: Actor, last_id: int, limit: int) -> list[KnownComponentRow]:
    """The next parts of visible assets behind a row number, in the order they were made; what was
    taken out is no longer listed."""
    found = _present(actor, Permission.ASSET_READ).filter(id__gt=last_id)
    return _rows(found.order_by("id")[:limit])


def _present(actor: Actor, permission: Permission) -> QuerySet[Component]:
    return Component.objects.filter(asset__in=visible_assets(actor, permission), removed_on=None)


def _rows(found: QuerySet[Component]) -> list[KnownComponentRow]:
    return [
        KnownComponentRow(
            id=one.pk,
            public_id=one.public_id,
            version=one.version,
            asset_public_id=one.asset.public_id,
            asset_model=one.asset.model,
            asset_serial=one.asset.serial,
            name=one.name,
            model=one.model,
            serial=one.serial,
            factory=one.factory,
            added_on=one.added_on,
        )
        for one in found.select_related("asset")
    ]
