"""`/quality`: how promises were kept in a period, by unit or promise, down to each miss (BP-14)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.selectors import get_unit
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations import quality as reading
from yinuo.platform.days import begin_of, day_of, end_of
from yinuo.surfaces.api.answers import listed, shown
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Paging, Word
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import quality as shapes

resource = Resource("quality")

ONE_DAY, LAST = timedelta(days=1), timedelta(days=366)


class QualityPart(Input):
    """Promises due on the days `since` to `until` in the product's zone, the last 366 where left
    out; of one unit or promise."""

    since: Day | None = None
    until: Day | None = None
    unit_id: Id | None = None
    promise: Word | Literal[""] = ""

    def period(self, actor: Actor, now: datetime) -> reading.Period:
        """The same by instants and internal ids; NotFound for a unit outside the scope."""
        until = self.until or day_of(now)
        since = self.since or until - LAST
        return reading.Period(
            since=begin_of(since),
            until=end_of(until),
            unit_id=get_unit(actor, self.unit_id).id if self.unit_id else None,
            promise=self.promise,
        )


class QualityFilters(QualityPart):
    """By what to group."""

    by: Literal["unit", "promise"] = "unit"


class MissedFilters(QualityPart, Paging):
    """Which of the missed ones."""


@resource.reads("", name="get_quality", right=Permission.EXPOSURE_READ, gives=shapes.QualityShape)
def get(request: ApiRequest, filters: Query[QualityFilters]) -> HttpResponse:
    """How many were kept and missed, in all and in each group."""
    call = request.auth
    groups = reading.quality_by(call.actor, filters.period(call.actor, call.now), filters.by)
    items = [shapes.group(one) for one in groups]
    return shown({"total": shapes.kept(reading.total(groups)), "items": items})


@resource.reads(
    "/missed",
    name="list_missed_promises",
    right=Permission.EXPOSURE_READ,
    gives=shapes.MissedPromises,
)
def list_missed(request: ApiRequest, filters: Query[MissedFilters]) -> HttpResponse:
    """Each miss with its money, the latest due leading."""
    call = request.auth
    period = filters.period(call.actor, call.now)
    page = reading.list_missed(call.actor, period, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.missed)
