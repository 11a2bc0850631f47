"""What happened to assets that may lengthen a warranty: repairs, and times they did not work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from yinuo.domains.assets.models import Component, Downtime, FormerSerial
from yinuo.domains.assets.types import Span


@dataclass(frozen=True, slots=True)
class Mending:
    """Days on which a part was replaced or the unit swapped, and spans without work, in order.

    Spans that overlap or touch are one.
    """

    repaired_on: tuple[date, ...] = ()
    downtimes: tuple[Span, ...] = ()


def mendings_of(asset_ids: Collection[int], until: datetime) -> dict[int, Mending]:
    """What is on record of assets (internal ids, already scoped) before an instant.

    A span that lasts beyond it ends there. Three queries.
    """
    repaired: defaultdict[int, set[date]] = defaultdict(set)
    parts = Component.objects.filter(asset_id__in=asset_ids, replaced_by__isnull=False)
    swaps = FormerSerial.objects.filter(asset_id__in=asset_ids)
    for rows, day in ((parts, "removed_on"), (swaps, "until_on")):
        known = rows.filter(**{f"{day}__lte": until.date()}).values_list("asset_id", day)
        for asset_id, on in known:
            repaired[asset_id].add(on)
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    down = Downtime.objects.filter(asset_id__in=asset_ids, void_reason="", began_at__lt=until)
    for one in down.order_by("began_at", "id"):
        ended = until if one.ended_at is None else min(one.ended_at, until)
        _join(spans[one.asset_id], Span(one.began_at, ended))
    return {one: Mending(tuple(sorted(repaired[one])), tuple(spans[one])) for one in set(asset_ids)}


def _join(spans: list[Span], following: Span) -> None:
    """Add a span that begins no earlier than those before it; what touches becomes one."""
    last = spans[-1] if spans else None
    if last and last.ended_at and following.ended_at and following.began_at <= last.ended_at:
        spans[-1] = Span(last.began_at, max(last.ended_at, following.ended_at))
    else:
        spans.append(following)
