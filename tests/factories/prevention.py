"""Series of visits and visits due, through the services people and workers use."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.factories.archive import make_asset
from tests.factories.company import Member

from yinuo.domains.assets.models import Asset
from yinuo.domains.customers.models import Customer
from yinuo.domains.prevention.models import Decision, DueVisit, Series
from yinuo.domains.prevention.services import (
    agree_visit,
    create_series,
    decline_suggestion,
    read_meter,
)
from yinuo.domains.prevention.services.following import (
    follow_promises,
    look_at_results_again,
    renew_visits,
    take_results,
)
from yinuo.domains.prevention.services.telling import tell_of_visits
from yinuo.domains.prevention.suggestions import suggestions
from yinuo.domains.prevention.types import Agreement, Beat, SeriesData


def make_series(by: Member, customer: Customer, **more: Any) -> Series:
    """A quarterly inspection of this customer that began with this year, unless said otherwise."""
    now = more.pop("now", None) or datetime.now(UTC)
    beat = more.pop("beat", None) or Beat("period", date(now.year, 1, 1), every="quarter")
    data = SeriesData(
        kind=more.pop("kind", "inspection"),
        title=more.pop("title", "季度巡检"),
        work=more.pop("work", "除尘、紧固、看指示灯"),
        beat=beat,
        **more,
    )
    return create_series(actor=by.actor, customer_id=customer.public_id, data=data, now=now)


def make_metered_series(by: Member, customer: Customer) -> Series:
    """One that comes after each 500 hours; the meter was read once, 60 days ago."""
    begins = datetime.now(UTC).date() - timedelta(days=60)
    beat = Beat("usage", begins, usage_every=Decimal(500), usage_unit="h")
    series = make_series(by, customer, beat=beat, title="按运行小时保养")
    read_meter(
        actor=by.actor,
        series_id=series.public_id,
        read_on=begins,
        value=Decimal(100),
        now=datetime.now(UTC),
    )
    return series


def make_suggestion(by: Member, customer: Customer) -> str:
    """The key of a suggestion: an asset of the customer is six years old."""
    asset = make_asset(by, customer)
    begun = datetime.now(UTC).date() - timedelta(days=6 * 366)
    Asset.objects.filter(pk=asset.pk).update(purchased_on=begun, project=None)
    return next(
        one.key
        for one in suggestions(by.actor, datetime.now(UTC))
        if one.asset_public_id == asset.public_id
    )


def make_decision(by: Member, customer: Customer) -> Decision:
    """A suggestion that was declined."""
    key, now = make_suggestion(by, customer), datetime.now(UTC)
    return decline_suggestion(actor=by.actor, key=key, reason="设备将更换", now=now)


def open_visit(series: Series) -> DueVisit:
    """The visit of a series that is still to be made."""
    return series.visits.get(state__in=["due", "agreed", "ordered"])


def agree(by: Member, visit: DueVisit, now: datetime | None = None, **more: Any) -> DueVisit:
    """The customer agreed to a day in four days."""
    now = now or datetime.now(UTC)
    agreed = Agreement("王工", now + timedelta(days=4), "费用含在合同内")
    return agree_visit(
        actor=by.actor,
        visit_id=visit.public_id,
        version=visit.version,
        agreement=more.get("agreement", agreed),
        source="test",
        now=now,
    )


def work_on_visits(now: datetime) -> None:
    """What a worker does about visits within a minute."""
    steps = (
        follow_promises,
        renew_visits,
        take_results,
        look_at_results_again,
        tell_of_visits,
    )
    for step in steps:
        while step(now=now):
            pass
