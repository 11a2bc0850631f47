"""Who can go: hard rules, money, the decision kept; nobody is sent to two places at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories import (
    Company,
    Member,
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_site,
    make_unit,
    open_fault,
    publish,
)
from tests.factories.duty import rotate
from tests.factories.qualified import demand, make_absence, make_certificate
from tests.factories.stock import fill, make_ask, make_depot, make_part
from tests.factories.work import fresh, issue, step

from yinuo.domains.assets.models import Asset
from yinuo.domains.customers.models import Site
from yinuo.domains.dispatch.going import who_can_go
from yinuo.domains.dispatch.models import Booking, Decision
from yinuo.domains.dispatch.selectors import list_decisions
from yinuo.domains.dispatch.services import send_engineer
from yinuo.domains.dispatch.types import Going
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.network.qualification_types import Capacity
from yinuo.domains.network.services import set_capacity
from yinuo.domains.network.shifts import parse_shift
from yinuo.domains.oncall.services import create_rota
from yinuo.domains.oncall.types import RotaData
from yinuo.domains.requests.models import Request
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput, NotFound
from yinuo.platform.positions import Position

PLACE = Position(Decimal("31.230000"), Decimal("121.470000"))


@dataclass
class World:
    company: Company
    manager: Member
    near: Member
    far: Member
    order: WorkOrder

    def going(self, order: WorkOrder | None = None) -> Going:
        at = datetime.now(UTC)
        return who_can_go(self.manager.actor, (order or self.order).public_id, now=at)

    def send(self, person: Member, order: WorkOrder | None = None, **more: object) -> Decision:
        sheet = order or self.order
        sheet.refresh_from_db()
        given = {"version": sheet.version, "reason": "客户要求", **more}
        return send_engineer(
            actor=self.manager.actor,
            work_order_id=sheet.public_id,
            person_id=person.person.public_id,
            source="test",
            now=datetime.now(UTC),
            **given,  # type: ignore[arg-type]
        )


def settle(world: World, person: Member, latitude: str) -> None:
    person.person.refresh_from_db()
    home = Position(Decimal(latitude), PLACE.longitude)
    set_capacity(
        actor=world.manager.actor,
        person_id=person.person.public_id,
        version=person.person.version,
        capacity=Capacity(home=home),
        now=datetime.now(UTC),
    )


@pytest.fixture
def world(db: None) -> World:
    company = make_company()
    admin, unit = company.administrator, company.headquarters
    manager = make_member(admin, unit, ["engineering_manager", "service_consultant"])
    keeper = make_member(admin, unit, ["account_manager", "service_consultant"])
    near, far = (make_member(admin, unit, ["technician"], name) for name in ("近", "远"))
    customer = make_customer(keeper, unit)
    site = make_site(keeper, customer)
    Site.objects.filter(pk=site.pk).update(latitude=PLACE.latitude, longitude=PLACE.longitude)
    asset = make_asset(keeper, customer, site)
    Asset.objects.filter(pk=asset.pk).update(asset_class="服务器")
    make_contract(keeper, customer, publish(admin))
    request = open_fault(keeper, customer, asset=asset)
    Request.objects.filter(public_id=request.public_id).update(site=site)
    found = World(company, manager, near, far, fresh(issue(manager, request)))
    settle(found, near, "31.240000")
    settle(found, far, "31.900000")
    return found


def another_sheet(world: World) -> WorkOrder:
    return fresh(issue(world.manager, world.order.request))


def held_by(world: World, person: Member) -> WorkOrder:
    """Another sheet, this person's; no time is kept for it."""
    sheet = another_sheet(world)
    WorkOrder.objects.filter(pk=sheet.pk).update(assignee=person.person, state="assigned")
    return sheet


@pytest.mark.req("B-31")
def test_the_nearer_one_leads_and_the_difference_is_money(world: World) -> None:
    going = world.going()
    assert [one.name for one in going.goers] == ["近", "远"]
    first, second = going.goers
    assert (first.extra, going.refused) == (0, ())
    assert second.extra == second.total - first.total > 0
    assert second.terms["travel"] > first.terms["travel"]
    assert sum(second.terms.values()) == second.total
    assert first.travel_minutes < second.travel_minutes


