"""The board: what stands where, and what the server says to a visit that is placed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.domains.dispatch.test_sending import World, another_sheet, world
from tests.factories import Member, make_member, make_unit
from tests.factories.qualified import demand, make_absence
from tests.factories.work import step

from yinuo.domains.dispatch.board import get_board
from yinuo.domains.dispatch.board_types import Board
from yinuo.domains.dispatch.models import Booking, Decision
from yinuo.domains.dispatch.services import place_visit
from yinuo.domains.dispatch.types import CannotGo
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.network.qualification_types import Capacity, Rule
from yinuo.domains.network.services import deactivate_person, set_capacity
from yinuo.domains.network.shifts import parse_shift
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput, NotFound

__all__ = ["world"]
ZONE = ZoneInfo("Asia/Shanghai")


def tomorrow(hour: int) -> datetime:
    return datetime.combine(datetime.now(ZONE).date() + timedelta(days=1), time(hour), ZONE)


def board(world: World, days: int = 1) -> Board:
    unit = world.company.headquarters
    first = tomorrow(0).date()
    return get_board(
        world.manager.actor, unit.public_id, first_on=first, days=days, now=datetime.now(UTC)
    )


def place(
    world: World, person: Member, at: datetime, order: WorkOrder | None = None, **more: object
) -> Decision:
    sheet = order or world.order
    sheet.refresh_from_db()
    given = {"version": sheet.version, "actor": world.manager.actor, **more}
    return place_visit(
        work_order_id=sheet.public_id,
        person_id=person.person.public_id,
        starts_at=at,
        source="test",
        now=datetime.now(UTC),
        **given,  # type: ignore[arg-type]
    )


def names(world: World) -> dict[str, int]:
    return {row.name: len(row.sheets) for row in board(world).rows}


@pytest.mark.req("B-30")
def test_a_visit_placed_leaves_the_waiting_list_and_stands_in_its_lane(world: World) -> None:
    assert [one.number for one in board(world).waiting] == [world.order.number]
    place(world, world.near, tomorrow(10))
    found = board(world)
    assert (found.waiting, names(world)) == ((), {"近": 1, "远": 0})
    booked = Booking.objects.get(released_at__isnull=True)
    # The way there is kept too.
    assert booked.period.lower < tomorrow(10) < booked.period.upper == tomorrow(12)
    place(world, world.far, tomorrow(14))
    assert names(world) == {"近": 0, "远": 1}
    assert Booking.objects.filter(released_at__isnull=True).count() == 1
    assert Decision.objects.count() == 2


@pytest.mark.req("B-30")
def test_two_visits_of_one_person_never_stand_in_the_same_hour(world: World) -> None:
    place(world, world.near, tomorrow(10))
    other = another_sheet(world)
    with pytest.raises(CannotGo) as refused:
        place(world, world.near, tomorrow(11), other)
    assert [one.rule for one in refused.value.obstacles] == [Rule.OVERLAP]
    other.refresh_from_db()
    assert other.assignee_id is None
    place(world, world.near, tomorrow(13), other)
    assert names(world) == {"近": 2, "远": 0}


@pytest.mark.req("B-30", "B-34")
def test_every_hard_rule_that_a_drop_breaks_is_named(world: World) -> None:
    admin = world.company.administrator
    demand(admin, skills={"防火墙": 4}, person_certified=True)
    make_absence(admin, world.near.person, tomorrow(0), tomorrow(0) + timedelta(days=1))
    world.near.person.refresh_from_db()
    set_capacity(
        actor=world.manager.actor,
        person_id=world.near.person.public_id,
        version=world.near.person.version,
        capacity=Capacity(shift=parse_shift("1-7 00:00-05:00")),
        now=datetime.now(UTC),
    )
    with pytest.raises(CannotGo) as refused:
        place(world, world.near, tomorrow(10))
    rules = {one.rule for one in refused.value.obstacles}
    assert rules == {Rule.SKILL, Rule.CERTIFICATE, Rule.ABSENCE, Rule.SHIFT}
    assert not Booking.objects.exists()


@pytest.mark.req("B-30", "R38")
def test_past_far_stale_under_way_and_otherwise_agreed_are_refused(world: World) -> None:
    now = datetime.now(UTC)
    for at in (now - timedelta(hours=1), now + timedelta(days=61)):
        with pytest.raises(InvalidInput):
            place(world, world.near, at)
    with pytest.raises(Conflict):
        place(world, world.near, tomorrow(10), version=99)
    place(world, world.near, tomorrow(10))
    WorkOrder.objects.filter(pk=world.order.pk).update(agreed_for=tomorrow(10))
    with pytest.raises(IllegalMove):
        place(world, world.near, tomorrow(15))
    place(world, world.near, tomorrow(10) + timedelta(minutes=10))
    step(world.near, world.order, "accepted")
    WorkOrder.objects.filter(pk=world.order.pk).update(state="departed", departed_at=now)
    with pytest.raises(IllegalMove):
        place(world, world.near, tomorrow(10))


@pytest.mark.req("R03", "R06")
def test_a_sister_s_dispatcher_sees_no_board_and_places_nothing(world: World) -> None:
    admin = world.company.administrator
    sister = make_unit(admin, world.company.headquarters)
    other = make_member(admin, sister, ["engineering_manager"])
    with pytest.raises(NotFound):
        place(world, world.near, tomorrow(10), actor=other.actor)
    day, now = tomorrow(0).date(), datetime.now(UTC)
    with pytest.raises(NotFound):
        get_board(other.actor, world.company.headquarters.public_id, first_on=day, days=1, now=now)
    found = get_board(other.actor, sister.public_id, first_on=day, days=1, now=now)
    assert found.waiting == ()


def test_a_full_board_costs_no_more_statements_than_an_empty_one(world: World) -> None:
    with CaptureQueriesContext(connection) as few:
        board(world)
    for number in range(5):
        place(
            world, world.near, tomorrow(8 + 0) + timedelta(hours=3 * number), another_sheet(world)
        )
        make_member(world.company.administrator, world.company.headquarters, ["technician"])
    with CaptureQueriesContext(connection) as many:
        assert len(board(world, days=7).rows) == 7
    assert len(many) == len(few) <= 10


@pytest.mark.req("B-30")
def test_a_visit_whose_time_went_by_and_a_leaver_s_visit_wait_and_are_marked(world: World) -> None:
    place(world, world.near, tomorrow(10))
    other = another_sheet(world)
    place(world, world.far, tomorrow(14), other)
    late, unit = tomorrow(0) + timedelta(days=1), world.company.headquarters

    def waits() -> dict[str, tuple[bool, bool]]:
        found = get_board(
            world.manager.actor, unit.public_id, first_on=late.date(), days=1, now=late
        )
        assert not any(row.sheets for row in found.rows)
        return {one.number: (one.is_overdue, one.has_left) for one in found.waiting}

    assert waits() == {world.order.number: (True, False), other.number: (True, False)}
    # On its own day it stands in its lane; before that it is still to come.
    assert (board(world).waiting, names(world)) == ((), {"近": 1, "远": 1})
    deactivate(world, world.far)
    assert waits() == {world.order.number: (True, False), other.number: (False, True)}
    assert [(one.number, one.has_left) for one in board(world).waiting] == [(other.number, True)]
    place(world, world.near, tomorrow(14), other)
    assert (board(world).waiting, names(world)) == ((), {"近": 2})


def deactivate(world: World, person: Member) -> None:
    person.person.refresh_from_db()
    deactivate_person(
        actor=world.company.administrator.actor,
        person_id=person.person.public_id,
        version=person.person.version,
        now=datetime.now(UTC),
    )
