"""Reading software versions; what hangs on customers is limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q

from yinuo.domains.assets.classes import AssetClass, assets_of_class
from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.assets.selectors import asset_row
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.software.entitling import covers_now, entitlement_of
from yinuo.domains.software.models import SoftwareDelivery, SoftwareHelp, SoftwareRelease
from yinuo.domains.software.policies import visible_deliveries, visible_helps, visible_releases
from yinuo.domains.software.services.releasing import PURPOSE
from yinuo.domains.software.types import (
    AssetSoftware,
    DeliveryRow,
    HelpRow,
    ReleaseAssetRow,
    ReleaseRow,
)
from yinuo.platform.files.selectors import files_of, open_file
from yinuo.platform.files.types import OpenedFile, owner_of
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of

# Which assets of a version to show.
WAITING, ENTITLED, THERE = "waiting", "entitled", "there"
MOST_BESIDE = 20
_PLACES = ("customer", "site", "project")
_GIVEN_FOR = ("release", "asset__customer")


def list_releases(
    actor: Actor, *, text: str = "", cursor: str = "", limit: int = 50
) -> Page[ReleaseRow]:
    """Versions, the newest first; by part of number, model or product line."""
    rows = visible_releases(actor)
    if word := text.strip():
        rows = rows.filter(
            Q(number__icontains=word) | Q(model__icontains=word) | Q(asset_class__icontains=word)
        )
    page = page_of(rows, order=("-released_on", "-id"), cursor=cursor, limit=limit)
    shown = {one.public_id: one for one in release_rows(page.items)}
    return page.map(lambda one: shown[one.public_id])


def get_release(actor: Actor, release_id: object) -> ReleaseRow:
    """One version with its files; NotFound otherwise."""
    return release_rows([one_of(visible_releases(actor), release_id)])[0]


def list_release_assets(
    actor: Actor,
    *,
    release_id: object,
    now: datetime,
    state: str = "",
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[ReleaseAssetRow]:
    """The visible assets in use that a version is for, each with whether it is entitled today.

    `state`: `waiting` for those that run neither it nor a later one, `entitled` for those of them
    that may have it, `there` for the others. A page of `entitled` may be shorter than `limit` while
    a further one follows: covers are asked for a page at a time.
    """
    release = one_of(visible_releases(actor), release_id)
    found = _assets_for(actor, release).select_related(*_PLACES)
    if word := text.strip():
        found = found.filter(Q(serial__holds=word) | Q(customer__name__holds=word))
    if state in (WAITING, ENTITLED):
        found = found.exclude(software__in=_from_on(release))
    elif state == THERE:
        found = found.filter(software__in=_from_on(release))
    page = page_of(found, order=("id",), cursor=cursor, limit=limit)
    rows = _release_assets(release, page.items, now)
    if state == ENTITLED:
        rows = [one for one in rows if one.entitlement.holds]
    return Page(tuple(rows), page.next_cursor)


def get_release_asset(
    actor: Actor, release_id: object, asset_id: object, now: datetime
) -> tuple[ReleaseRow, ReleaseAssetRow]:
    """One version and one visible asset it is for; NotFound otherwise."""
    release = one_of(visible_releases(actor), release_id)
    asset = one_of(_assets_for(actor, release).select_related(*_PLACES), asset_id)
    return release_rows([release])[0], _release_assets(release, [asset], now)[0]


def deliveries_of_release(actor: Actor, release_id: object) -> list[DeliveryRow]:
    """The newest visible deliveries of a version."""
    release = one_of(visible_releases(actor), release_id)
    return _deliveries(visible_deliveries(actor).filter(release=release))


def list_deliveries(
    actor: Actor, *, release_id: object, cursor: str = "", limit: int = 50
) -> Page[DeliveryRow]:
    """All visible deliveries of a version, the newest first."""
    release = one_of(visible_releases(actor), release_id)
    rows = visible_deliveries(actor).filter(release=release).select_related(*_GIVEN_FOR)
    return page_of(rows, order=("-id",), cursor=cursor, limit=limit).map(_delivery)


def software_of_asset(actor: Actor, asset_id: object, now: datetime) -> AssetSoftware | None:
    """The versions there are for a visible asset, what was given and helped; None without the
    right."""
    if not actor.may(Permission.SOFTWARE_READ):
        return None
    asset: Any = one_of(visible_assets(actor).select_related(*_PLACES), asset_id)
    releases = releases_for(asset)
    stands = _stands_of(asset, releases, now)
    return AssetSoftware(
        asset=asset_row(asset),
        releases=tuple(zip(release_rows(releases), stands, strict=True)),
        deliveries=tuple(_deliveries(visible_deliveries(actor).filter(asset=asset))),
        helps=tuple(_helps(visible_helps(actor).filter(asset=asset))),
    )


def open_release_file(actor: Actor, release_id: object, file_id: object) -> OpenedFile:
    """A file of a version as it was sent; NotFound for another's."""
    return open_file(owner_of(one_of(visible_releases(actor), release_id)), file_id)