@pytest.mark.req("B-30", "B-31")
def test_who_has_the_part_in_his_car_costs_less_than_who_has_not(world: World) -> None:
    admin, unit = world.company.administrator, world.company.headquarters
    keeper = make_member(admin, unit, ["parts_manager"])
    store = make_depot(keeper, unit)
    part = make_part(keeper)
    fill(keeper, store, part, 1)
    make_ask(world.manager, world.order.request.public_id, store, part)
    without = {one.name: one.terms.get("part") for one in world.going().goers}
    assert without == {"近": Decimal("150.00"), "远": Decimal("150.00")}
    fill(keeper, make_depot(keeper, unit, holder=world.far.person), part, 1)
    found = {one.name: one.terms.get("part") for one in world.going().goers}
    assert found == {"近": Decimal("150.00"), "远": None}


@pytest.mark.req("B-31", "B-34", "B-30")
def test_whoever_a_hard_rule_removes_is_named_with_it_and_cannot_be_sent(world: World) -> None:
    demand(world.company.administrator, person_certified=True)
    make_certificate(world.company.administrator, world.far.person)
    now = datetime.now(UTC)
    going = world.going()
    assert [one.name for one in going.goers] == ["远"]
    assert [(one.name, one.obstacles[0].rule) for one in going.refused] == [("近", "certificate")]
    assert going.rejected == {"certificate": 1}
    with pytest.raises(IllegalMove):
        world.send(world.near)
    admin = world.company.administrator
    make_absence(admin, world.far.person, now - timedelta(hours=1), now + timedelta(days=9))
    going = world.going()
    assert (going.goers, going.rejected) == ((), {"certificate": 1, "absence": 1})
    assert WorkOrder.objects.get(pk=world.order.pk).assignee_id is None


@pytest.mark.req("B-31", "R42")
def test_a_decision_keeps_everybody_who_was_considered(world: World) -> None:
    with pytest.raises(InvalidInput):
        world.send(world.far, reason=" ")
    decision = world.send(world.far, reason="客户点名")
    assert (decision.place, decision.considered) == (2, 2)
    row = list_decisions(world.manager.actor, world.order.public_id)[0]
    assert [one["name"] for one in row.content["goers"]] == ["近", "远"]
    assert (row.person_name, row.reason) == ("远", "客户点名")
    # Who leaves and is forgotten must not stand in what is kept for ever (R59).
    assert "近" not in str(decision.content)
    world.order.refresh_from_db()
    assert (world.order.state, world.order.assignee_id) == ("assigned", world.far.person.pk)
    # A stale sheet is told before anything changes.
    with pytest.raises(Conflict):
        world.send(world.near, version=1)
    with pytest.raises(Exception, match="dispatch_decision"), transaction.atomic():
        Decision.objects.update(place=1)


@pytest.mark.req("B-30")
def test_booked_time_puts_the_next_visit_after_it_and_declining_frees_it(world: World) -> None:
    first = world.send(world.near, reason="")
    booked = Booking.objects.get(released_at__isnull=True)
    other = another_sheet(world)
    later = next(one for one in world.going(other).goers if one.name == "近")
    assert later.starts_at >= booked.period.upper
    assert first.place == 1
    step(world.near, world.order, "declined", reason="车辆故障")
    free = next(one for one in world.going(other).goers if one.name == "近")
    assert free.starts_at < booked.period.upper
    world.send(world.near, other, reason="")
    assert Booking.objects.get(released_at__isnull=True).work_order_id == other.pk


@pytest.mark.req("B-30")
def test_the_database_refuses_two_bookings_of_one_person_for_the_same_time(world: World) -> None:
    world.send(world.near)
    booked = Booking.objects.get()
    other = another_sheet(world)
    begins, ends = booked.period.lower, booked.period.upper

    def book(period: tuple[datetime, datetime], person: Member = world.near) -> None:
        with transaction.atomic():
            Booking.objects.create(
                person=person.person, work_order=other, period=period, booked_at=begins
            )

    with pytest.raises(IntegrityError, match="dispatch_no_double_booking"):
        book((ends - timedelta(seconds=1), ends + timedelta(hours=1)))
    book((ends, ends + timedelta(hours=1)))
    book((begins, ends), world.far)


@pytest.mark.req("R03", "R06")
def test_a_sister_s_dispatcher_finds_nothing_to_send_to(world: World) -> None:
    admin = world.company.administrator
    sister = make_unit(admin, world.company.headquarters)
    other = make_member(admin, sister, ["engineering_manager"])
    with pytest.raises(NotFound):
        who_can_go(other.actor, world.order.public_id, now=datetime.now(UTC))
    with pytest.raises(NotFound):
        list_decisions(other.actor, world.order.public_id)


def test_many_people_cost_no_more_statements_than_few(world: World) -> None:
    with CaptureQueriesContext(connection) as few:
        world.going()
    for _ in range(6):
        make_member(world.company.administrator, world.company.headquarters, ["technician"])
    with CaptureQueriesContext(connection) as many:
        assert len(world.going().goers) == 8
    # One of them asks who goes along to visits that are agreed and have no time kept.
    assert len(many) == len(few) <= 20


