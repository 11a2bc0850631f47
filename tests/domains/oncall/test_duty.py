"""On call: which time counts, whose turn it is, covers, gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from tests.factories import Company, Member, make_company, make_member, make_unit
from tests.factories.duty import OFFICE, make_rota, rotate

from yinuo.domains.oncall.hours import duty_calendar
from yinuo.domains.oncall.models import Rota, Turn
from yinuo.domains.oncall.selectors import list_gaps, list_turns, who_is_on_duty
from yinuo.domains.oncall.services import cancel_turn, cover_turn, create_rota
from yinuo.domains.oncall.types import Rhythm, RotaData
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput, NotFound

SHANGHAI = ZoneInfo("Asia/Shanghai")
OCTOBER = date(2026, 10, 1)


def at(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@dataclass
class World:
    company: Company
    manager: Member
    one: Member
    two: Member
    rota: Rota

    def cover(self, turn: Turn, begins: datetime, ends: datetime, **more: object) -> Turn:
        given = {"version": turn.version, "person_id": self.two.person.public_id, **more}
        given = {"reason": "陪护家人", "now": at(1, 0), **given}
        return cover_turn(
            actor=self.manager.actor,
            turn_id=turn.public_id,
            starts_at=begins,
            ends_at=ends,
            **given,  # type: ignore[arg-type]
        )


@pytest.fixture
def world(db: None) -> World:
    company = make_company()
    admin, unit = company.administrator, company.headquarters
    manager = make_member(admin, unit, ["engineering_manager"])
    one, two = (make_member(admin, unit, ["technician"], name) for name in ("甲", "乙"))
    return World(company, manager, one, two, make_rota(manager, unit))


@pytest.mark.req("LV-09", "G16")
@pytest.mark.parametrize(
    ("instant", "counts"),
    [
        (at(1, 15), True),  # a holiday in what would be office hours
        (at(2, 23, 10), False),  # story 3: outside the duty hours
        (at(3, 8), True),
        (at(2, 22, 29), True),
        (at(2, 22, 30), False),
        (at(9, 8, 15), True),  # before the office opens on a working day
        (at(9, 8, 30), False),
        (at(9, 12, 30), True),  # the lunch gap
        (at(9, 18), True),
        (at(10, 10), False),  # a worked Saturday
        (at(11, 10), True),  # a Sunday
    ],
)
def test_duty_is_every_minute_of_its_hours_that_is_no_office_hour(
    db: None, instant: datetime, counts: bool
) -> None:
    calendar = duty_calendar(RotaData("值班", 480, 1350, OFFICE))
    assert calendar.is_open(instant) is counts


@pytest.mark.req("LV-09", "B-60")
def test_technicians_take_turns_a_month_each(world: World) -> None:
    rotate(world.manager, world.rota, [world.one, world.two], OCTOBER, 3)
    found = who_is_on_duty(world.manager.actor, now=at(1, 15))[0]
    assert found.counts_now
    assert found.turn is not None
    assert found.turn.person_name == "甲"
    november = who_is_on_duty(world.manager.actor, now=at(30, 7, month=11))[0]
    assert november.turn is not None
    assert (november.turn.person_name, november.counts_now) == ("乙", False)
    assert november.next_at == at(30, 8, month=11)
    turns = list_turns(world.manager.actor, world.rota.public_id, since=at(1, 0))
    assert [one.person_name for one in turns] == ["甲", "乙", "甲"]


@pytest.mark.req("B-60")
def test_a_month_from_the_31st_begins_again_on_the_31st_where_there_is_one(world: World) -> None:
    turns = rotate(world.manager, world.rota, [world.one], date(2027, 1, 31), 3)
    begins = [one.period.lower.astimezone(SHANGHAI).date() for one in turns]
    assert begins == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


@pytest.mark.req("B-60", "LV-09")
def test_a_cover_takes_its_part_and_leaves_the_rest(world: World) -> None:
    turn = rotate(world.manager, world.rota, [world.one], OCTOBER, 1)[0]
    world.cover(turn, at(5, 8), at(6, 8))
    turns = list_turns(world.manager.actor, world.rota.public_id, since=at(1, 0))
    assert [(one.person_name, one.covers_name) for one in turns] == [
        ("甲", ""),
        ("乙", "甲"),
        ("甲", ""),
    ]
    assert [one.starts_at for one in turns] == [at(1, 0), at(5, 8), at(6, 8)]
    # The other half of a swap.
    later = Turn.objects.get(period__startswith=at(6, 8), cancelled_at__isnull=True)
    with pytest.raises(InvalidInput):
        world.cover(later, at(6, 8), at(7, 8), person_id=world.one.person.public_id)
    with pytest.raises(InvalidInput):
        world.cover(later, at(6, 7), at(7, 8))
    with pytest.raises(InvalidInput):
        world.cover(later, at(6, 8), at(7, 8), reason=" ")
    with pytest.raises(Conflict):
        world.cover(later, at(6, 8), at(7, 8), version=9)
    with pytest.raises(IllegalMove):
        world.cover(later, at(6, 8), at(7, 8), now=at(7, 8))


@pytest.mark.req("B-60")
def test_a_hole_on_new_year_s_eve_is_shown(world: World) -> None:
    turns = rotate(world.manager, world.rota, [world.one], date(2026, 12, 1), 31, Rhythm.DAY)
    rotate(world.manager, world.rota, [world.two], date(2027, 1, 1), 3)
    actor, rota = world.manager.actor, world.rota.public_id
    noon = at(1, 0, month=12)
    assert list_gaps(actor, rota, now=noon) == []
    eve = turns[-1]
    cancel_turn(actor=actor, turn_id=eve.public_id, version=1, now=noon)
    gaps = list_gaps(actor, rota, now=noon)
    # A Thursday: before the office opens, the lunch gap, the evening.
    assert [(one.starts_at, one.ends_at) for one in gaps] == [
        (at(31, 8, 0, 12), at(31, 8, 30, 12)),
        (at(31, 12, 0, 12), at(31, 13, 30, 12)),
        (at(31, 18, 0, 12), at(31, 22, 30, 12)),
    ]
    assert who_is_on_duty(actor, now=at(31, 20, 0, 12))[0].turn is None


@pytest.mark.req("B-60")
def test_two_people_never_have_the_turn_at_once(world: World) -> None:
    turn = rotate(world.manager, world.rota, [world.one], OCTOBER, 1)[0]
    with pytest.raises(IllegalMove):
        rotate(world.manager, world.rota, [world.two], date(2026, 10, 31), 1)
    with pytest.raises(IntegrityError, match="oncall_one_at_a_time"), transaction.atomic():
        Turn.objects.create(
            rota=world.rota,
            person=world.two.person,
            period=(turn.period.upper - timedelta(seconds=1), turn.period.upper),
            made_at=at(1, 0),
            made_by="x",
        )


@pytest.mark.req("R03", "R06", "SV-02")
def test_a_sister_s_rota_and_people_are_not_there(world: World) -> None:
    admin = world.company.administrator
    centre, sister = (make_unit(admin, world.company.headquarters) for _ in range(2))
    own = make_member(admin, centre, ["engineering_manager"])
    theirs = make_member(admin, sister, ["technician"])
    with pytest.raises(NotFound):
        list_turns(own.actor, world.rota.public_id, since=at(1, 0))
    assert who_is_on_duty(own.actor, now=at(1, 15)) == []
    rota = make_rota(own, centre)
    with pytest.raises(NotFound):
        rotate(own, rota, [theirs], OCTOBER, 1)
    with pytest.raises(NotFound):
        make_rota(own, sister)


@pytest.mark.parametrize("hours", [(480, 480), (-1, 60), (60, 1441)])
def test_a_rota_without_hours_is_refused(world: World, hours: tuple[int, int]) -> None:
    unit = world.company.headquarters
    with pytest.raises(InvalidInput):
        create_rota(
            actor=world.manager.actor,
            unit_id=unit.public_id,
            data=RotaData("夜班", *hours),
            now=at(1, 0),
        )
