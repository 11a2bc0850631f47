"""Reading what an asset is made of, and what it was before: parts, former serials."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from yinuo.domains.assets.models import Component, FormerSerial
from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.assets.types import ComponentRow, FormerSerialView
from yinuo.domains.network.types import Actor
from yinuo.platform.scoped import one_of


def components_of(asset_id: int, on: date | None = None) -> tuple[ComponentRow, ...]:
    """The parts in an asset (internal id) on a day, the factory configuration leading.

    Without a day every part it ever had, those still in it first. A part counts from the day it
    was added to the day before it was removed. The caller has scoped the asset.
    """
    rows = _with_links(Component.objects.filter(asset_id=asset_id))
    if on is not None:
        rows = rows.filter(
            Q(added_on=None) | Q(added_on__lte=on), Q(removed_on=None) | Q(removed_on__gt=on)
        )
    found = [_row(one) for one in rows.order_by("id")]
    return tuple(sorted(found, key=lambda one: (on is None and not one.is_in, not one.is_factory)))


def list_components(actor: Actor, asset_id: object) -> list[ComponentRow]:
    """The parts a visible asset (public id) ever had; NotFound otherwise."""
    return list(components_of(one_of(visible_assets(actor), asset_id).pk))


def factory_serials(asset_id: int) -> tuple[str, ...] | None:
    """The serial numbers of an asset's (internal id) factory configuration, replacements included.

    None when no part of it is on record: then nothing tells factory parts from later ones. The
    caller has scoped the asset.
    """
    rows = Component.objects.filter(asset_id=asset_id, factory=True).order_by("id")
    serials = list(rows.values_list("serial", flat=True))
    return tuple(serial for serial in serials if serial) if serials else None


def get_component(actor: Actor, public_id: object) -> ComponentRow:
    """One part of a visible asset; NotFound otherwise."""
    rows = _with_links(Component.objects.filter(asset__in=visible_assets(actor)))
    return _row(one_of(rows, public_id))


def former_serials_of(asset_id: int) -> tuple[FormerSerialView, ...]:
    """What an asset (internal id) was called before its unit was swapped, newest first."""
    rows: Iterable[FormerSerial] = FormerSerial.objects.filter(asset_id=asset_id).order_by("-id")
    return tuple(
        FormerSerialView(row.model, row.serial, row.until_on, row.reason, row.recorded_by)
        for row in rows
    )


def _with_links(rows: QuerySet[Component]) -> QuerySet[Component]:
    return rows.select_related("asset", "replaced_by")


def _row(row: Component) -> ComponentRow:
    return ComponentRow(
        id=row.pk,
        public_id=row.public_id,
        version=row.version,
        asset_public_id=row.asset.public_id,
        name=row.name,
        model=row.model,
        serial=row.serial,
        is_factory=row.factory,
        added_on=row.added_on,
        removed_on=row.removed_on,
        reason=row.reason,
        replaced_by_serial=row.replaced_by.serial if row.replaced_by else "",
        replaced_by_public_id=row.replaced_by.public_id if row.replaced_by else None,
        source_number=row.source_number,
        source_id=row.source_id,
    )
