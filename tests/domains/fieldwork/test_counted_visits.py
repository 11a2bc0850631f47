"""Visits under a service contract count down what the contract includes."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.factories.centre import Centre
from tests.factories.work import make_work_order, step

from yinuo.domains.contracts.models import Contract, Quota, QuotaUse
from yinuo.domains.requests.models import Request

pytestmark = pytest.mark.django_db


def include(centre: Centre, visits: int, cover: str = "contract") -> Quota:
    """The customer's contract includes so many visits, and covers the request."""
    contract = Contract.objects.get(customer=centre.customer)
    Request.objects.filter(public_id=centre.request.public_id).update(
        contract=contract, cover=cover
    )
    return Quota.objects.create(
        contract=contract,
        kind="visits",
        included=Decimal(visits),
        begins_on=datetime.now(UTC).date().replace(month=1, day=1),
    )


@pytest.mark.req("B-22")
def test_an_arrival_takes_one_visit_of_the_contract_and_names_the_sheet(centre: Centre) -> None:
    quota = include(centre, 2)
    order = make_work_order(centre.specialist, centre.technician, centre.request, "departed")
    assert not QuotaUse.objects.exists()
    step(centre.technician, order, "arrived")
    use = QuotaUse.objects.get(quota=quota)
    assert (use.amount, use.reference) == (1, order.number)
    quota.refresh_from_db()
    assert quota.used == 1


@pytest.mark.req("B-22")
@pytest.mark.parametrize("cover", ["warranty", "paid"])
def test_nothing_is_counted_where_something_else_covers(centre: Centre, cover: str) -> None:
    quota = include(centre, 2, cover)
    order = make_work_order(centre.specialist, centre.technician, centre.request, "departed")
    step(centre.technician, order, "arrived")
    quota.refresh_from_db()
    assert quota.used == 0
    assert not QuotaUse.objects.exists()


@pytest.mark.req("B-22")
def test_a_visit_where_none_is_left_is_kept_as_beyond_the_quota(centre: Centre) -> None:
    quota = include(centre, 0)
    order = make_work_order(centre.specialist, centre.technician, centre.request, "departed")
    step(centre.technician, order, "arrived")
    use = QuotaUse.objects.get(quota=quota)
    assert (use.amount, use.beyond) == (0, 1)
    quota.refresh_from_db()
    assert quota.used == 0
