"""The cycle QYBS: a stage is entered when its conditions hold; what is missing is listed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.domains.contracts.conftest import Seller
from tests.factories import make_contact, make_project

from yinuo.domains.assets.services import edit_project
from yinuo.domains.contracts.cycle import cycle_of
from yinuo.domains.contracts.ending import InCycle
from yinuo.domains.contracts.life import life_of
from yinuo.domains.contracts.models import Contract, Paper, StageEntry, Supplement
from yinuo.domains.contracts.selectors import list_contracts
from yinuo.domains.contracts.services import (
    AgreementData,
    SupplementData,
    add_agreement,
    add_supplement,
    advance_contract,
    keep_agreement,
    remind_of_contracts,
    renew_contract,
    suspend_contract,
    take_back_contract,
)
from yinuo.domains.customers.models import Site
from yinuo.domains.notices.models import Notice
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
TODAY = date(2026, 5, 1)


def missing(seller: Seller, contract: Contract, now: datetime = NOW) -> dict[str, list[str]]:
    cycle = cycle_of(seller.actor, contract.public_id, now)
    return {one.condition: list(one.missing) for one in cycle.asked if not one.holds}


def advance(seller: Seller, contract: Contract, now: datetime = NOW) -> Contract:
    contract.refresh_from_db()
    return advance_contract(
        actor=seller.actor, contract_id=contract.public_id, version=contract.version, now=now
    )


def sold(seller: Seller, **more: Any) -> Contract:
    """A sale of a project that is not finished, to a customer whose card is not complete."""
    project = make_project(seller.member, seller.customer)
    terms = {"project_id": project.public_id, "starts_on": date(2026, 1, 1), **more}
    return seller.contract(seller.plan("broadcast"), "HT-1", **terms)


def finish(seller: Seller, contract: Contract, **days: date | None) -> None:
    project = contract.project
    assert project is not None
    project.refresh_from_db()
    edit_project(
        actor=seller.actor,
        project_id=project.public_id,
        version=project.version,
        name=project.name,
        **{"finished_on": date(2026, 3, 1), "accepted_on": None, **days},
        now=NOW,
    )


def register(seller: Seller) -> None:
    Site.objects.filter(pk=seller.site.pk).update(address="南山区科技园一路 8 号")
    make_contact(seller.member, seller.customer)


@pytest.mark.req("LV-01")
def test_what_is_missing_is_listed_and_holds_the_stage_back(seller: Seller) -> None:
    contract = sold(seller)
    found = missing(seller, contract)
    # Which papers those are is the plan's to say.
    assert found.pop("papers_complete")
    assert found == {
        "signed": ["amount"],
        "project_finished": ["finished_on"],
        "customer_registered": ["site_address", "contact_phone"],
    }
    with pytest.raises(IllegalMove) as refused:
        advance(seller, contract)
    assert set(refused.value.details["missing"]) == set(missing(seller, contract))
    contract.refresh_from_db()
    assert contract.stage == "signing"


@pytest.mark.req("LV-01")
def test_a_contract_goes_from_signing_to_follow_up_as_its_conditions_come_to_hold(
    seller: Seller,
) -> None:
    contract = sold(seller, total=Decimal("2860000.00"))
    register(seller)
    finish(seller, contract)
    assert set(missing(seller, contract)) == {"papers_complete"}
    Paper.objects.filter(contract=contract).update(waived_reason="已按项目交付")
    assert advance(seller, contract).stage == "acceptance"
    assert missing(seller, contract) == {"project_accepted": ["accepted_on"]}
    finish(seller, contract, accepted_on=date(2026, 4, 1))
    assert advance(seller, contract).stage == "service"
    # The warranty of three years from the acceptance ends on 2029-04-01; 60 days before it counts.
    early, late = datetime(2029, 1, 30, tzinfo=UTC), datetime(2029, 1, 31, tzinfo=UTC)
    assert missing(seller, contract, early) == {"ending": ["not_yet"]}
    assert missing(seller, contract, late) == {}
    assert advance(seller, contract, late).stage == "follow_up"
    entered = StageEntry.objects.filter(contract=contract).order_by("id")
    assert [one.stage for one in entered] == ["signing", "acceptance", "service", "follow_up"]
    assert entered[1].held == [
        "signed",
        "project_finished",
        "papers_complete",
        "customer_registered",
    ]


@pytest.mark.req("LV-01")
def test_a_renewal_begins_the_cycle_again_and_is_made_once(seller: Seller) -> None:
    contract = sold(seller, total=Decimal(100), ends_on=date(2026, 6, 1))
    with pytest.raises(IllegalMove):
        renew(seller, contract)
    Contract.objects.filter(pk=contract.pk).update(stage="follow_up")
    made = renew(seller, contract)
    assert (made.stage, made.renews_id, made.customer_id) == (
        "signing",
        contract.pk,
        contract.customer_id,
    )
    with pytest.raises(IllegalMove):
        renew(seller, contract, "HT-3")
    linked = life_of(seller.actor, contract.public_id, TODAY).renewed_by
    assert linked is not None
    assert linked.number == "HT-2"


def renew(seller: Seller, contract: Contract, number: str = "HT-2") -> Contract:
    return renew_contract(
        actor=seller.actor,
        contract_id=contract.public_id,
        number=number,
        starts_on=date(2026, 6, 1),
        ends_on=date(2027, 6, 1),
        annual_fee=Decimal("143000.00"),
        now=NOW,
    )


@pytest.mark.req("BP-19")
def test_the_price_of_renewal_is_a_share_of_the_total_with_its_computation(
    seller: Seller,
) -> None:
    contract = sold(seller, total=Decimal("2860000.00"), parameters={"renewal_percent": "5"})
    price = life_of(seller.actor, contract.public_id, TODAY).renewal_price
    assert price is not None
    assert price.amount.amount == Decimal("143000.00")
    assert "2,860,000.00 × 5 %" in price.computation.zh


@pytest.mark.req("LV-01")
def test_a_contract_goes_back_with_a_reason_and_the_history_stays(seller: Seller) -> None:
    contract = sold(seller, total=Decimal(1))
    Contract.objects.filter(pk=contract.pk).update(stage="acceptance")
    base: dict[str, Any] = {"actor": seller.actor, "contract_id": contract.public_id, "now": NOW}
    with pytest.raises(InvalidInput):
        take_back_contract(**base, version=contract.version, reason=" ")
    take_back_contract(**base, version=contract.version, reason="资料退回")
    Contract.objects.filter(pk=contract.pk).update(stage="acceptance")
    with pytest.raises(Conflict):
        take_back_contract(**base, version=contract.version, reason="再退")
    assert list(StageEntry.objects.values_list("stage", "note").order_by("id")) == [
        ("signing", ""),
        ("signing", "资料退回"),
    ]


@pytest.mark.req("LV-01", "R42")
@pytest.mark.parametrize("model", [StageEntry, Supplement])
def test_the_history_cannot_be_rewritten(seller: Seller, model: Any) -> None:
    contract = sold(seller)
    Supplement.objects.create(
        contract=contract, number="B1", effective_on=TODAY, agreed_at=NOW, actor_label="x"
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(contract=contract).update(actor_label="someone else")


@pytest.mark.req("B-22")
@pytest.mark.parametrize(
    ("begins_on", "ends_on", "field"),
    [
        (date(2025, 12, 31), None, "begins_on"),
        (date(2026, 2, 1), date(2026, 2, 1), "ends_on"),
        (date(2026, 3, 15), date(2026, 5, 1), "begins_on"),
    ],
)
def test_suspensions_lie_within_the_contract_and_do_not_overlap(
    seller: Seller, begins_on: date, ends_on: date | None, field: str
) -> None:
    contract = sold(seller)
    base: dict[str, Any] = {"actor": seller.actor, "contract_id": contract.public_id, "now": NOW}
    march = {"begins_on": date(2026, 3, 1), "ends_on": date(2026, 4, 1)}
    suspend_contract(**base, **march, reason="停工")
    with pytest.raises(InvalidInput) as refused:
        suspend_contract(**base, begins_on=begins_on, ends_on=ends_on, reason="再停")
    assert field in refused.value.fields


@pytest.mark.req("MS-07", "SG-14")
@pytest.mark.parametrize(
    ("kept_on", "today", "state"),
    [
        (None, date(2026, 4, 30), "running"),
        (None, date(2026, 5, 1), "missed"),
        (date(2026, 4, 30), date(2026, 5, 1), "kept"),
        (date(2026, 5, 1), date(2026, 5, 1), "kept_late"),
    ],
)
def test_an_agreement_is_tracked_until_it_is_kept(
    seller: Seller, kept_on: date | None, today: date, state: str
) -> None:
    contract = sold(seller)
    agreed = AgreementData("免费期后按次收费，另行商定", date(2026, 1, 5), due_on=date(2026, 4, 30))
    made = add_agreement(actor=seller.actor, contract_id=contract.public_id, data=agreed, now=NOW)
    if kept_on:
        keep_agreement(
            actor=seller.actor,
            agreement_id=made.public_id,
            version=made.version,
            kept_on=kept_on,
            now=NOW,
        )
    [seen] = life_of(seller.actor, contract.public_id, today).agreements
    assert seen.state == state


@pytest.mark.req("LV-01", "MS-07")
def test_ends_and_due_agreements_are_told_once_to_the_account_manager(seller: Seller) -> None:
    plan = seller.plan("servers")
    near = seller.contract(plan, "NEAR", ends_on=date(2026, 6, 30))
    seller.contract(plan, "FAR", ends_on=date(2026, 7, 1))
    seller.contract(plan, "OVER", ends_on=date(2026, 4, 30))
    seller.contract(plan, "EARLY", ends_on=date(2026, 12, 1), remind_days=300)
    agreed = AgreementData("补交竣工图", date(2026, 1, 5), due_on=date(2026, 5, 8))
    add_agreement(actor=seller.actor, contract_id=near.public_id, data=agreed, now=NOW)
    assert remind_of_contracts(now=NOW) == 3
    assert remind_of_contracts(now=NOW) == 0
    told = Notice.objects.filter(person=seller.member.person)
    assert sorted((one.topic, one.data["number"]) for one in told) == [
        ("contract.agreement_due", "NEAR"),
        ("contract.ending", "EARLY"),
        ("contract.ending", "NEAR"),
    ]


@pytest.mark.req("LV-01")
def test_the_list_of_ending_contracts_follows_supplements_and_leaves_out_renewed_ones(
    seller: Seller,
) -> None:
    plan = seller.plan("servers")
    june, kept = date(2026, 6, 1), date(2028, 6, 1)
    seller.contract(plan, "ENDS", ends_on=june)
    longer = seller.contract(plan, "LONGER", ends_on=june)
    change = SupplementData("B1", effective_on=date(2026, 4, 1), ends_on=kept)
    add_supplement(actor=seller.actor, contract_id=longer.public_id, data=change, now=NOW)
    renewed = seller.contract(plan, "RENEWED", ends_on=june)
    Contract.objects.filter(pk=renewed.pk).update(stage="follow_up")
    renew(seller, renewed)
    found = list_contracts(seller.actor, cycle=InCycle(TODAY, ending=60)).items
    assert [one.number for one in found] == ["ENDS"]
