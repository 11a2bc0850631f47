"""When an asset did not work, as entered by hand, and how available it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction

from django.db.models import Q

from yinuo.domains.assets.models import Downtime
from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.assets.types import DowntimeRow, Span
from yinuo.domains.network.types import Actor
from yinuo.platform.scoped import one_of


def downtimes_of(asset_id: int, *, since: datetime | None = None) -> tuple[DowntimeRow, ...]:
    """The entries of an asset (internal id), newest first, those taken back included.

    With `since`, only those that reach beyond it. The caller has scoped the asset.
    """
    rows = Downtime.objects.filter(asset_id=asset_id).select_related("asset")
    if since is not None:
        rows = rows.filter(Q(ended_at=None) | Q(ended_at__gt=since))
    return tuple(_row(row) for row in rows.order_by("-began_at", "-id"))


def get_downtime(actor: Actor, public_id: object) -> DowntimeRow:
    """One entry of a visible asset; NotFound otherwise."""
    rows = Downtime.objects.filter(asset__in=visible_assets(actor)).select_related("asset")
    return _row(one_of(rows, public_id))


def down_for(spans: Iterable[Span], start: datetime, end: datetime) -> timedelta:
    """How long at least one of the spans lasted between two instants; overlaps count once.

    A span without end lasts until `end`.

    >>> from datetime import UTC
    >>> at = lambda hour: datetime(2026, 1, 1, hour, tzinfo=UTC)
    >>> down_for([Span(at(1), at(3)), Span(at(2), at(4)), Span(at(8), None)], at(0), at(10))
    datetime.timedelta(seconds=18000)
    """
    clipped = sorted((max(span.began_at, start), min(span.ended_at or end, end)) for span in spans)
    total, reached = timedelta(0), start
    for begin, stop in clipped:
        if stop > max(begin, reached):
            total += stop - max(begin, reached)
            reached = stop
    return total


def availability(down: timedelta, whole: timedelta) -> Fraction | None:
    """The share of a period in which it worked, 0 to 1; None for a period of no length."""
    if whole <= timedelta(0):
        return None
    return 1 - Fraction(down // timedelta(microseconds=1), whole // timedelta(microseconds=1))


def _row(row: Downtime) -> DowntimeRow:
    return DowntimeRow(
        public_id=row.public_id,
        version=row.version,
        asset_public_id=row.asset.public_id,
        began_at=row.began_at,
        ended_at=row.ended_at,
        cause=row.cause,
        void_reason=row.void_reason,
        recorded_by=row.recorded_by,
    )
