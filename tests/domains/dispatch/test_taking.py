"""Taking lines over asks the rules of all of them together, however many they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.domains.dispatch.test_board import place
from tests.domains.dispatch.test_sending import World, another_sheet, world
from tests.factories import Member, make_member, make_unit
from tests.factories.dispatch import make_proposal
from tests.factories.qualified import demand, make_certificate
from tests.factories.work import fresh, issue, step

from yinuo.domains.dispatch.models import Booking, PlanLine, PlanRun
from yinuo.domains.dispatch.placing import broken_rules
from yinuo.domains.dispatch.plan_types import Taken
from yinuo.domains.dispatch.services import take_lines, taking
from yinuo.domains.fieldwork.models import WorkOrder

__all__ = ["world"]


def proposed(
    world: World, lines: int, goers: Mapping[int, Member] = MappingProxyType({})
) -> PlanRun:
    """A plan with so many lines, each on another day, two of three of them of lower units."""
    admin, unit = world.company.administrator, world.company.headquarters
    run = make_proposal(world.manager, unit, world.near.person, world.order.request)
    first = PlanLine.objects.get(run=run)
    assert first.starts_at is not None
    assert first.ends_at is not None
    units = [unit, *(make_unit(admin, unit) for _ in range(2))]
    for number in range(2, lines + 1):
        order = fresh(issue(world.manager, world.order.request))
        WorkOrder.objects.filter(pk=order.pk).update(unit=units[number % 3])
        later = timedelta(days=number)
        PlanLine.objects.create(
            run=run,
            number=number,
            work_order=order,
            order_version=order.version,
            change="new",
            person=goers.get(number, world.near).person,
            leaves_at=first.starts_at + later,
            starts_at=first.starts_at + later,
            ends_at=first.ends_at + later,
            content={"due_at": None, "late": "0.00", "options": [], "broken": {}},
        )
    return run


def take(world: World, run: PlanRun) -> Taken:
    with translation.override("en"):
        return take_lines(
            actor=world.manager.actor,
            run_id=run.public_id,
            line_ids=None,
            source="test",
            now=datetime.now(UTC),
        )


def statements(world: World, run: PlanRun) -> int:
    """How many a try costs in which every line breaks a rule."""
    with CaptureQueriesContext(connection) as asked:
        taken = take(world, run)
    assert taken.taken == 0
    assert set(taken.refused.values()) == {"Lacks a skill, certificate or tool for it by now."}
    return len(asked)


@pytest.mark.req("B-32")
def test_the_rules_of_many_lines_cost_no_more_statements_than_those_of_one(world: World) -> None:
    demand(world.company.administrator, skills={"无人会的技能": 5}, person_certified=True)
    few = statements(world, proposed(world, 1))
    many = statements(world, proposed(world, 12))
    # Several units: who belongs to which is one statement more.
    assert many <= few + 1
    assert not Booking.objects.exists()


@pytest.mark.req("B-32", "B-34")
def test_each_line_is_asked_by_its_own_day_and_unit(world: World) -> None:
    admin, unit = world.company.administrator, world.company.headquarters
    stranger = make_member(admin, make_unit(admin, unit), ["technician"])
    run = proposed(world, 4, {2: stranger})
    demand(admin, person_certified=True)
    today = datetime.now(UTC).date()
    make_certificate(admin, world.near.person, until=today + timedelta(days=3))
    make_certificate(admin, stranger.person, until=today + timedelta(days=30))
    taken = take(world, run)
    lines = {str(one.public_id): one.number for one in run.lines.all()}
    assert taken.taken == 1
    assert {lines[key]: message for key, message in taken.refused.items()} == {
        2: "Does not carry out work of this unit any more.",
        3: "Lacks a skill, certificate or tool for it by now.",
        4: "Lacks a skill, certificate or tool for it by now.",
    }


@pytest.mark.req("B-32", "B-30")
def test_a_time_kept_for_work_that_was_declined_does_not_refuse_a_line(world: World) -> None:
    run = proposed(world, 1)
    line = PlanLine.objects.get(run=run)
    assert line.starts_at is not None
    old = another_sheet(world)
    place(world, world.near, line.starts_at + timedelta(minutes=30), old)
    refused = take(world, run)
    assert set(refused.refused.values()) == {"Other work was booked for this time meanwhile."}
    step(world.near, old, "declined", reason="车辆故障")
    assert take(world, run).taken == 1
    assert Booking.objects.get(released_at__isnull=True).work_order_id == line.work_order_id


@pytest.mark.req("B-32", "R38")
def test_a_line_that_moves_only_the_time_is_refused_when_somebody_else_is_sent_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = another_sheet(world)
    begins = datetime.now(UTC) + timedelta(hours=20)
    place(world, world.near, begins, sheet)
    sheet.refresh_from_db()
    run = proposed(world, 0)
    PlanLine.objects.create(
        run=run,
        number=2,
        work_order=sheet,
        order_version=sheet.version,
        change="moved",
        person=world.near.person,
        before=world.near.person,
        before_at=begins,
        leaves_at=begins + timedelta(hours=8),
        starts_at=begins + timedelta(hours=8),
        ends_at=begins + timedelta(hours=10),
        content={},
    )

    def meanwhile(*given: Any) -> Any:
        world.send(world.far, sheet)
        return broken_rules(*given)

    monkeypatch.setattr(taking, "broken_rules", meanwhile)
    taken = take(world, run)
    told = "The sheet was changed since the plan was made. Plan again."
    assert (taken.taken, list(taken.refused.values())) == (1, [told])
    kept = Booking.objects.get(work_order=sheet, released_at__isnull=True)
    assert kept.person_id == fresh(sheet).assignee_id == world.far.person.pk
