"""Who is entitled to a version today: the cover of each asset decides (SA-06, SA-11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from yinuo.domains.contracts.covers import Covered, find_covers
from yinuo.domains.contracts.types import Cover, CoverKind, CoverReason
from yinuo.domains.contracts.warranty import Dates
from yinuo.domains.software.models import SoftwareRelease
from yinuo.domains.software.types import Entitlement, Refusal
from yinuo.kernel.cover.candidates import SOFTWARE


def covers_now(assets: Sequence[Any], now: datetime) -> list[Cover]:
    """The cover as of now of assets loaded with site and project, in their order; see
    `find_covers` for how many queries."""
    return find_covers([_thing(one) for one in assets], now)


def entitlement_of(release: SoftwareRelease, cover: Cover) -> Entitlement:
    """Whether an asset with this cover may have the version, else why not."""
    if release.withdrawn_at is not None:
        return Entitlement(Refusal.WITHDRAWN)
    if release.is_paid_feature:
        return Entitlement(Refusal.PAID_FEATURE)
    software = next((one for one in cover.parts if one.item == SOFTWARE), None)
    if software is not None and software.kind is not CoverKind.PAID:
        return Entitlement(Refusal.NONE, software.kind.value, software.contract_number)
    if software is not None:
        return Entitlement(Refusal.TERM_OVER)
    if cover.reason is CoverReason.NO_CONTRACT:
        return Entitlement(Refusal.NO_CONTRACT)
    return Entitlement(Refusal.NOT_INCLUDED)


def _thing(asset: Any) -> Covered:
    zone = asset.site.zone if asset.site else settings.TIME_ZONE
    accepted_on = asset.project.accepted_on if asset.project else None
    dates = Dates(asset.purchased_on, accepted_on)
    return Covered(asset.customer_id, asset.site_id, asset.pk, zone, dates)
