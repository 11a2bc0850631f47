"""Visits and hours count down; of many at the same time exactly as many succeed as are left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.domains.contracts.conftest import Seller

from yinuo.domains.contracts.models import Quota, QuotaUse
from yinuo.domains.contracts.services import (
    QuotaData,
    QuotaUsedUp,
    UseData,
    give_back,
    grant_quota,
    use_quota,
)
from yinuo.platform.errors import InvalidInput

NOW = datetime(2026, 5, 1, tzinfo=UTC)
DAY = date(2026, 5, 1)


def bought(seller: Seller, kind: str, number: int | str) -> Any:
    contract = seller.contract(seller.plan("servers"), f"HT-{kind}", annual_fee=Decimal(9_000))
    year = QuotaData(kind, Decimal(number), date(2026, 1, 1), date(2027, 1, 1))
    grant_quota(actor=seller.actor, contract_id=contract.public_id, data=year, now=NOW)
    return contract


def use(seller: Seller, contract: Any, kind: str, amount: str, reference: str) -> QuotaUse:
    data = UseData(kind, Decimal(amount), reference, DAY)
    return use_quota(actor=seller.actor, contract_id=contract.public_id, data=data, now=NOW)


@pytest.mark.req("B-22", "SV-01")
def test_of_fifty_at_the_same_time_as_many_succeed_as_are_left(committed: object) -> None:
    seller = Seller()
    contract = bought(seller, "visits", 20)
    actor = seller.actor

    def one(number: int) -> bool:
        try:
            data = UseData("visits", Decimal(1), f"FWD-{number}", DAY)
            use_quota(actor=actor, contract_id=contract.public_id, data=data, now=NOW)
        except QuotaUsedUp:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(50) as threads:
        succeeded = list(threads.map(one, range(50)))
    assert sum(succeeded) == 20
    quota = Quota.objects.get(contract=contract)
    assert quota.used == quota.included == QuotaUse.objects.filter(quota=quota).count() == 20


@pytest.mark.req("B-22")
def test_the_same_reference_is_counted_once(seller: Seller) -> None:
    contract = bought(seller, "hours", 10)
    assert use(seller, contract, "hours", "2.5", "FWD-1") == use(
        seller, contract, "hours", "2.5", "FWD-1"
    )
    assert Quota.objects.get().used == Decimal("2.5")


@pytest.mark.req("B-22")
def test_more_than_is_left_is_refused_and_nothing_is_counted(seller: Seller) -> None:
    contract = bought(seller, "hours", 4)
    use(seller, contract, "hours", "3.5", "FWD-1")
    with pytest.raises(QuotaUsedUp) as refused:
        use(seller, contract, "hours", "1", "FWD-2")
    assert refused.value.details == {"left": "0.50"}
    assert Quota.objects.get().used == Decimal("3.5")
    assert QuotaUse.objects.count() == 1


@pytest.mark.req("B-22")
def test_a_use_is_given_back_once_and_both_stay_on_record(seller: Seller) -> None:
    contract = bought(seller, "visits", 1)
    used = use(seller, contract, "visits", "1", "FWD-1")
    give_back(actor=seller.actor, use_id=used.public_id, reason="我方原因返工", now=NOW)
    assert Quota.objects.get().used == 0
    with pytest.raises(InvalidInput):
        give_back(actor=seller.actor, use_id=used.public_id, reason="再次", now=NOW)
    assert sorted(QuotaUse.objects.values_list("amount", flat=True)) == [-1, 1]


@pytest.mark.req("B-22")
@pytest.mark.parametrize(
    ("kind", "amount", "field"),
    [
        ("visits", "0", "amount"),
        ("visits", "-1", "amount"),
        ("visits", "0.5", "amount"),
        ("hours", "1", "kind"),
        ("visits", "10000000", "amount"),
    ],
)
def test_negative_zero_and_broken_quantities_are_refused(
    seller: Seller, kind: str, amount: str, field: str
) -> None:
    contract = bought(seller, "visits", 3)
    with pytest.raises(InvalidInput) as refused:
        use(seller, contract, kind, amount, "FWD-1")
    assert field in refused.value.fields


@pytest.mark.req("B-22")
def test_overlapping_periods_of_one_kind_are_refused(seller: Seller) -> None:
    contract = bought(seller, "visits", 3)
    more = QuotaData("visits", Decimal(2), date(2026, 12, 31), None)
    with pytest.raises(InvalidInput) as refused:
        grant_quota(actor=seller.actor, contract_id=contract.public_id, data=more, now=NOW)
    assert "begins_on" in refused.value.fields


@pytest.mark.req("B-22")
def test_the_database_itself_lets_no_more_be_used_than_is_included(seller: Seller) -> None:
    bought(seller, "visits", 3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.update(used=4)


@pytest.mark.req("SV-01")
def test_a_package_gives_price_free_items_visits_and_hours_of_each_year(seller: Seller) -> None:
    contract = seller.contract(
        seller.plan("servers"),
        "HT-PACK",
        starts_on=date(2024, 2, 29),
        ends_on=date(2026, 1, 1),
        package="basic",
    )
    assert contract.annual_fee == Decimal(6000)
    assert contract.covers == ["labour", "travel"]
    rows = Quota.objects.filter(contract=contract).order_by("begins_on", "kind")
    assert [(one.kind, one.included, one.begins_on, one.ends_on) for one in rows] == [
        ("hours", 16, date(2024, 2, 29), date(2025, 3, 1)),
        ("visits", 2, date(2024, 2, 29), date(2025, 3, 1)),
        ("hours", 16, date(2025, 3, 1), date(2026, 1, 1)),
        ("visits", 2, date(2025, 3, 1), date(2026, 1, 1)),
    ]


@pytest.mark.req("SV-01")
def test_a_package_the_plan_does_not_offer_is_refused(seller: Seller) -> None:
    with pytest.raises(InvalidInput) as refused:
        seller.contract(seller.plan("servers"), "HT-PACK", package="platinum")
    assert "package" in refused.value.fields
