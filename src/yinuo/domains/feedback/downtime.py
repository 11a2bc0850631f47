"""How available an asset was: faults from report to repair, and entries by hand (B-23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Q

from yinuo.domains.assets.downtimes import availability, down_for, downtimes_of
from yinuo.domains.assets.types import AssetRow, DowntimeRow, Span
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.several import with_latest
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.reports import RESTORED
from yinuo.kernel.states import ENDED, RequestState

FAULT = "fault"
# Taken back, or counted as the request it was merged into.
_NOT_COUNTED = (RequestState.CANCELLED.value, RequestState.MERGED.value)
_OVER = sorted(state.value for state in (*RESTORED, *ENDED))
MOST_OUTAGES = 500


@dataclass(frozen=True, slots=True)
class Outage:
    """A time an asset did not work: of a request, or entered by hand (`entry`)."""

    span: Span
    request_public_id: UUID | None
    number: str
    cause: str
    entry: DowntimeRow | None = None

    @property
    def counts(self) -> bool:
        """False for an entry that was taken back."""
        return self.entry is None or self.entry.counts


@dataclass(frozen=True, slots=True)
class Downtimes:
    """The outages of an asset in a period, newest first, and what they come to.

    `down` counts overlapping outages once; `share` is the part of the period in which it worked.
    """

    start: datetime
    end: datetime
    outages: tuple[Outage, ...]
    down: timedelta
    share: Fraction | None


def downtimes_of_asset(actor: Actor, asset: AssetRow, *, days: int, now: datetime) -> Downtimes:
    """The downtimes of a visible asset in the last days; two queries.

    A fault counts from its report until it was restored last, as the facts say; one that is not
    restored counts until now. Requests of other kinds, cancelled and merged ones do not count.
    """
    start = now - timedelta(days=days)
    outages = _of_requests(actor, asset, start) + _by_hand(asset, start)
    outages.sort(key=lambda one: one.span.began_at, reverse=True)
    down = down_for((one.span for one in outages if one.counts), start, now)
    return Downtimes(start, now, tuple(outages), down, availability(down, now - start))


def _of_requests(actor: Actor, asset: AssetRow, start: datetime) -> list[Outage]:
    faults = (
        visible_requests(actor)
        .filter(asset_id=asset.id, kind=FAULT)
        .exclude(state__in=_NOT_COUNTED)
    )
    rows: Any = with_latest(faults, restored_at="restored")
    rows = rows.filter(Q(restored_at=None) | Q(restored_at__gt=start) | ~Q(state__in=_OVER))
    return [
        Outage(
            Span(row.reported_at, row.restored_at if row.state in _OVER else None),
            row.public_id,
            row.number,
            row.symptom,
        )
        for row in rows.order_by("-id")[:MOST_OUTAGES]
        if row.restored_at is not None or row.state not in _OVER
    ]


def _by_hand(asset: AssetRow, start: datetime) -> list[Outage]:
    entries = downtimes_of(asset.id, since=start)
    return [Outage(one.span, None, "", one.cause, one) for one in entries]
