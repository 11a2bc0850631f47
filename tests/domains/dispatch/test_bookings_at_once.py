"""Two dispatchers book the same hour of one person: one gets it, the other is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
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
    _managers, goer, (one, other) = two_sheets()
    begins = datetime.now(UTC) + timedelta(days=2)
    read, told = Event(), Event()

    def tried(order: WorkOrder) -> bool:
        take(goer, order)
        try:
            with transaction.atomic():
                period = (begins, begins + timedelta(hours=2))
                booking.keep_time({goer.person.pk: "甲"}, order.pk, period, datetime.now(UTC))
        except CannotGo:
            return False
        return True

    def late() -> bool:
        monkeypatch.setattr(booking, "open_visits", read_then_wait)
        try:
            return tried(other)
        finally:
            connection.close()

    def read_then_wait(people: Collection[int], but: Collection[int]) -> list[OpenVisit]:
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


@pytest.mark.req("B-30", "R36")
def test_of_two_dispatchers_in_two_processes_one_books_the_hour_and_the_other_is_told(
    committed: CommittedDatabase,
) -> None:
    managers, goer, sheets = two_sheets()
    at = (datetime.now(UTC) + timedelta(days=2)).replace(hour=2, minute=0)
    with ExitStack() as stack:
        with transaction.atomic():
            booking.hold_time_of([goer.person.pk])
            both = [
                stack.enter_context(dispatcher(committed, by, order, goer, at))
                for by, order in zip(managers, sheets, strict=True)
            ]
            # Both have looked, found him free and assigned; neither has booked yet.
            wait_until(lambda: len(committed.waiting_for_locks()) == 2)
        said = [one.communicate(timeout=SECONDS) for one in both]
    answers = [out.strip() for out, _err in said]
    assert sorted(answers) == ["overlap", "placed"], said
    winner, loser = sheets[answers.index("placed")], sheets[answers.index("overlap")]
    kept = Booking.objects.filter(released_at__isnull=True)
    assert [row.work_order_id for row in kept] == [winner.pk]
    loser.refresh_from_db()
    assert (loser.state, loser.assignee_id) == ("drafted", None)


DISPATCHER = """
import sys
from datetime import UTC, datetime

import django

django.setup()
from yinuo.domains.dispatch.services import place_visit
from yinuo.domains.dispatch.types import CannotGo
from yinuo.domains.network.actors import get_actor

user, order, person, at = sys.argv[1:]
try:
    place_visit(
        actor=get_actor(int(user)),
        work_order_id=order,
        person_id=person,
        starts_at=datetime.fromisoformat(at),
        version=1,
        source="test",
        now=datetime.now(UTC),
    )
except CannotGo as error:
    print(*[one.rule.value for one in error.obstacles])
else:
    print("placed")
"""


@contextmanager
def dispatcher(
    committed: CommittedDatabase, by: Member, order: WorkOrder, goer: Member, at: datetime
) -> Iterator[subprocess.Popen[str]]:
    """A process in which a dispatcher places a sheet; it is ended at the latest with the test."""
    given = [by.user.pk, order.public_id, goer.person.public_id, at.isoformat()]
    process = subprocess.Popen(
        [sys.executable, "-c", DISPATCHER, *map(str, given)],
        env=committed.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(done: Callable[[], bool]) -> None:
    """Until it is so, or the test fails."""
    end = monotonic() + 3 * SECONDS
    while not done():
        assert monotonic() < end
        sleep(0.05)


def two_sheets() -> tuple[list[Member], Member, list[WorkOrder]]:
    """Two who send, somebody who goes, and two sheets that nobody has taken."""
    company = make_company()
    admin, unit = company.administrator, company.headquarters
    keeper = make_member(admin, unit, ["account_manager", "service_consultant"])
    roles = ["engineering_manager", "service_consultant"]
    managers = [make_member(admin, unit, roles) for _ in range(2)]
    goer = make_member(admin, unit, ["technician"])
    customer = make_customer(keeper, unit)
    make_contract(keeper, customer, publish_plan(admin))
    faults = [open_fault(keeper, customer) for _ in range(2)]
    return managers, goer, [make_work_order(managers[0], goer, one, "drafted") for one in faults]


def wait_until_held_or(read: Event) -> None:
    """Until the second booking waits for the first, or has gone on reading without waiting."""
    end = monotonic() + SECONDS
    while not read.is_set() and monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
        sleep(0.05)
