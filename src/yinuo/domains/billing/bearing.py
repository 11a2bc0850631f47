"""Which parts of a request's bill the customer pays: labour, parts, travel."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from yinuo.domains.billing.damage import is_damage_signed
from yinuo.domains.contracts.covers import Covered, find_cover
from yinuo.domains.contracts.life import is_beyond_quota
from yinuo.domains.contracts.types import CoverKind, CoverReason
from yinuo.domains.contracts.warranty import NO_DATES, Dates
from yinuo.kernel.pricing import Bill

EVERY_PART = frozenset(Bill)


def paid_parts(request: Any) -> frozenset[Bill]:
    """The parts that no cover bears, as of the request's report.

    What a person decided holds for the whole bill. Everything may be charged where its sheets used
    more visits or hours than the contract includes, and where the customer signed a separate
    contract for damage by the user (SG-04). `request` comes with its
    site and its asset with project.
    """
    paid = request.cover == CoverKind.PAID.value
    if paid and request.cover_reason == CoverReason.DECIDED.value:
        return EVERY_PART
    if is_beyond_quota(request.public_id) or is_damage_signed(request.pk):
        return EVERY_PART
    if request.cover_reason == CoverReason.DECIDED.value:
        return frozenset()
    asset, site = request.asset, request.site
    project = asset.project if asset else None
    accepted = project.accepted_on if project else None
    dates = Dates(asset.purchased_on, accepted) if asset else NO_DATES
    zone = site.zone if site else settings.TIME_ZONE
    thing = Covered(request.customer_id, request.site_id, request.asset_id, zone, dates)
    borne = {one.item: one.kind for one in find_cover(thing, request.reported_at).parts}
    kinds = {part: borne.get(part.value, CoverKind(request.cover)) for part in Bill}
    # The work itself is paid or free as it stands on the request, whatever changed since.
    kinds[Bill.LABOUR] = CoverKind(request.cover)
    return frozenset(part for part, kind in kinds.items() if kind is CoverKind.PAID)
