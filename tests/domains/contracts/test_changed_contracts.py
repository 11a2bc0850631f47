"""Contracts that overlap, are renewed, suspended or changed while cases run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from tests.domains.contracts.conftest import Seller, kinds, losses
from tests.factories import publish

from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.services import (
    SupplementData,
    add_supplement,
    renew_contract,
    suspend_contract,
)
from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.obligations.services import compute_outdated
from yinuo.domains.obligations.services.following import follow_contracts
from yinuo.domains.obligations.services.looking import look_at_contracts
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake
from yinuo.platform.errors import IllegalMove, InvalidInput

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
FEE = Decimal(9_000)
WITH_FIGURE = """
plan: figures
title: {zh: 有参数的方案, en: Plan with a figure}
version: "1"
currency: CNY
timezone: Asia/Shanghai
parameters:
  on_site_hours: {title: {zh: 到场时限, en: Time to be on site}, unit: hours, default: 24}
clauses:
  - id: on_site
    number: "1.1"
    title: {zh: 到场, en: On site}
    text: {zh: 按合同约定到场。, en: On site as the contract says.}
    promise: on_site
    start: reported
    end: arrived
    limit: {parameter: on_site_hours}
"""


def renew(seller: Seller, contract: Contract, number: str, starts_on: date) -> Contract:
    return renew_contract(
        actor=seller.actor,
        contract_id=contract.public_id,
        number=number,
        starts_on=starts_on,
        ends_on=date(starts_on.year + 1, starts_on.month, starts_on.day),
        annual_fee=FEE,
        now=NOW,
    )


def supplement(seller: Seller, contract: Contract, **changes: Any) -> None:
    data = SupplementData("B1", **changes)
    add_supplement(actor=seller.actor, contract_id=contract.public_id, data=data, now=NOW)


@pytest.mark.req("B-22", "LV-01")
def test_the_renewal_covers_from_the_day_the_old_contract_no_longer_does(seller: Seller) -> None:
    end = date(2026, 5, 1)
    old = seller.contract(seller.plan("servers"), "OLD", ends_on=end, annual_fee=FEE)
    renew(seller, old, "NEW", end)
    before, after = seller.why(None, "2026-04-30T23:59"), seller.why(None, "2026-05-01T00:00")
    assert (before.cover.contract_number, after.cover.contract_number) == ("OLD", "NEW")
    assert losses(after)["OLD contract"] == "ended"


@pytest.mark.req("B-22")
def test_between_a_contract_and_its_late_renewal_nothing_covers(seller: Seller) -> None:
    old = seller.contract(seller.plan("servers"), "OLD", ends_on=date(2026, 4, 1), annual_fee=FEE)
    renew(seller, old, "NEW", date(2026, 6, 1))
    found = seller.why(None, "2026-05-01T12:00")
    assert (found.cover.kind, found.cover.reason) == ("paid", "contract_ended")


@pytest.mark.req("LV-01")
def test_a_renewal_takes_over_what_supplements_changed(seller: Seller) -> None:
    old = seller.contract(
        seller.plan("servers"), "OLD", ends_on=date(2026, 4, 1), total=Decimal(100)
    )
    supplement(seller, old, effective_on=date(2026, 1, 1), total=Decimal(250))
    assert renew(seller, old, "NEW", date(2026, 6, 1)).total == Decimal(250)


@pytest.mark.req("LV-01")
def test_of_two_who_renew_at_once_the_second_is_told(committed: object) -> None:
    seller = Seller()
    old = seller.contract(seller.plan("servers"), "OLD", ends_on=date(2026, 4, 1), annual_fee=FEE)

    def one(number: str) -> bool:
        try:
            renew(seller, old, number, date(2026, 6, 1))
        except IllegalMove:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(one, ("A", "B"))) == [False, True]
    assert Contract.objects.filter(renews=old).count() == 1


@pytest.mark.req("B-22")
def test_of_overlapping_contracts_the_later_one_covers_and_the_other_says_why(
    seller: Seller,
) -> None:
    plan = seller.plan("servers")
    seller.contract(plan, "FIRST", ends_on=date(2027, 1, 1), annual_fee=FEE)
    seller.contract(plan, "SECOND", starts_on=date(2026, 1, 1), annual_fee=FEE)
    found = seller.why(None, "2026-05-01T12:00")
    assert found.cover.contract_number == "SECOND"
    assert losses(found)["FIRST contract"] == "started_earlier"


@pytest.mark.req("B-22")
def test_the_time_a_supplement_added_can_be_suspended_and_no_more(seller: Seller) -> None:
    contract = seller.contract(seller.plan("servers"), "HT", ends_on=date(2026, 4, 1))
    supplement(seller, contract, effective_on=date(2026, 3, 1), ends_on=date(2026, 9, 1))
    base: dict[str, Any] = {"actor": seller.actor, "contract_id": contract.public_id, "now": NOW}
    suspend_contract(**base, begins_on=date(2026, 6, 1), ends_on=date(2026, 7, 1), reason="停工")
    with pytest.raises(InvalidInput) as refused:
        suspend_contract(**base, begins_on=date(2026, 9, 1), ends_on=None, reason="停工")
    assert set(refused.value.fields) == {"begins_on"}


@pytest.mark.req("B-22")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"effective_on": date(2024, 12, 31), "total": Decimal(1)}, "effective_on"),
        ({"effective_on": date(2026, 3, 1), "ends_on": date(2026, 3, 1)}, "ends_on"),
        ({"effective_on": date(2026, 3, 1), "ends_on": date(2024, 1, 1)}, "ends_on"),
        ({"effective_on": date(2026, 3, 1), "total": Decimal(-1)}, "total"),
        ({"effective_on": date(2026, 3, 1)}, "note"),
    ],
)
def test_supplements_that_cannot_be_are_explained_at_their_field(
    seller: Seller, changes: dict[str, Any], field: str
) -> None:
    contract = seller.contract(seller.plan("servers"), "HT", ends_on=date(2027, 1, 1))
    with pytest.raises(InvalidInput) as refused:
        supplement(seller, contract, **changes)
    assert set(refused.value.fields) == {field}


@pytest.mark.req("B-22")
@pytest.mark.parametrize("ends_on", [date(2025, 1, 1), date(2024, 6, 1)])
def test_a_contract_that_ends_before_it_begins_is_refused(seller: Seller, ends_on: date) -> None:
    with pytest.raises(InvalidInput) as refused:
        seller.contract(seller.plan("servers"), "HT", ends_on=ends_on)
    assert set(refused.value.fields) == {"ends_on"}


@pytest.mark.req("B-22", "R42")
def test_running_cases_keep_the_figures_of_the_day_they_were_reported(seller: Seller) -> None:
    plan = publish(seller.admin, WITH_FIGURE)
    contract = seller.contract(plan, "HT", parameters={"on_site_hours": "8"}, total=Decimal(100))

    def due_in(minutes_ago: int) -> timedelta:
        reported = datetime.now(UTC) - timedelta(minutes=minutes_ago)
        intake = Intake(
            customer_id=seller.customer.public_id,
            site_id=seller.site.public_id,
            symptom=f"门禁离线 {minutes_ago}",
            reported_at=reported,
        )
        opened = open_request(actor=seller.actor, intake=intake, now=datetime.now(UTC))
        row = ObligationRow.objects.get(subject_id=opened.public_id)
        assert row.due_at is not None
        return row.due_at - reported

    running = due_in(3 * 24 * 60)
    first = ObligationRow.objects.get()
    since = datetime.now(UTC).date() - timedelta(days=1)
    supplement(
        seller, contract, effective_on=since, total=Decimal(999), parameters={"on_site_hours": "2"}
    )
    follow_contracts(now=datetime.now(UTC))
    look_at_contracts(now=datetime.now(UTC))
    compute_outdated(now=datetime.now(UTC))
    assert due_in(5) == timedelta(hours=2)
    due = first.due_at
    first.refresh_from_db()
    assert (running, first.due_at) == (timedelta(hours=8), due)
    assert kinds(seller.why(None, "2026-05-01T12:00"))["labour"] == "contract"
