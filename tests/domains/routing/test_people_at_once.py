"""People under strain: two dispatchers at the same moment, somebody who leaves with open work."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from threading import Barrier, Thread

import pytest
from django.db import connections
from tests.factories import Member, make_member
from tests.factories.qualified import make_certificate
from tests.factories.routing import LINE, Network, make_network
from tests.factories.work import fresh, issue

from yinuo.domains.dispatch.going import who_can_go
from yinuo.domains.dispatch.models import Booking
from yinuo.domains.dispatch.services import send_engineer
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.services import assign_work_order
from yinuo.domains.network.selectors import list_roles
from yinuo.domains.network.services import deactivate_person
from yinuo.platform.errors import Conflict, IllegalMove


def engineer(network: Network, name: str) -> Member:
    top = network.company.headquarters
    member = make_member(network.company.administrator, top, ["technician"], name)
    for holder in (member.person, top):
        make_certificate(network.desk, holder, line=LINE)
    return member


def send(network: Network, order: WorkOrder, person: Member) -> None:
    send_engineer(
        actor=network.desk.actor,
        work_order_id=order.public_id,
        person_id=person.person.public_id,
        version=fresh(order).version,
        reason="就近",
        source="test",
        now=datetime.now(UTC),
    )


@pytest.mark.usefixtures("committed")
@pytest.mark.req("B-30")
def test_two_dispatchers_assign_the_same_hour_and_one_of_them_gets_it() -> None:
    network = make_network()
    person = engineer(network, "唯一的人")
    orders = [issue(network.desk, network.open()) for _ in range(2)]
    ready, ended = Barrier(2), []

    def go(order: WorkOrder) -> None:
        ready.wait()
        try:
            send(network, order, person)
            ended.append("sent")
        except (IllegalMove, Conflict):
            ended.append("refused")
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=(one,)) for one in orders]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    booked = Booking.objects.filter(person=person.person, released_at__isnull=True)
    periods = sorted((one.period.lower, one.period.upper) for one in booked)
    assert len(ended) == 2
    assert "sent" in ended
    assert booked.count() == ended.count("sent")
    assert all(a[1] <= b[0] for a, b in pairwise(periods))


@pytest.mark.req("SV-02", "R06")
def test_the_work_of_somebody_who_left_stays_in_sight_and_goes_to_another(db: None) -> None:
    network = make_network()
    left, other = engineer(network, "离职的人"), engineer(network, "接手的人")
    order = issue(network.desk, network.open())
    send(network, order, left)
    left.person.refresh_from_db()
    deactivate_person(
        actor=network.company.administrator.actor,
        person_id=left.person.public_id,
        version=left.person.version,
        now=datetime.now(UTC),
    )
    going = who_can_go(network.desk.actor, order.public_id, now=datetime.now(UTC))
    assert "离职的人" not in {one.name for one in going.goers}
    assign_work_order(
        actor=network.desk.actor,
        work_order_id=order.public_id,
        assignee_id=other.person.public_id,
        version=fresh(order).version,
        source="test",
        now=datetime.now(UTC),
    )
    assert fresh(order).assignee == other.person


@pytest.mark.req("SA-02")
def test_the_roles_of_the_appliance_maker_are_data(db: None) -> None:
    make_network()
    roles = {one.code: set(one.permissions) for one in list_roles()}
    assert {"leadership", "customer_support_manager", "account_manager", "system_engineer"} <= set(
        roles
    )
    assert "*:read" in roles["leadership"]
    assert not {"request:*", "request:work", "work_order:*"} & roles["leadership"]
    assert "customer:write" in roles["account_manager"]
    assert {"asset:write", "work_order:perform"} <= roles["system_engineer"]
    assert {"request:*", "work_order:*"} <= roles["customer_support_manager"]
