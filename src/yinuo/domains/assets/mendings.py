"""What happened to assets that may lengthen a warranty: repairs, and times they did not work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from yinuo.domains.assets.models import CaseTrace, Component, Downtime, FormerSerial
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

    Cases count beside what was entered by hand. A span that lasts beyond `until` ends there. Four
    queries.
    """
    repaired: defaultdict[int, set[date]] = defaultdict(set)
    parts = Component.objects.filter(asset_id__in=asset_ids, replaced_by__isnull=False)
    swaps = FormerSerial.objects.filter(asset_id__in=asset_ids)
    for rows, day in ((parts, "removed_on"), (swaps, "until_on")):
        known = rows.filter(**{f"{day}__lte": until.date()}).values_list("asset_id", day)
        for asset_id, on in known:
            repaired[asset_id].add(on)
    times: list[tuple[datetime, datetime, int]] = []
    for trace in CaseTrace.objects.filter(asset_id__in=asset_ids, began_at__lt=until):
        if trace.on is not None:
            repaired[trace.asset_id].add(trace.on)
        else:
            times.append((trace.began_at, min(trace.ended_at, until), trace.asset_id))
    down = Downtime.objects.filter(asset_id__in=asset_ids, void_reason="", began_at__lt=until)
    for one in down:
        ended = until if one.ended_at is None else min(one.ended_at, until)
        times.append((one.began_at, ended, one.asset_id))
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    for began_at, ended_at, asset_id in sorted(times):
        _join(spans[asset_id], Span(began_at, ended_at))
    return {one: Mending(tuple(sorted(repaired[one])), tuple(spans[one])) for one in set(asset_ids)}


def _join(spans: list[Span], following: Span) -> None:
    """Add a span that begins no earlier than those before it; what touches becomes one."""
    last = spans[-1] if spans else None
    if last and last.ended_at and following.ended_at and following.began_at <= last.ended_at:
        spans[-1] = Span(last.began_at, max(last.ended_at, following.ended_at))
    else:
        spans.append(following)
