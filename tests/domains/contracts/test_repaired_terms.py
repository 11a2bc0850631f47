"""A repair's own term and downtime reach the decision which cover applies."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.domains.contracts.conftest import BEIJING, Seller, kinds
from tests.factories import publish
from tests.factories.promises import PLANS

from yinuo.domains.assets.mendings import mendings_of
from yinuo.domains.assets.models import Asset
from yinuo.domains.assets.services import (
    ComponentData,
    Swap,
    add_component,
    record_downtime,
    replace_component,
    swap_serial,
    void_downtime,
)
from yinuo.domains.assets.types import Span
from yinuo.domains.contracts.covers import Covered, find_cover
from yinuo.domains.contracts.warranty import Dates

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BOUGHT = date(2023, 8, 15)


def sold(seller: Seller, rule: str, more: str = "") -> Asset:
    """An asset bought 2023-08-15 with three years of warranty and this rule after repairs."""
    source = (PLANS / "appliance.yaml").read_text(encoding="utf-8")
    assert "after_repair: rest" in source
    plan = publish(
        seller.admin, source.replace("after_repair: rest", f"after_repair: {rule}{more}")
    )
    asset = seller.asset(BOUGHT)
    seller.contract(plan, "HT-1", starts_on=BOUGHT, asset_ids=[asset.public_id])
    return asset


def repair(seller: Seller, asset: Asset, on: date) -> None:
    part = add_component(
        actor=seller.actor,
        asset_id=asset.public_id,
        data=ComponentData("电源模块", "PSU", "PSU-1", factory=True),
        now=NOW,
    )
    replace_component(
        actor=seller.actor,
        component_id=part.public_id,
        version=part.version,
        model="PSU",
        serial="PSU-2",
        on=on,
        reason="电源无输出",
        now=NOW,
    )


def down(seller: Seller, asset: Asset, began: datetime, ended: datetime | None) -> Any:
    return record_downtime(
        actor=seller.actor,
        asset_id=asset.public_id,
        began_at=began,
        ended_at=ended,
        cause="停机",
        now=NOW,
    )


def day(month: int, number: int, hour: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, number, hour, tzinfo=BEIJING)


def labour(seller: Seller, asset: Asset, on: str) -> str:
    return kinds(seller.why(asset, on))["labour"]


@pytest.mark.req("B-21", "B-22", "SA-04")
@pytest.mark.parametrize(
    ("rule", "repaired", "last", "first_paid"),
    [
        ("rest", date(2026, 8, 1), "2026-08-14T23:59", "2026-08-15T00:00"),
        ("{rule: longer, term: 90 days}", date(2026, 8, 1), "2026-10-29T23:59", "2026-10-30T00:00"),
        ("{rule: longer, term: 90 days}", date(2026, 3, 1), "2026-08-14T23:59", "2026-08-15T00:00"),
        ("{rule: own, term: 90 days}", date(2026, 3, 1), "2026-05-29T23:59", "2026-05-30T00:00"),
    ],
)
def test_a_replaced_part_gives_the_term_the_plan_names(
    seller: Seller, rule: str, repaired: date, last: str, first_paid: str
) -> None:
    asset = sold(seller, rule)
    repair(seller, asset, repaired)
    assert labour(seller, asset, last) == "warranty"
    assert labour(seller, asset, first_paid) == "paid"


@pytest.mark.req("B-22")
def test_a_swapped_unit_counts_as_a_repair_only_from_its_day_on(seller: Seller) -> None:
    asset = sold(seller, "{rule: longer, term: 90 days}")
    swap_serial(
        actor=seller.actor,
        asset_id=asset.public_id,
        version=asset.version,
        swap=Swap("", "SN-NEW", date(2026, 8, 10), "整机更换"),
        now=NOW,
    )
    assert labour(seller, asset, "2026-08-20T10:00") == "warranty"
    # As of a time before the swap nothing was known of it, and the term still ran.
    assert labour(seller, asset, "2026-08-09T10:00") == "warranty"
    assert labour(seller, asset, "2026-11-08T00:00") == "paid"


@pytest.mark.req("B-21", "B-22")
def test_downtime_lengthens_the_term_once_and_not_when_taken_back(seller: Seller) -> None:
    asset = sold(seller, "rest", "\n    extended_by_downtime: yes")
    down(seller, asset, day(2, 1), day(2, 4))
    down(seller, asset, day(2, 3), day(2, 6))
    wrong = down(seller, asset, day(3, 1), day(4, 1))
    void_downtime(
        actor=seller.actor,
        downtime_id=wrong.public_id,
        version=wrong.version,
        reason="误录",
        now=NOW,
    )
    assert labour(seller, asset, "2026-08-19T23:59") == "warranty"
    assert labour(seller, asset, "2026-08-20T00:00") == "paid"


@pytest.mark.req("B-22")
def test_lists_decide_like_the_explanation(seller: Seller) -> None:
    asset = sold(seller, "{rule: longer, term: 90 days}")
    repair(seller, asset, date(2026, 8, 1))
    thing = Covered(seller.customer.pk, None, asset.pk, "Asia/Shanghai", Dates(BOUGHT, None))
    found = find_cover(thing, day(9, 1))
    assert (found.kind, found.until) == ("warranty", date(2026, 10, 30))


@pytest.mark.req("B-22")
def test_an_open_downtime_lasts_until_the_instant_asked_about(seller: Seller) -> None:
    asset = sold(seller, "rest")
    down(seller, asset, day(5, 1), None)
    at = day(5, 3)
    assert mendings_of([asset.pk], at)[asset.pk].downtimes == (Span(day(5, 1), at),)
