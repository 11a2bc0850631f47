"""Making the warranty of an asset longer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yinuo.domains.assets.models import Asset, Prolongation
from yinuo.platform.journal.work import Work
from yinuo.platform.scoped import one_of


@dataclass(frozen=True, slots=True)
class More:
    """How much longer, and what for: the id of what it is given for counts once."""

    months: int
    days: int
    reason: str
    source_id: UUID


def prolong_warranty(customer_id: int, asset_id: object, more: More, work: Work) -> Asset:
    """Make every warranty of a customer's asset so much longer from now on, in the running step.

    The caller has checked the right to it. NotFound for an asset of anybody else.
    """
    asset = one_of(Asset.objects.filter(customer_id=customer_id), asset_id)
    Prolongation.objects.create(
        asset=asset,
        months=more.months,
        days=more.days,
        reason=more.reason,
        given_at=work.now,
        given_by=work.actor.label,
        source_id=more.source_id,
    )
    after = {"months": more.months, "days": more.days}
    work.audit("asset.prolong_warranty", asset, after=after, reason=more.reason)
    work.emit("asset.changed", asset)
    return asset
