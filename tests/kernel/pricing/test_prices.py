"""The worked tables of docs/algorithms/pricing.md, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from yinuo.kernel.plan.text import Text
from yinuo.kernel.pricing import (
    AtCost,
    BeyondHours,
    ByZone,
    Gap,
    Item,
    PercentOf,
    PerUnit,
    PriceList,
    PriceListError,
    PricingError,
    Tax,
    Tier,
    Tiered,
    Tiering,
    price,
)
from yinuo.planfile.pricelists import load_price_list

PRICES = Path(__file__).parents[3] / "prices"
N = Text("项", "item")
D = Decimal


def shipped(name: str, *, graduated: bool = False) -> PriceList:
    text = (PRICES / f"{name}.yaml").read_text("utf-8")
    if graduated:
        text = text.replace("tiering: whole", "tiering: graduated")
    return load_price_list(text, name)


def amounts(list_: PriceList, *items: Item) -> list[str]:
    priced = price(list_, items)
    return [f"{line.amount.amount:,}" for line in priced.lines] + [f"{priced.total.amount:,}"]


def of(*entries, **more) -> PriceList:
    return PriceList("test", N, entries, {"inner": N}, **more)


@pytest.mark.req("LV-10", "B-70")
@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("inner", ["800.00", "640.00", "400.00", "1,840.00"]),
        ("outer", ["1,200.00", "960.00", "700.00", "2,860.00"]),
    ],
)
def test_two_visits_by_two_and_transport_both_ways(zone, expected):
    items = (
        Item("visit", D(1), persons=2, zone=zone),
        Item("second_visit", D(1), persons=2, zone=zone),
        Item("transport", D(2), zone=zone),
    )
    assert amounts(shipped("lowvoltage"), *items) == expected


ANNUAL = (
    Item("information_point", D(126)),
    Item("switch", D(12)),
    Item("server", D(3)),
    Item("pc", D(85)),
    Item("voice_point", D(60)),
    Item("exchange", D(1), size=D(128)),
    Item("camera", D(64)),
    Item("cctv_host", D(2)),
)


@pytest.mark.req("LV-13", "B-70")
def test_a_year_of_maintenance_at_the_tier_reached():
    lines = ["6,300.00", "3,840.00", "2,400.00", "6,800.00", "3,000.00", "1,000.00"]
    lines += ["9,600.00", "1,600.00", "34,540.00"]
    assert amounts(shipped("lowvoltage"), *ANNUAL) == lines


@pytest.mark.req("LV-13", "B-70")
def test_a_year_of_maintenance_with_graduated_tiers():
    priced = price(shipped("lowvoltage", graduated=True), ANNUAL)
    switches = [line for line in priced.lines if line.code == "switch"]
    assert [(line.quantity, line.unit_price.amount) for line in switches] == [
        (5, 400),
        (5, 360),
        (2, 320),
    ]
    assert priced.total.amount == D("35140.00")


@pytest.mark.req("LV-13")
@pytest.mark.parametrize(
    ("pieces", "whole", "graduated"),
    [
        (1, "400.00", "400.00"),
        (5, "2,000.00", "2,000.00"),
        (6, "2,160.00", "2,360.00"),
        (10, "3,600.00", "3,800.00"),
        (11, "3,520.00", "4,120.00"),
        (12, "3,840.00", "4,440.00"),
    ],
)
def test_bounds_of_tiers_belong_to_one_tier(pieces, whole, graduated):
    item = Item("switch", D(pieces))
    assert amounts(shipped("lowvoltage"), item)[-1] == whole
    assert amounts(shipped("lowvoltage", graduated=True), item)[-1] == graduated


@pytest.mark.req("LV-13")
@pytest.mark.parametrize(
    ("ports", "one", "in_gap"),
    [
        (50, 600, False),
        (51, 1000, False),
        (100, 1000, False),
        (101, 1000, True),
        (128, 1000, True),
        (150, 1000, True),
        (151, 1500, False),
        (200, 1500, False),
        (300, 1800, False),
        (301, 3000, False),
    ],
)
def test_a_gap_takes_the_tier_the_list_says_and_the_line_says_so(ports, one, in_gap):
    line = price(shipped("lowvoltage"), [Item("exchange", D(2), size=D(ports))]).lines[0]
    assert (line.unit_price.amount, line.amount.amount) == (one, 2 * one)
    assert ("not listed" in line.rule.en, "未列" in line.rule.zh) == (in_gap, in_gap)


@pytest.mark.req("LV-10")
@pytest.mark.parametrize(
    ("hours", "another", "hourly"),
    [
        (None, ["400.00", "400.00"], ["400.00", "400.00"]),
        ("8", ["400.00", "400.00"], ["400.00", "400.00"]),
        ("8.5", ["800.00", "800.00"], ["400.00", "60.00", "460.00"]),
        ("16", ["800.00", "800.00"], ["400.00", "480.00", "880.00"]),
        ("16.25", ["1,200.00", "1,200.00"], ["400.00", "540.00", "940.00"]),
    ],
)
def test_time_beyond_the_hours_of_a_visit_goes_by_the_stated_rule(hours, another, hourly):
    item = Item("visit", zone="inner", hours=None if hours is None else D(hours))
    head = {"code": "visit", "title": N, "unit": N, "prices": {"inner": D(400)}, "hours": D(8)}
    blocks = of(ByZone(**head, beyond=BeyondHours.ANOTHER))
    by_hour = of(ByZone(**head, beyond=BeyondHours.HOURLY, hourly_prices={"inner": D(60)}))
    assert amounts(blocks, item) == another
    assert amounts(by_hour, item) == hourly


@pytest.mark.req("BP-20")
@pytest.mark.parametrize(
    ("role", "day"),
    [
        ("system_deployment", 1200),
        ("operations_engineer", 1000),
        ("senior_development", 1500),
        ("ordinary_development", 1000),
        ("interface_deployment", 1200),
        ("interface_production", 1000),
        ("testing", 800),
        ("project_management", 1200),
    ],
)
def test_person_days_cost_what_their_role_costs(role, day):
    line = price(shipped("broadcast"), [Item(role, D("2.5"))]).lines[0]
    assert line.amount.amount == D(day) * D("2.5")


@pytest.mark.req("BP-19", "BP-23")
def test_what_is_passed_on_stays_below_the_ceiling():
    broadcast = shipped("broadcast")
    dear = Item("expansion", D(3), cost=D(1200), ceiling=D(1000))
    cheap = Item("travel", D(1), cost=D("812.50"), ceiling=D(900))
    assert amounts(broadcast, dear, cheap) == ["3,000.00", "812.50", "3,812.50"]
    with pytest.raises(PricingError) as refused:
        price(broadcast, [Item("travel", cost=D(1))])
    assert [(one.item, one.field) for one in refused.value.problems] == [(0, "ceiling")]


@pytest.mark.req("BP-19")
def test_renewal_is_a_share_of_the_bid_total():
    assert amounts(shipped("broadcast"), Item("renewal", base=D(2860000))) == [
        "143,000.00",
        "143,000.00",
    ]


@pytest.mark.req("LV-12")
def test_repair_and_carrier_are_passed_on_at_cost():
    items = (Item("repair", cost=D("1234.56")), Item("carrier", D(2), cost=D("80.005")))
    assert amounts(shipped("lowvoltage"), *items) == ["1,234.56", "160.01", "1,394.57"]


@pytest.mark.req("SA-16")
def test_services_after_warranty_have_price_and_terms_and_say_they_are_defaults():
    appliance = shipped("appliance")
    services = {"first_installation", "return_repair", "standby_unit", "on_site_maintenance"}
    services |= {"regular_visit", "software_upgrade"}
    found = {one.code: one for one in appliance.entries if one.code in services}
    assert set(found) == services
    assert all(isinstance(one, PerUnit) and one.terms for one in found.values())
    assert "默认" in appliance.note.zh


@pytest.mark.req("B-70")
def test_overtime_multiplies_and_a_step_raises_the_quantity():
    overtime = PerUnit("overtime", N, N, D(45), factor=D("1.5"), step=D("0.5"), least=D(1))
    assert amounts(of(overtime), Item("overtime", D("6.5")))[-1] == "438.75"
    assert price(of(overtime), [Item("overtime", D("6.1"))]).lines[0].quantity == D("6.5")
    assert price(of(overtime), [Item("overtime", D("0.2"))]).lines[0].quantity == 1


@pytest.mark.req("B-70")
def test_tax_comes_on_top_as_a_line_or_is_contained():
    day = PerUnit("day", N, N, D(100))
    added = price(of(day, tax=Tax(D(6), included=False)), [Item("day", D(3))])
    assert [str(one.amount.amount) for one in added.lines] == ["300.00", "18.00"]
    assert (added.total.amount, added.tax.amount) == (D(318), D(18))
    contained = price(of(day, tax=Tax(D(6), included=True)), [Item("day", D(3))])
    assert (contained.total.amount, contained.tax.amount) == (D(300), D("16.98"))


@pytest.mark.req("B-70")
@pytest.mark.parametrize(
    ("item", "field", "code"),
    [
        (Item("visit", D(0), zone="inner"), "quantity", "not_above_zero"),
        (Item("visit", D(-1), zone="inner"), "quantity", "not_above_zero"),
        (Item("visit", D("NaN"), zone="inner"), "quantity", "not_above_zero"),
        (Item("visit", D("Infinity"), zone="inner"), "quantity", "not_above_zero"),
        (Item("visit", D("1.5"), zone="inner"), "quantity", "not_whole"),
        (Item("visit", D(1), zone="inner", persons=0), "persons", "not_above_zero"),
        (Item("visit", D(1), zone="inner", persons=-2), "persons", "not_above_zero"),
        (Item("visit", D(1), zone="inner", hours=D(0)), "hours", "not_above_zero"),
        (Item("visit", D(1), zone="moon"), "zone", "unknown_zone"),
        (Item("visit", D(1)), "zone", "unknown_zone"),
        (Item("exchange", D(1)), "size", "needed"),
        (Item("exchange", D(1), size=D(0)), "size", "not_above_zero"),
        (Item("repair", D(1)), "cost", "needed"),
        (Item("repair", D(1), cost=D(-1)), "cost", "bad_amount"),
        (Item("repair", D("0.00001"), cost=D(1)), "quantity", "too_exact"),
        (Item("rocket", D(1)), "code", "unknown_item"),
    ],
)
def test_a_wrong_item_is_refused_by_field(item, field, code):
    with pytest.raises(PricingError) as refused:
        price(shipped("lowvoltage"), [Item("server"), item])
    assert [(one.item, one.field, one.code) for one in refused.value.problems] == [(1, field, code)]


def tiered(*tiers: Tier, **more) -> Tiered:
    return Tiered("t", N, N, tiers, **more)


@pytest.mark.req("LV-13", "B-70")
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: tiered(Tier(D(0), D(5), D(1)), Tier(D(4), None, D(1))), "overlapping_tiers"),
        (lambda: tiered(Tier(D(0), None, D(1)), Tier(D(5), None, D(1))), "overlapping_tiers"),
        (lambda: tiered(Tier(D(0), D(0), D(1))), "empty_tier"),
        (lambda: tiered(Tier(D(0), D(5), D(1)), Tier(D(6), None, D(1))), "open_gap"),
        (lambda: tiered(Tier(D(2), None, D(1)), gaps=Gap.BELOW), "no_tier_below"),
        (tiered, "no_tiers"),
        (
            lambda: tiered(Tier(D(0), None, D(1)), by_size=True, tiering=Tiering.GRADUATED),
            "graduated_by_size",
        ),
        (lambda: ByZone("v", N, N, {"inner": D(1)}, hours=D(8)), "hours_without_rule"),
        (
            lambda: of(PerUnit("d", N, N, D(1)), AtCost("d", N, N)),
            "duplicate_entry",
        ),
        (lambda: of(ByZone("v", N, N, {"moon": D(1)})), "unknown_zone"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(make, code):
    with pytest.raises(PriceListError) as refused:
        make()
    assert refused.value.code == code


@pytest.mark.req("LV-13")
@pytest.mark.parametrize("tiering", list(Tiering))
def test_a_quantity_beyond_the_last_tier_has_no_price_unless_the_list_says_so(tiering):
    ends = Tier(D(0), D(10), D(7))
    with pytest.raises(PricingError) as refused:
        price(of(tiered(ends, tiering=tiering)), [Item("t", D(11))])
    assert refused.value.problems[0].code == "beyond_tiers"
    assert amounts(of(tiered(ends, tiering=tiering, gaps=Gap.BELOW)), Item("t", D(11)))[-1] == (
        "77.00"
    )


def test_percentages_stay_exact_until_the_line_is_rounded():
    share = PercentOf("p", N, N, D("0.005"), N)
    line = price(of(share), [Item("p", base=D("100.01"))]).lines[0]
    assert (line.unit_price.amount, line.amount.amount) == (D("0.0050005"), D("0.01"))
