"""A day is planned by the worker, shown beside what stands, taken over wholly or in part."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.domains.dispatch.test_board import deactivate
from tests.domains.dispatch.test_sending import World, another_sheet, world
from tests.factories import make_member, make_unit
from tests.factories.planning import make_plan
from tests.factories.qualified import demand, make_absence, make_certificate
from tests.factories.work import step

from yinuo.domains.dispatch.models import Booking, Decision, PlanLine, PlanRun
from yinuo.domains.dispatch.plan_selectors import get_plan, list_plan_lines
from yinuo.domains.dispatch.plan_types import Mode, Taken
from yinuo.domains.dispatch.planning import splitting
from yinuo.domains.dispatch.planning.gathering import gather
from yinuo.domains.dispatch.planning.running import run_plan
from yinuo.domains.dispatch.selectors import list_decisions
from yinuo.domains.dispatch.services import cancel_plan, start_plan, take_lines
from yinuo.domains.dispatch.services.planning import MOST_RESTARTS, STANDS_STILL, resume_plans
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.network.models import Person
from yinuo.domains.network.performers import planned_unit
from yinuo.domains.network.qualification_types import Capacity
from yinuo.domains.network.services import set_capacity
from yinuo.domains.network.shifts import parse_shift
from yinuo.kernel.dispatch.routes import of_rounds
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound

__all__ = ["world"]
ZONE = ZoneInfo("Asia/Shanghai")


def tomorrow() -> date:
    return datetime.now(ZONE).date() + timedelta(days=1)


def plan(world: World, **more: object) -> PlanRun:
    unit = world.company.headquarters
    return make_plan(world.manager, unit, first_on=tomorrow(), **more)  # type: ignore[arg-type]


def lines(world: World, run: PlanRun) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in list_plan_lines(world.manager.actor, run.public_id):
        found.setdefault(one.change, []).append(one.person_name)
    return found


def take(world: World, run: PlanRun, *only: object) -> Taken:
    return take_lines(
        actor=world.manager.actor,
        run_id=run.public_id,
        line_ids=only or None,
        source="test",
        now=datetime.now(UTC),
    )


@pytest.mark.req("B-32")
def test_new_sheets_go_to_whom_they_cost_least_and_nothing_changes_until_taken(
    world: World,
) -> None:
    another_sheet(world)
    run = plan(world)
    assert (run.state, run.weights, lines(world, run)) == ("done", "v1", {"new": ["近", "近"]})
    first, second = PlanLine.objects.filter(run=run).order_by("starts_at")
    assert second.starts_at >= first.ends_at  # type: ignore[operator]
    assert not Booking.objects.exists()
    assert run.summary["before"]["left"] == 2
    assert run.summary["after"]["left"] == 0
    options = list_plan_lines(world.manager.actor, run.public_id)[0].content["options"]
    assert [one["name"] for one in options] == ["近", "远"]
    assert (float(options[0]["extra"]), float(options[1]["extra"]) > 0) == (0, True)
    assert take(world, run).taken == 2
    assert set(WorkOrder.objects.values_list("assignee__name", "state")) == {("近", "assigned")}
    assert Booking.objects.filter(released_at__isnull=True).count() == 2
    assert Decision.objects.filter(content__plan=str(run.public_id)).count() == 2
    assert lines(world, plan(world)) == {"kept": ["近", "近"]}


@pytest.mark.req("R59")
def test_what_plans_keep_for_ever_has_no_names_and_is_read_with_those_of_today(
    world: World,
) -> None:
    run = plan(world)
    assert take(world, run).taken == 1
    kept = [*PlanLine.objects.values_list("content"), *Decision.objects.values_list("content")]
    assert len(kept) == 2
    assert not any(name in str(kept) for name in ("近", "远"))
    Person.objects.filter(pk=world.near.person.pk).update(name="已离职")
    lines = list_plan_lines(world.manager.actor, run.public_id)
    decisions = list_decisions(world.manager.actor, world.order.public_id)
    for content in (lines[0].content, decisions[0].content):
        assert [one["name"] for one in content["options"]] == ["已离职", "远"]


@pytest.mark.req("B-32")
def test_a_plan_is_taken_over_in_part_and_a_line_whose_sheet_changed_is_refused(
    world: World,
) -> None:
    other = another_sheet(world)
    run = plan(world)
    mine = PlanLine.objects.get(run=run, work_order=world.order)
    theirs = PlanLine.objects.get(run=run, work_order=other)
    assert take(world, run, mine.public_id).taken == 1
    world.send(world.far, other)
    taken = take(world, run, theirs.public_id)
    assert (taken.taken, list(taken.refused)) == (0, [str(theirs.public_id)])
    # Sent again, nothing is left of it.
    assert take(world, run, mine.public_id).taken == 0
    other.refresh_from_db()
    assert other.assignee_id == world.far.person.pk


@pytest.mark.req("B-32", "B-34")
def test_certificates_leave_and_what_nobody_can_do_are_kept_to_and_said(world: World) -> None:
    admin = world.company.administrator
    demand(admin, person_certified=True)
    day = tomorrow()
    make_certificate(admin, world.near.person, until=day - timedelta(days=1))
    make_certificate(admin, world.far.person)
    assert lines(world, plan(world)) == {"new": ["远"]}
    begins = datetime.combine(day, time(0), ZONE)
    make_absence(admin, world.far.person, begins, begins + timedelta(days=1))
    run = plan(world)
    assert lines(world, run) == {"undone": [""]}
    line = PlanLine.objects.get(run=run)
    assert line.content["broken"] == {"certificate": 1}
    run = plan(world, days=2)
    line = PlanLine.objects.get(run=run)
    assert line.starts_at is not None
    assert line.starts_at.astimezone(ZONE).date() == day + timedelta(days=1)


@pytest.mark.req("B-32", "B-30")
def test_a_rule_broken_after_the_plan_was_made_refuses_its_line(world: World) -> None:
    admin = world.company.administrator
    run = plan(world)
    begins = datetime.combine(tomorrow(), time(0), ZONE)
    make_absence(admin, world.near.person, begins, begins + timedelta(days=1))
    taken = take(world, run)
    assert (taken.taken, len(taken.refused)) == (0, 1)
    assert not Booking.objects.exists()


@pytest.mark.req("B-32")
def test_what_its_engineer_accepted_stays_his_and_an_appointment_stays_in_its_hour(
    world: World,
) -> None:
    world.send(world.far)
    step(world.far, world.order, "accepted")
    at = datetime.combine(tomorrow(), time(14), ZONE)
    WorkOrder.objects.filter(pk=world.order.pk).update(agreed_for=at)
    Booking.objects.update(released_at=datetime.now(UTC))
    for mode in Mode:
        run = plan(world, mode=mode)
        line = PlanLine.objects.get(run=run)
        assert line.person_id == world.far.person.pk
        assert line.starts_at is not None
        assert abs(line.starts_at - at) <= timedelta(minutes=15)


@pytest.mark.req("B-32")
def test_an_urgent_job_comes_in_without_moving_what_is_planned(world: World) -> None:
    take(world, plan(world))
    urgent = another_sheet(world)
    run = plan(world)
    found = {one.work_order_id: one.change for one in PlanLine.objects.filter(run=run)}
    assert found == {world.order.pk: "kept", urgent.pk: "new"}


@pytest.mark.req("B-32")
def test_a_large_region_is_planned_in_parts_and_shown_as_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splitting, "LARGEST", 1)
    other = another_sheet(world)
    run = plan(world)
    assert (run.summary["parts"], run.summary["sheets"], run.summary["people"]) == (2, 2, 2)
    assert sorted(lines(world, run)["new"]) == ["近", "远"]
    assert list(run.lines.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert take(world, run).taken == 2
    # What somebody has stays on his side; where only one may do the work nothing is split.
    assert lines(world, plan(world)) == {"kept": lines(world, run)["new"]}
    admin = world.company.administrator
    demand(admin, person_certified=True)
    make_certificate(admin, world.near.person)
    WorkOrder.objects.filter(pk__in=[world.order.pk, other.pk]).update(
        state="drafted", assignee=None
    )
    run = plan(world)
    assert (run.summary["parts"], lines(world, run)) == (1, {"new": ["近", "近"]})


def test_a_plan_is_called_off_and_then_proposes_nothing(world: World) -> None:
    now = datetime.now(UTC)
    unit = world.company.headquarters
    given = {"unit_id": unit.public_id, "first_on": tomorrow(), "days": 1, "mode": Mode.LEAST}
    run = start_plan(actor=world.manager.actor, **given, now=now)  # type: ignore[arg-type]
    with pytest.raises(IllegalMove):
        start_plan(actor=world.manager.actor, **given, now=now)  # type: ignore[arg-type]
    with pytest.raises(IllegalMove):
        take(world, run)
    cancel_plan(actor=world.manager.actor, run_id=run.public_id, now=now)
    run_plan(run.public_id, now=now, effort=of_rounds(2))
    assert get_plan(world.manager.actor, run.public_id).state == "cancelled"
    assert not PlanLine.objects.exists()
    with pytest.raises(IllegalMove):
        cancel_plan(actor=world.manager.actor, run_id=run.public_id, now=now)


@pytest.mark.req("R48")
def test_a_plan_whose_worker_was_killed_is_taken_up_again_and_at_last_given_up(
    world: World,
) -> None:
    now = datetime.now(UTC)
    unit = world.company.headquarters
    run = start_plan(
        actor=world.manager.actor,
        unit_id=unit.public_id,
        first_on=tomorrow(),
        days=1,
        mode=Mode.LEAST,
        now=now,
    )
    assert resume_plans(now) == 0
    for turn in range(1, MOST_RESTARTS + 2):
        assert resume_plans(now + turn * (STANDS_STILL + timedelta(seconds=1))) == 1
    run.refresh_from_db()
    assert (run.state, bool(run.refusal)) == ("refused", True)


@pytest.mark.parametrize(("ahead", "days"), [(-1, 1), (61, 1), (0, 0), (0, 8)])
def test_days_that_cannot_be_planned_are_refused(world: World, ahead: int, days: int) -> None:
    with pytest.raises(InvalidInput):
        start_plan(
            actor=world.manager.actor,
            unit_id=world.company.headquarters.public_id,
            first_on=datetime.now(ZONE).date() + timedelta(days=ahead),
            days=days,
            mode=Mode.LEAST,
            now=datetime.now(UTC),
        )


@pytest.mark.req("R03", "R06")
def test_a_sister_s_dispatcher_neither_plans_nor_reads_nor_takes(world: World) -> None:
    run = plan(world)
    admin = world.company.administrator
    sister = make_unit(admin, world.company.headquarters)
    other = make_member(admin, sister, ["engineering_manager"])
    with pytest.raises(NotFound):
        get_plan(other.actor, run.public_id)
    with pytest.raises(NotFound):
        list_plan_lines(other.actor, run.public_id)
    with pytest.raises(NotFound):
        make_plan(other, world.company.headquarters, first_on=tomorrow())
    with pytest.raises(NotFound):
        take_lines(
            actor=other.actor,
            run_id=run.public_id,
            line_ids=None,
            source="test",
            now=datetime.now(UTC),
        )
    # Of his own unit there is nothing to plan, and that is said.
    empty = make_plan(other, sister, first_on=tomorrow())
    assert (empty.state, bool(empty.refusal)) == ("refused", True)


@pytest.mark.req("B-32")
@pytest.mark.parametrize("away_until", [None, time(12, 45)])
def test_a_day_planned_during_the_break_begins_after_it(
    world: World, away_until: time | None
) -> None:
    admin, near, day = world.company.administrator, world.near.person, tomorrow()
    near.refresh_from_db()
    set_capacity(
        actor=world.manager.actor,
        person_id=near.public_id,
        version=near.version,
        capacity=Capacity(shift=parse_shift("1-7 08:30-12:00 13:30-18:00")),
        now=datetime.now(UTC),
    )
    if away_until:
        begins = datetime.combine(day, time(11), ZONE)
        make_absence(admin, near, begins, datetime.combine(day, away_until, ZONE))
    unit = planned_unit(world.manager.actor, world.company.headquarters.public_id)
    now = datetime.combine(day, time(12, 5), ZONE)
    found = gather(world.manager.actor, unit, [day], now)
    row = next(one for one in found.rows if one.person.person_id == near.pk)
    assert (row.begins, row.breaks) == (datetime.combine(day, time(13, 30), ZONE), ())


@pytest.mark.req("B-32")
def test_what_a_leaver_had_accepted_is_given_to_somebody_who_is_there(world: World) -> None:
    world.send(world.near)
    step(world.near, world.order, "accepted")
    assert [*lines(world, plan(world)).values()] == [["近"]]
    deactivate(world, world.near)
    run = plan(world)
    assert lines(world, run) == {"new": ["远"]}
    assert take(world, run).taken == 1
    world.order.refresh_from_db()
    assert (world.order.assignee_id, world.order.state) == (world.far.person.pk, "assigned")
    assert Booking.objects.get(released_at__isnull=True).person_id == world.far.person.pk