@pytest.mark.req("LV-09")
def test_whoever_is_on_duty_can_go_outside_his_hours(world: World) -> None:
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
    never = parse_shift(f"{(today + timedelta(days=3)).isoweekday()} 09:00-10:00")
    world.near.person.refresh_from_db()
    set_capacity(
        actor=world.manager.actor,
        person_id=world.near.person.public_id,
        version=world.near.person.version,
        capacity=Capacity(shift=never),
        now=datetime.now(UTC),
    )
    assert world.going().rejected == {"shift": 1}
    unit = world.company.headquarters
    data = RotaData("日夜值班", 0, 1440)
    rota = create_rota(
        actor=world.manager.actor, unit_id=unit.public_id, data=data, now=datetime.now(UTC)
    )
    rotate(world.manager, rota, [world.near], today, 1)
    assert [one.name for one in world.going().refused] == []


def test_nobody_at_all_is_an_answer(world: World) -> None:
    admin = world.company.administrator
    demand(admin, line="服务器", skills={"无人会的技能": 5})
    going = world.going()
    assert (going.goers, going.considered) == ((), 2)
    with pytest.raises(IllegalMove):
        world.send(world.near)


@pytest.mark.req("B-31", "B-34")
def test_whoever_stands_behind_the_first_twenty_is_seen_and_can_be_sent(world: World) -> None:
    admin, unit = world.company.administrator, world.company.headquarters
    for number in range(23):
        one = make_member(admin, unit, ["technician"], f"人{number:02}")
        if number > 20:
            make_absence(admin, one.person, datetime.now(UTC), datetime.now(UTC) + timedelta(1))
    first = world.going()
    assert (len(first.goers), first.can_go, first.cannot_go) == (20, 23, 2)
    at, sheet = datetime.now(UTC), world.order.public_id
    rest = who_can_go(world.manager.actor, sheet, now=at, goers_from=20, refused_from=1)
    assert [one.place for one in rest.goers] == [21, 22, 23]
    assert len(rest.refused) == 1
    assert not {one.name for one in first.goers} & {one.name for one in rest.goers}
    last = rest.goers[-1]
    made = send_engineer(
        actor=world.manager.actor,
        work_order_id=sheet,
        person_id=last.public_id,
        version=first.version,
        reason="客户指定",
        source="test",
        now=at,
    )
    assert (made.place, made.person_id) == (23, last.person_id)
    assert made.content["goers"][-1]["person"] == str(last.public_id)


@pytest.mark.req("B-30", "B-31")
def test_whoever_has_a_visit_to_finish_first_is_sent_after_it_to_the_second(world: World) -> None:
    now = datetime.now(UTC).replace(microsecond=250_000)
    for ends in (timedelta(hours=2, microseconds=1), timedelta(minutes=5, seconds=7)):
        Booking.objects.update(released_at=now)
        held = held_by(world, world.near)
        Booking.objects.create(
            person=world.near.person,
            work_order=held,
            period=(now - timedelta(hours=1), now + ends),
            booked_at=now,
        )
        other = another_sheet(world)
        goer = next(one for one in world.going(other).goers if one.name == "近")
        assert goer.starts_at - timedelta(seconds=goer.travel_seconds) >= now + ends
        assert goer.travel_seconds % 60
        world.send(world.near, other)
        kept = Booking.objects.get(work_order=other, released_at__isnull=True)
        assert kept.period.lower - (now + ends) < timedelta(seconds=1)


@pytest.mark.req("B-31", "B-34")
def test_a_certificate_counts_on_the_day_on_which_he_would_come(world: World) -> None:
    admin, near, now = world.company.administrator, world.near.person, datetime.now(UTC)
    today = now.astimezone(ZoneInfo("Asia/Shanghai")).date()
    demand(admin, person_certified=True)
    make_certificate(admin, near, until=today)
    make_certificate(admin, world.far.person)
    Booking.objects.create(
        person=near,
        work_order=held_by(world, world.near),
        period=(now - timedelta(hours=1), now + timedelta(hours=25)),
        booked_at=now,
    )
    going = world.going()
    assert [one.name for one in going.goers] == ["远"]
    assert [(one.name, one.obstacles[0].rule) for one in going.refused] == [("近", "certificate")]
    with pytest.raises(IllegalMove):
        world.send(world.near)
    make_certificate(admin, near, since=today + timedelta(days=1))
    assert {one.name for one in world.going().goers} == {"近", "远"}
