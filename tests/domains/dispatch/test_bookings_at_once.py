"""Two dispatchers book the same hour of one person: one gets it, the other is told."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import connection, transaction
from tests.factories import make_company, make_contract, make_customer, make_member, open_fault
from tests.factories import publish as publish_plan
from tests.factories.company import Member
from tests.factories.work import make_work_order, take
from tests.plugins.committed import CommittedDatabase

from yinuo.domains.dispatch import booking
from yinuo.domains.dispatch.models import Booking
from yinuo.domains.dispatch.types import CannotGo
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.planned import OpenVisit, open_visits

SECONDS = 20
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.mark.req("B-30", "R36")
def test_a_booking_committed_while_another_reads_the_open_visits_is_not_taken_for_a_stale_one(
    committed: CommittedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    goer, (one, other) = two_sheets()
    begins = datetime.now(UTC) + timedelta(days=2)
    read, told = Event(), Event()

    def tried(order: WorkOrder) -> bool:
        take(goer, order)
        try:
            with transaction.atomic():
                period = (begins, begins + timedelta(hours=2))
                booking.keep_time(goer.person.pk, "甲", order.pk, period, datetime.now(UTC))
        except CannotGo:
            return False
        return True

    def late() -> bool:
        monkeypatch.setattr(booking, "open_visits", read_then_wait)
        try:
            return tried(other)
        finally:
            connection.close()

    def read_then_wait(people: Collection[int], but: int) -> list[OpenVisit]:
        found = open_visits(people, but)
        read.set()
        assert told.wait(SECONDS)
        return found

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert tried(one)
            second = pool.submit(late)
            wait_until_held_or(read)
        told.set()
        assert second.result(SECONDS) is False
    kept = Booking.objects.filter(released_at__isnull=True)
    assert [row.work_order_id for row in kept] == [one.pk]


def two_sheets() -> tuple[Member, list[WorkOrder]]:
    """Somebody who goes, and two sheets that nobody has taken."""
    company = make_company()
    admin, unit = company.administrator, company.headquarters
    keeper = make_member(admin, unit, ["account_manager", "service_consultant"])
    manager = make_member(admin, unit, ["engineering_manager", "service_consultant"])
    goer = make_member(admin, unit, ["technician"])
    customer = make_customer(keeper, unit)
    make_contract(keeper, customer, publish_plan(admin))
    faults = [open_fault(keeper, customer) for _ in range(2)]
    return goer, [make_work_order(manager, goer, one, "drafted") for one in faults]


def wait_until_held_or(read: Event) -> None:
    """Until the second booking waits for the first, or has gone on reading without waiting."""
    end = monotonic() + SECONDS
    while not read.is_set() and monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
        sleep(0.05)
