"""Which cover applies, and why every other candidate lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.domains.contracts.conftest import Seller, kinds, losses
from tests.factories import make_member, make_unit

from yinuo.domains.contracts.services import (
    QuotaData,
    SupplementData,
    UseData,
    add_supplement,
    grant_quota,
    resume_contract,
    suspend_contract,
    use_quota,
)
from yinuo.platform.errors import NotFound

NOW = datetime(2026, 5, 1, tzinfo=UTC)
FEE = Decimal(12_000)


@pytest.mark.req("SA-04", "B-22")
def test_hardware_is_covered_while_software_and_foreign_parts_are_not(seller: Seller) -> None:
    asset = seller.asset(date(2023, 8, 15))
    seller.contract(seller.plan("appliance"), "HT-1", starts_on=date(2023, 8, 1))
    power = seller.why(asset, "2026-05-01T23:10", category="hardware")
    assert kinds(power) == {
        "labour": "warranty",
        "parts": "warranty",
        "travel": "warranty",
        "software": "paid",
    }
    assert power.cover.until == date(2026, 8, 15)
    upgrade = seller.why(asset, "2026-05-01T23:10", category="upgrade")
    assert set(kinds(upgrade).values()) == {"paid"}
    assert upgrade.cover.reason == "excluded"


@pytest.mark.req("BP-01c", "SG-04", "B-22")
def test_what_people_did_is_paid_and_the_terms_say_so(seller: Seller) -> None:
    asset = seller.asset()
    plan = seller.plan("broadcast")
    seller.contract(plan, "HT-1", parameters={"accepted_on": "2025-03-18"})
    found = seller.why(asset, "2026-02-14T21:40", cause="people")
    bill = kinds(found)
    assert (bill["labour"], bill["parts"], bill["travel"]) == ("paid", "paid", "paid")
    # Software kept up to date since the signing is another clause.
    assert bill["software"] == "warranty"
    assert found.cover.reason == "excluded"
    hit = next(one for one in found.candidates if one.clause_number == "BP-01")
    assert (hit.why, bool(hit.reason.zh), bool(hit.reason.en)) == ("excluded", True, True)


@pytest.mark.req("BP-01b")
@pytest.mark.parametrize(
    ("tried", "rung"),
    [("", "repair"), ("repair_failed", "replace_part"), ("not_replaceable", "replace_unit")],
)
def test_the_ladder_goes_from_repair_to_part_to_whole_unit(
    seller: Seller, tried: str, rung: str
) -> None:
    plan = seller.plan("broadcast")
    seller.contract(plan, "HT-1", parameters={"accepted_on": "2025-03-18"})
    assert seller.why(None, "2026-02-14T21:40", tried=tried).cover.rung == rung


@pytest.mark.req("B-21", "B-22", "SG-05")
def test_after_the_warranty_a_contract_with_a_fee_covers_and_a_sale_does_not(
    seller: Seller,
) -> None:
    plan = seller.plan("broadcast")
    asset = seller.asset()
    accepted = {"accepted_on": "2021-03-18"}
    seller.contract(plan, "SALE", starts_on=date(2021, 1, 1), parameters=accepted)
    sold = seller.why(asset, "2026-02-14T12:00")
    assert (sold.cover.kind, sold.cover.reason) == ("paid", "warranty_ended")
    seller.contract(plan, "CARE", annual_fee=FEE, covers=["labour", "travel"], parameters=accepted)
    found = seller.why(asset, "2026-02-14T12:00")
    assert kinds(found) == {
        "labour": "contract",
        "parts": "paid",
        "travel": "contract",
        "software": "warranty",
    }
    assert losses(found)["CARE contract"] == ""


@pytest.mark.req("B-22")
def test_a_sale_naming_the_asset_does_not_push_away_the_customers_paid_contract(
    seller: Seller,
) -> None:
    plan = seller.plan("broadcast")
    asset = seller.asset()
    accepted = {"accepted_on": "2021-03-18"}
    seller.contract(
        plan,
        "SALE",
        starts_on=date(2021, 1, 1),
        parameters=accepted,
        asset_ids=[asset.public_id],
    )
    care = seller.contract(plan, "CARE", annual_fee=FEE, parameters=accepted)
    found = seller.why(asset, "2026-02-14T12:00")
    assert found.cover.kind == "contract"
    # The times are those of the contract that names the asset.
    assert found.cover.contract_number == "SALE"
    assert {part.contract_number for part in found.cover.parts} == {care.number}


@pytest.mark.req("B-22")
def test_every_candidate_says_why_it_lost(seller: Seller) -> None:
    plan = seller.plan("servers")
    asset, other = seller.asset(), seller.asset()
    fee = {"annual_fee": FEE}
    seller.contract(plan, "OVER", starts_on=date(2024, 1, 1), ends_on=date(2025, 1, 1), **fee)
    seller.contract(plan, "SOON", starts_on=date(2027, 1, 1), **fee)
    seller.contract(plan, "OTHER", asset_ids=[other.public_id], **fee)
    seller.contract(plan, "BROAD", **fee)
    seller.contract(plan, "SITE", site_ids=[seller.site.public_id], **fee)
    seller.contract(plan, "EARLY", asset_ids=[asset.public_id], **fee)
    late = date(2026, 1, 1)
    seller.contract(plan, "BEST", starts_on=late, asset_ids=[asset.public_id], **fee)
    found = losses(seller.why(asset, "2026-05-01T12:00"))
    assert found == {
        "BEST contract": "",
        "EARLY contract": "started_earlier",
        "SITE contract": "less_precise",
        "BROAD contract": "less_precise",
        "OTHER contract": "other_thing",
        "SOON contract": "not_started",
        "OVER contract": "ended",
    }


@pytest.mark.req("B-22")
def test_a_suspended_contract_covers_and_promises_nothing_until_it_is_resumed(
    seller: Seller,
) -> None:
    contract = seller.contract(seller.plan("servers"), "HT-1", annual_fee=FEE)
    suspension = suspend_contract(
        actor=seller.actor,
        contract_id=contract.public_id,
        begins_on=date(2026, 4, 1),
        ends_on=None,
        reason="客户欠款",
        now=NOW,
    )
    found = seller.why(None, "2026-05-01T12:00")
    assert (found.cover.kind, found.cover.reason) == ("paid", "suspended")
    assert found.cover.plan_version_id is None
    assert losses(found) == {"HT-1 contract": "suspended"}
    assert seller.why(None, "2026-03-31T23:59").cover.kind == "contract"
    resume_contract(
        actor=seller.actor,
        contract_id=contract.public_id,
        version=suspension.version,
        resumes_on=date(2026, 5, 1),
        now=NOW,
    )
    assert seller.why(None, "2026-04-30T23:59").cover.kind == "paid"
    assert seller.why(None, "2026-05-01T00:00").cover.kind == "contract"


@pytest.mark.req("B-22", "SV-01")
def test_used_up_visits_make_work_and_travel_paid_and_leave_the_parts(seller: Seller) -> None:
    contract = seller.contract(seller.plan("servers"), "HT-1", annual_fee=FEE)
    year = QuotaData("visits", Decimal(1), date(2026, 1, 1), date(2027, 1, 1))
    grant_quota(actor=seller.actor, contract_id=contract.public_id, data=year, now=NOW)
    assert seller.why(None, "2026-05-01T12:00").cover.kind == "contract"
    use = UseData("visits", Decimal(1), "FWD-1", date(2026, 4, 1))
    use_quota(actor=seller.actor, contract_id=contract.public_id, data=use, now=NOW)
    found = seller.why(None, "2026-05-01T12:00")
    assert (found.cover.kind, found.cover.reason) == ("paid", "used_up")
    assert kinds(found) == {"labour": "paid", "parts": "contract", "travel": "paid"}
    # The times are promised all the same, and next year it covers again.
    assert found.cover.plan_version_id == contract.plan_version_id
    assert seller.why(None, "2027-01-01T12:00").cover.kind == "contract"


@pytest.mark.req("B-22", "SG-02")
def test_a_supplement_changes_the_contract_from_its_day_on(seller: Seller) -> None:
    plan = seller.plan("signage")
    contract = seller.contract(
        plan,
        "HT-1",
        ends_on=date(2026, 6, 1),
        parameters={"free_years": 1, "handed_over_on": "2025-01-01"},
    )
    change = SupplementData(
        "HT-1-B1",
        effective_on=date(2026, 3, 1),
        ends_on=date(2027, 6, 1),
        parameters={"free_years": "3"},
    )
    add_supplement(actor=seller.actor, contract_id=contract.public_id, data=change, now=NOW)
    assert seller.why(None, "2026-02-28T12:00").cover.reason == "warranty_ended"
    after = seller.why(None, "2026-07-01T12:00").cover
    assert (after.kind, after.until) == ("warranty", date(2028, 1, 1))


@pytest.mark.req("B-22")
def test_a_consumable_is_paid_while_the_work_around_it_is_free(seller: Seller) -> None:
    asset = seller.asset(date(2025, 8, 15))
    seller.contract(seller.plan("appliance"), "HT-1")
    found = seller.why(asset, "2026-05-01T12:00", category="hardware", is_consumable=True)
    assert (kinds(found)["parts"], kinds(found)["labour"]) == ("paid", "warranty")


@pytest.mark.req("B-22", "R02")
def test_nobody_learns_about_covers_of_customers_he_does_not_see(seller: Seller) -> None:
    beside = make_unit(seller.admin, seller.unit)
    stranger = make_member(seller.admin, beside, ["account_manager"])
    seller.contract(seller.plan("servers"), "HT-1")
    seller.member = stranger
    with pytest.raises(NotFound):
        seller.why(None, "2026-05-01T12:00")
