"""Several people go to one visit: each has the hours, one leads, all of them move together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.domains.dispatch.test_board import board, names, place, tomorrow
from tests.domains.dispatch.test_sending import World, another_sheet, world
from tests.factories import Member, make_member
from tests.factories.planning import make_plan
from tests.factories.qualified import demand, make_absence, make_certificate
from tests.factories.work import REPORT, fresh, step

from yinuo.domains.devices.jobs import list_jobs
from yinuo.domains.dispatch.along import who_can_go_along
from yinuo.domains.dispatch.models import Booking, PlanLine
from yinuo.domains.dispatch.planning.gathering import gather
from yinuo.domains.dispatch.services import send_along, take_lines
from yinuo.domains.dispatch.types import CannotGo
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.selectors import get_work_order_page, list_work_orders
from yinuo.domains.fieldwork.services.accompanying import log_hours
from yinuo.domains.fieldwork.stays import stays_of
from yinuo.domains.network.performers import planned_unit
from yinuo.domains.network.qualification_types import Rule
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput, NotFound

__all__ = ["world"]


def along(world: World, *people: Member, order: WorkOrder | None = None, **more: object) -> None:
    sheet = order or world.order
    sheet.refresh_from_db()
    send_along(
        work_order_id=sheet.public_id,
        person_ids=[one.person.public_id for one in people],
        now=datetime.now(UTC),
        **{"actor": world.manager.actor, "version": sheet.version, **more},  # type: ignore[arg-type]
    )


def kept() -> dict[int, tuple[datetime, datetime]]:
    rows = Booking.objects.filter(released_at__isnull=True)
    return {one.person_id: (one.period.lower, one.period.upper) for one in rows}


@pytest.mark.req("B-30", "LV-02")
def test_a_companion_has_the_lead_s_hours_and_moves_and_goes_with_the_visit(world: World) -> None:
    near, far = world.near.person.pk, world.far.person.pk
    place(world, world.near, tomorrow(10))
    along(world, world.far)
    assert kept()[far] == kept()[near]
    assert fresh(world.order).persons == 2
    assert names(world) == {"近": 1, "远": 1}
    shown = board(world).rows[0].sheets[0]
    assert (shown.person_name, shown.companions) == ("近", ("远",))
    place(world, world.near, tomorrow(14))
    assert kept()[far] == kept()[near]
    assert kept()[far][1] == tomorrow(16)
    # Who takes the visit over leads it; nobody goes along with himself.
    place(world, world.far, tomorrow(14))
    assert set(kept()) == {far}
    assert fresh(world.order).persons == 1
    along(world, world.near)
    step(world.far, world.order, "accepted")
    step(world.manager, world.order, "aborted", reason="客户取消")
    assert [one.name for one in world.going(another_sheet(world)).goers] == ["近", "远"]
    other = another_sheet(world)
    place(world, world.near, tomorrow(14), other)
    assert set(kept()) == {near, far}


@pytest.mark.req("B-30", "B-34")
def test_what_keeps_somebody_from_going_along_is_told_and_refused_with_his_name(
    world: World,
) -> None:
    admin, unit = world.company.administrator, world.company.headquarters
    demand(admin, person_certified=True)
    ill, ended = (make_member(admin, unit, ["technician"], name) for name in ("病", "期"))
    for one in (world.near, world.far, ill):
        make_certificate(admin, one.person)
    make_absence(admin, ill.person, tomorrow(0), tomorrow(0) + timedelta(days=1))
    place(world, world.near, tomorrow(10))
    place(world, world.far, tomorrow(11), busy := another_sheet(world))
    found = who_can_go_along(world.manager.actor, world.order.public_id, now=datetime.now(UTC))
    rules = {one.name: [each.rule for each in one.obstacles] for one in found.people}
    assert rules["病"] == [Rule.ABSENCE]
    assert rules["期"] == [Rule.CERTIFICATE]
    assert rules["远"] == [Rule.OVERLAP]
    assert found.kept == kept()[world.near.person.pk]
    for one, name in ((ill, "病"), (ended, "期"), (world.far, "远")):
        with pytest.raises(CannotGo) as refused:
            along(world, one)
        assert name in str(refused.value.message)
    assert not world.order.companions.exists()
    # With a companion the visit is not moved to hours in which he cannot.
    place(world, world.far, tomorrow(16), busy)
    along(world, world.far)
    with pytest.raises(CannotGo) as refused:
        place(world, world.near, tomorrow(15))
    assert "远" in str(refused.value.message)
    assert kept()[world.far.person.pk]


@pytest.mark.req("B-30", "R38")
def test_who_goes_along_is_named_before_the_visit_by_who_sends_and_never_twice(
    world: World,
) -> None:
    admin, unit = world.company.administrator, world.company.headquarters
    outside = make_member(admin, unit, ["account_manager"])
    place(world, world.near, tomorrow(10))
    with pytest.raises(InvalidInput):
        along(world, world.near)
    with pytest.raises(NotFound):
        along(world, outside)
    with pytest.raises(Conflict):
        along(world, world.far, version=99)
    along(world, world.far)
    along(world)
    assert set(kept()) == {world.near.person.pk}
    along(world, world.far)
    for kind in ("accepted", "appointed", "departed"):
        step(world.near, world.order, kind)
    with pytest.raises(IllegalMove):
        along(world)


@pytest.mark.req("B-30", "LV-02")
def test_a_companion_reads_the_sheet_and_writes_his_hours_and_the_lead_acts(world: World) -> None:
    place(world, world.near, tomorrow(10))
    along(world, world.far)
    now = datetime.now(UTC)
    page = get_work_order_page(world.far.actor, world.order.public_id, now=now)
    assert page.next_steps == ()
    assert [one.name for one in page.companions] == ["远"]
    mine = list_work_orders(world.far.actor, now=now, view="mine").items
    assert [one.number for one in mine] == [world.order.number]
    assert [one.leads for one in list_jobs(world.far.actor, now=now)] == [False]
    for kind in ("accepted", "appointed", "departed", "arrived"):
        step(world.near, world.order, kind)
    begun = now - timedelta(hours=3)
    times = {"departed_at": begun - timedelta(hours=1), "arrived_at": begun}
    WorkOrder.objects.filter(pk=world.order.pk).update(**times)
    log_hours(
        actor=world.far.actor,
        work_order_id=world.order.public_id,
        began_at=begun,
        ended_at=begun + timedelta(hours=1),
        version=1,
        now=datetime.now(UTC),
    )
    step(world.near, world.order, "worked", report=REPORT)
    order = fresh(world.order)
    assert order.persons == 2
    lasted = [(one.persons, one.ends - one.begins) for one in stays_of([order])[order.pk]]
    assert [persons for persons, _time in lasted] == [1, 1]
    assert lasted[1][1] == timedelta(hours=1) < lasted[0][1]
    with pytest.raises(NotFound):
        log_hours(
            actor=world.near.actor,
            work_order_id=world.order.public_id,
            began_at=begun,
            ended_at=now,
            now=now,
        )


@pytest.mark.req("B-32", "B-33")
def test_the_plan_of_a_day_leaves_a_crew_together_and_keeps_both_from_other_visits(
    world: World,
) -> None:
    place(world, world.near, tomorrow(10))
    along(world, world.far)
    waits = another_sheet(world)
    unit = planned_unit(world.manager.actor, world.company.headquarters.public_id)
    day = tomorrow(0).date()
    gathered = gather(world.manager.actor, unit, [day], datetime.now(UTC))
    assert {one.id for one in gathered.sheets} == {world.order.pk, waits.pk}
    assert gathered.shared == {world.order.pk}
    rows = {row.person.name: [(one.leaves, one.ends) for one in row.along] for row in gathered.rows}
    assert rows == {"近": [], "远": [kept()[world.far.person.pk]]}
    # One that has no time yet waits for a person to place it.
    along(world, world.far, order=waits)
    again = gather(world.manager.actor, unit, [day], datetime.now(UTC))
    assert {one.id for one in again.sheets} == {world.order.pk}


@pytest.mark.req("B-32", "B-30")
def test_the_plan_of_a_day_sends_a_companion_on_from_where_he_went_along(world: World) -> None:
    place(world, world.near, tomorrow(10))
    along(world, world.far)
    # He lives hours away; next door to this customer he is there when the first visit is over.
    make_absence(
        world.company.administrator, world.near.person, tomorrow(12), tomorrow(0) + timedelta(1)
    )
    waits = another_sheet(world)
    unit = world.company.headquarters
    run = make_plan(world.manager, unit, first_on=tomorrow(0).date())
    line = PlanLine.objects.get(run=run, work_order=waits)
    assert (line.person_id, line.starts_at) == (world.far.person.pk, tomorrow(12))
    assert line.leaves_at == line.starts_at
    take_lines(
        actor=world.manager.actor,
        run_id=run.public_id,
        line_ids=[line.public_id],
        source="test",
        now=datetime.now(UTC),
    )
    rows = Booking.objects.filter(person=world.far.person, released_at__isnull=True)
    assert [one.period.lower for one in rows.order_by("period")][1] == tomorrow(12)