def releases_for(asset: Any, most: int = 5) -> list[SoftwareRelease]:
    """The newest versions that are for an asset the caller has checked."""
    model = Q(model="") | Q(model__iexact=asset.model)
    line = Q(asset_class="") | Q(asset_class__iexact=asset.asset_class)
    rows = SoftwareRelease.objects.filter(model, line, withdrawn_at__isnull=True)
    return list(rows.order_by("-released_on", "-id")[:most])


def release_rows(releases: Iterable[SoftwareRelease]) -> list[ReleaseRow]:
    """Versions the caller has checked, with their files; one query."""
    found = list(releases)
    files = files_of([owner_of(one) for one in found], purpose=PURPOSE)
    return [
        ReleaseRow(
            public_id=one.public_id,
            version=one.version,
            number=one.number,
            released_on=one.released_on,
            kind=one.kind,
            model=one.model,
            asset_class=one.asset_class,
            is_paid_feature=one.is_paid_feature,
            notes_zh=one.notes_zh,
            notes_en=one.notes_en or one.notes_zh,
            published_by=one.published_by,
            withdrawn_at=one.withdrawn_at,
            withdraw_reason=one.withdraw_reason,
            files=tuple(files[owner_of(one)]),
        )
        for one in found
    ]


def _assets_for(actor: Actor, release: SoftwareRelease) -> Any:
    which = AssetClass(release.model, release.asset_class)
    return assets_of_class(actor, which, Permission.SOFTWARE_READ)


def _from_on(release: SoftwareRelease) -> list[str]:
    """The numbers of this version and of those that came after it for the same assets."""
    same = SoftwareRelease.objects.filter(model=release.model, asset_class=release.asset_class)
    later = Q(released_on__gt=release.released_on)
    later |= Q(released_on=release.released_on, pk__gte=release.pk)
    return list(same.filter(later).values_list("number", flat=True))


def _release_assets(
    release: SoftwareRelease, assets: Sequence[Any], now: datetime
) -> list[ReleaseAssetRow]:
    there = _from_on(release)
    given = SoftwareDelivery.objects.filter(release=release, asset__in=list(assets))
    last: dict[int, datetime] = dict(
        given.order_by("asset_id").values_list("asset_id").annotate(Max("delivered_at"))
    )
    return [
        ReleaseAssetRow(
            asset=asset_row(one),
            is_there=one.software in there,
            entitlement=entitlement_of(release, cover),
            delivered_at=last.get(one.pk),
        )
        for one, cover in zip(assets, covers_now(assets, now), strict=True)
    ]


def _stands_of(
    asset: Any, releases: Sequence[SoftwareRelease], now: datetime
) -> list[ReleaseAssetRow]:
    """How one asset stands to several versions; the same few statements however many they are."""
    if not releases:
        return []
    [cover] = covers_now([asset], now)
    running = list(SoftwareRelease.objects.filter(number=asset.software))
    given = SoftwareDelivery.objects.filter(asset=asset, release__in=list(releases))
    last: dict[int, datetime] = dict(
        given.order_by("release_id").values_list("release_id").annotate(Max("delivered_at"))
    )
    return [
        ReleaseAssetRow(
            asset=asset_row(asset),
            is_there=any(_follows(other, one) for other in running),
            entitlement=entitlement_of(one, cover),
            delivered_at=last.get(one.pk),
        )
        for one in releases
    ]


def _follows(one: SoftwareRelease, earlier: SoftwareRelease) -> bool:
    """True for a version for the same assets that is not older, itself included."""
    is_same = (one.model, one.asset_class) == (earlier.model, earlier.asset_class)
    return is_same and (one.released_on, one.pk) >= (earlier.released_on, earlier.pk)


def _deliveries(rows: Any) -> list[DeliveryRow]:
    found = rows.select_related(*_GIVEN_FOR).order_by("-id")[:MOST_BESIDE]
    return [_delivery(one) for one in found]


def _delivery(one: SoftwareDelivery) -> DeliveryRow:
    asset: Any = one.asset
    release_id: UUID = one.release.public_id
    return DeliveryRow(
        public_id=one.public_id,
        number=one.release.number,
        release_public_id=release_id,
        asset_public_id=asset.public_id,
        asset_name=asset.name,
        serial=asset.serial,
        customer_name=asset.customer.name,
        way=one.way,
        to_whom=one.to_whom,
        cover=one.cover,
        paid_as=one.paid_as,
        is_installed=one.is_installed,
        delivered_at=one.delivered_at,
        recorded_by=one.recorded_by,
    )


def _helps(rows: Any) -> list[HelpRow]:
    found: Iterable[SoftwareHelp] = rows.select_related("release", "asset").order_by("-id")
    return [
        HelpRow(
            public_id=one.public_id,
            number=one.release.number,
            asset_public_id=one.asset.public_id,
            asset_name=one.asset.name,
            way=one.way,
            minutes=one.minutes,
            text=one.text,
            helped_at=one.helped_at,
            helped_by=one.helped_by,
        )
        for one in list(found)[:MOST_BESIDE]
    ]
