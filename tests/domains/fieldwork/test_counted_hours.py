"""Hours of work count down by themselves, once per sheet; what is beyond them is the customer's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from tests.factories.centre import Centre, make_centre
from tests.factories.work import REPORT, fresh, make_work_order, step

from yinuo.domains.contracts.life import is_beyond_quota, uses_of_request
from yinuo.domains.contracts.models import Contract, Quota, QuotaUse
from yinuo.domains.contracts.services import give_back
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.services.counting import worked_hours
from yinuo.domains.requests.models import Request


def include(centre: Centre, hours: str) -> Quota:
    """The customer's contract includes so many hours, and covers the request."""
    contract = Contract.objects.get(customer=centre.customer)
    Request.objects.filter(public_id=centre.request.public_id).update(
        contract=contract, cover="contract", reported_at=datetime.now(UTC) - timedelta(days=2)
    )
    return Quota.objects.create(
        contract=contract,
        kind="hours",
        included=Decimal(hours),
        begins_on=(datetime.now(UTC) - timedelta(days=300)).date(),
    )


def arrived(centre: Centre, hours_ago: float) -> WorkOrder:
    """A sheet whose technician arrived some hours ago."""
    order = make_work_order(centre.specialist, centre.technician, centre.request, "appointed")
    at = datetime.now(UTC) - timedelta(hours=hours_ago)
    step(centre.technician, order, "departed", occurred_at=at)
    step(centre.technician, order, "arrived", occurred_at=at)
    return fresh(order)


def work(centre: Centre, order: WorkOrder, hours: float) -> None:
    """Report so many hours of work."""
    assert order.arrived_at
    report = replace(REPORT, finished_at=order.arrived_at + timedelta(hours=hours))
    step(centre.technician, order, "worked", report=report)


def used(quota: Quota) -> Decimal:
    quota.refresh_from_db()
    return quota.used


@pytest.mark.req("B-22", "SV-01")
def test_reported_work_takes_its_hours_and_writing_it_again_changes_nothing(
    centre: Centre,
) -> None:
    quota = include(centre, "10")
    order = arrived(centre, 5)
    work(centre, order, 2.5)
    work(centre, fresh(order), 2.5)
    assert used(quota) == Decimal("2.5")
    [use] = uses_of_request(centre.request.public_id)
    assert (use.amount, use.beyond, use.reference) == (Decimal("2.5"), 0, order.number)


@pytest.mark.req("B-22", "R42")
@pytest.mark.parametrize("again", [1.25, 4.75])
def test_a_corrected_sheet_is_taken_back_and_counted_anew_on_record(
    centre: Centre, again: float
) -> None:
    quota = include(centre, "10")
    order = arrived(centre, 5)
    work(centre, order, 2.5)
    step(centre.technician, order, "signed")
    step(centre.technician, order, "corrected", reason="工时写错")
    work(centre, fresh(order), again)
    assert used(quota) == Decimal(str(again))
    rows = QuotaUse.objects.order_by("id").values_list("amount", "revision", "corrects__revision")
    assert list(rows) == [
        (Decimal("2.5"), 1, None),
        (Decimal("-2.5"), 1, 1),
        (Decimal(str(again)), 2, None),
    ]


@pytest.mark.req("B-22", "SV-01")
def test_what_the_hours_do_not_cover_is_kept_as_beyond_and_returns_when_less_was_worked(
    centre: Centre,
) -> None:
    quota = include(centre, "2")
    order = arrived(centre, 6)
    work(centre, order, 5)
    assert used(quota) == 2
    [use] = uses_of_request(centre.request.public_id)
    assert (use.amount, use.beyond) == (2, 3)
    assert is_beyond_quota(centre.request.public_id)
    work(centre, fresh(order), 1)
    assert used(quota) == 1
    assert not is_beyond_quota(centre.request.public_id)


@pytest.mark.req("B-22")
def test_what_a_person_gave_back_stays_given_back_when_the_sheet_is_corrected(
    centre: Centre,
) -> None:
    quota = include(centre, "10")
    order = arrived(centre, 5)
    work(centre, order, 2)
    give_back(
        actor=centre.company.administrator.actor,
        use_id=QuotaUse.objects.get().public_id,
        reason="我方原因返工",
        now=datetime.now(UTC),
    )
    work(centre, fresh(order), 3)
    assert used(quota) == 0


@pytest.mark.req("B-22", "SV-01")
def test_sheets_finished_at_the_same_time_never_pass_the_hours(committed: object) -> None:
    centre = make_centre()
    quota = include(centre, "7")
    orders = [arrived(centre, 5) for _number in range(4)]

    def finish(order: WorkOrder) -> None:
        try:
            work(centre, order, 3)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(finish, orders))
    assert used(quota) == 7
    uses = QuotaUse.objects.filter(quota=quota)
    assert sum(one.amount + one.beyond for one in uses) == 12
    assert max(one.beyond for one in uses) == 3


@pytest.mark.req("B-22")
@pytest.mark.parametrize(
    ("seconds", "hours"), [(0, "0.01"), (36, "0.01"), (37, "0.02"), (3600, "1.00"), (9000, "2.50")]
)
def test_hours_are_counted_to_the_begun_hundredth(seconds: int, hours: str) -> None:
    began: Any = datetime(2026, 5, 1, tzinfo=UTC)
    assert worked_hours(began, began + timedelta(seconds=seconds)) == Decimal(hours)
