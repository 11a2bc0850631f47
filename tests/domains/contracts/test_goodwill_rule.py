"""Goodwill by a rule of the plan or contract: after the end, for days or up to an amount."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.domains.contracts.conftest import BEIJING, Seller, kinds, losses
from tests.factories import publish
from tests.factories.promises import PLANS

from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts.covers import Covered, find_cover
from yinuo.domains.contracts.services import suspend_contract
from yinuo.domains.contracts.warranty import Dates
from yinuo.kernel.cover.goodwill import goodwill

BOUGHT = date(2023, 8, 15)


def sold(seller: Seller, figures: dict[str, Any], **more: Any) -> Asset:
    """An asset whose warranty ends 2026-08-15, sold with these figures."""
    asset = seller.asset(BOUGHT)
    seller.contract(seller.plan("appliance"), "SALE", starts_on=BOUGHT, parameters=figures, **more)
    return asset


@pytest.mark.req("B-22")
@pytest.mark.parametrize(
    ("at", "kind", "why"),
    [
        ("2026-08-14T23:59", "warranty", "term_not_begun"),
        ("2026-08-15T00:00", "goodwill", ""),
        ("2026-08-29T23:59", "goodwill", ""),
        ("2026-08-30T00:00", "paid", "term_over"),
    ],
)
def test_the_rule_gives_goodwill_for_its_days_after_the_end(
    seller: Seller, at: str, kind: str, why: str
) -> None:
    asset = sold(seller, {"goodwill_days": 15})
    found = seller.why(asset, at)
    assert kinds(found)["labour"] == kind
    assert losses(found)["SALE goodwill"] == why
    given = next(one for one in found.candidates if one.kind == "goodwill")
    assert given.title.zh == "到期后 15 天内按优惠处理"
    assert given.until == date(2026, 8, 30)


@pytest.mark.req("B-22")
def test_an_amount_is_said_and_without_days_it_has_no_end(seller: Seller) -> None:
    asset = sold(seller, {"goodwill_up_to": "500"})
    found = seller.why(asset, "2029-01-01T12:00")
    assert (found.cover.kind, found.cover.reason) == ("goodwill", "goodwill_rule")
    [given] = [one for one in found.candidates if one.wins]
    assert "500.00" in given.title.zh


@pytest.mark.req("B-22", "SG-04")
@pytest.mark.parametrize("known", [{"category": "upgrade"}, {"is_consumable": True}])
def test_what_the_warranty_excludes_is_not_goodwill_either(
    seller: Seller, known: dict[str, Any]
) -> None:
    asset = sold(seller, {"goodwill_days": 15})
    found = seller.why(asset, "2026-08-20T12:00", **known)
    assert kinds(found)["parts"] == "paid"


@pytest.mark.req("B-22")
def test_a_contract_past_its_end_still_gives_its_goodwill_and_promises_nothing(
    seller: Seller,
) -> None:
    fee = {"annual_fee": Decimal(9_000), "ends_on": date(2026, 1, 1)}
    rule = {"parameters": {"goodwill_days": 30}, **fee}
    seller.contract(seller.plan("servers"), "CARE", **rule)
    thing = Covered(seller.customer.pk, None, None, "Asia/Shanghai", Dates())
    explained = seller.why(None, "2026-01-30T23:59")
    found = find_cover(thing, explained_at("2026-01-30T23:59"))
    assert (found.kind, found.reason, found.until) == (
        "goodwill",
        "goodwill_rule",
        date(2026, 1, 31),
    )
    assert found.plan_version_id is None
    assert explained.cover.kind == "goodwill"
    assert seller.why(None, "2026-01-31T00:00").cover.reason == "contract_ended"


def explained_at(at: str) -> Any:
    return datetime.fromisoformat(at).replace(tzinfo=BEIJING)


@pytest.mark.req("B-22")
def test_a_running_contract_comes_before_goodwill_and_says_so(seller: Seller) -> None:
    asset = sold(seller, {"goodwill_days": 60})
    seller.contract(seller.plan("servers"), "CARE", annual_fee=Decimal(9_000))
    found = seller.why(asset, "2026-08-20T12:00")
    assert kinds(found)["labour"] == "contract"
    assert losses(found)["SALE goodwill"] == "weaker"


@pytest.mark.req("B-22")
def test_a_suspended_sale_gives_no_goodwill(seller: Seller) -> None:
    asset = sold(seller, {"goodwill_days": 60})
    contract = seller.why(asset, "2026-08-20T12:00").cover
    suspend_contract(
        actor=seller.actor,
        contract_id=contract.contract_public_id,
        begins_on=date(2026, 8, 1),
        ends_on=None,
        reason="欠款",
        now=explained_at("2026-08-01T08:00"),
    )
    assert seller.why(asset, "2026-08-20T12:00").cover.reason == "suspended"


@pytest.mark.req("B-22")
@pytest.mark.parametrize("default", ["", "\n    default: 10"])
def test_the_plan_may_set_the_days_and_the_contract_others(seller: Seller, default: str) -> None:
    source = (PLANS / "broadcast.yaml").read_text(encoding="utf-8")
    figure = f"parameters:\n  goodwill_days:{default}\n    title: {{zh: 优惠天数, en: Days}}\n"
    plan = publish(seller.admin, source.replace("parameters:\n", figure, 1))
    accepted = {"accepted_on": "2021-03-18"}
    seller.contract(plan, "PLAN", starts_on=date(2021, 1, 1), parameters=accepted)
    kind = seller.why(None, "2024-03-20T12:00").cover.kind
    assert kind == ("goodwill" if default else "paid")


@pytest.mark.req("B-22")
@pytest.mark.parametrize("figures", [{}, {"goodwill_days": 0}, {"goodwill_days": -3}])
def test_without_figures_above_zero_there_is_no_goodwill(figures: dict[str, int]) -> None:
    given = {name: Decimal(number) for name, number in figures.items()}
    assert goodwill(given, BOUGHT) is None
