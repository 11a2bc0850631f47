"""Versions as the customer's signed-in contact sees them: those his own assets are entitled to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yinuo.domains.assets.visitors import own_assets
from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.software.entitling import covers_now, entitlement_of
from yinuo.domains.software.models import SoftwareDelivery, SoftwareRelease
from yinuo.domains.software.selectors import release_rows
from yinuo.domains.software.types import ReleaseRow, Way
from yinuo.platform.errors import NotFound
from yinuo.platform.files.selectors import open_file
from yinuo.platform.files.types import OpenedFile, owner_of
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

# The newest versions of a product line; and so many devices of one customer are looked through.
MOST_SHOWN, MOST_ASSETS = 20, 500


@dataclass(frozen=True, slots=True)
class OwnRelease:
    """A version and the visitor's assets that may have it, by public id and name."""

    release: ReleaseRow
    assets: tuple[tuple[object, str, str], ...]


def own_releases(visitor: Visitor, now: datetime) -> list[OwnRelease]:
    """The newest versions that some asset of the visitor's customer is entitled to today."""
    assets: list[Any] = list(own_assets(visitor).order_by("-id")[:MOST_ASSETS])
    covers = covers_now(assets, now)
    live = SoftwareRelease.objects.filter(withdrawn_at__isnull=True)
    found = []
    for release in live.order_by("-released_on", "-id"):
        entitled = [
            (asset.public_id, asset.name, asset.serial)
            for asset, cover in zip(assets, covers, strict=True)
            if _fits(release, asset) and entitlement_of(release, cover).holds
        ]
        if entitled:
            found.append((release, tuple(entitled)))
        if len(found) == MOST_SHOWN:
            break
    rows = release_rows([release for release, _entitled in found])
    return [OwnRelease(row, entitled) for row, (_one, entitled) in zip(rows, found, strict=True)]


def download_release(
    *, visitor: Visitor, release_id: object, asset_id: object, file_id: object, now: datetime
) -> OpenedFile:
    """A file of a version for one of the visitor's assets that is entitled to it; recorded as a
    delivery. NotFound for anything else, whoever was given the address."""
    with writing(actor=SYSTEM, now=now) as work:
        release = one_of(SoftwareRelease.objects.all(), release_id)
        asset: Any = one_of(own_assets(visitor), asset_id)
        entitlement = entitlement_of(release, covers_now([asset], now)[0])
        if not _fits(release, asset) or not entitlement.holds:
            raise NotFound
        opened = open_file(owner_of(release), file_id)
        delivery = SoftwareDelivery(
            release=release,
            asset=asset,
            way=Way.DOWNLOAD.value,
            to_whom=visitor.name,
            cover=entitlement.cover,
            delivered_at=work.now,
            recorded_at=work.now,
            recorded_by=visitor.name,
        )
        work.add(delivery)
        after = {"number": release.number, "way": Way.DOWNLOAD.value}
        work.audit("software.deliver", delivery, after=after)
        return opened


def _fits(release: SoftwareRelease, asset: Any) -> bool:
    """As `assets_of_class` has it."""
    return _is(release.model, asset.model) and _is(release.asset_class, asset.asset_class)


def _is(wanted: str, present: str) -> bool:
    return not wanted or wanted.casefold() == present.casefold()
