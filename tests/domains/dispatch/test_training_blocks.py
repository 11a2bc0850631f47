"""Who takes part in an internal training is not sent meanwhile, and the reason says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.domains.dispatch.test_board import place, tomorrow
from tests.domains.dispatch.test_sending import World, world
from tests.factories import Member, make_member
from tests.factories.qualified import make_absence

from yinuo.domains.dispatch.planning.gathering import gather
from yinuo.domains.dispatch.types import CannotGo
from yinuo.domains.network.models import Absence
from yinuo.domains.network.performers import planned_unit
from yinuo.domains.network.qualification_types import Rule
from yinuo.domains.network.services import cancel_absence
from yinuo.domains.trainings.models import Training
from yinuo.domains.trainings.services import (
    cancel_training,
    change_training,
    plan_internal_training,
)
from yinuo.domains.trainings.types import Invited, Teaches, TrainingData
from yinuo.platform.errors import IllegalMove
from yinuo.surfaces.console.dispatch_words import why_not

__all__ = ["world"]


@pytest.fixture
def teacher(world: World) -> Member:
    admin, unit = world.company.administrator, world.company.headquarters
    return make_member(admin, unit, ["engineering_manager", "administrator"], "讲师")


def data(teacher: Member, hour: int) -> TrainingData:
    begins = tomorrow(hour)
    return TrainingData(
        subject="防火墙维护",
        trainer_id=teacher.person.public_id,
        starts_at=begins,
        ends_at=begins + timedelta(hours=3),
    )


def plan(world: World, teacher: Member, *people: Member, hour: int = 9) -> Training:
    return plan_internal_training(
        actor=teacher.actor,
        unit_id=world.company.headquarters.public_id,
        teaches=Teaches("防火墙", 3),
        data=data(teacher, hour),
        invited=Invited(people=[one.person.public_id for one in people]),
        now=datetime.now(UTC),
    )


@pytest.mark.req("B-30", "B-34", "SV-08")
def test_a_participant_is_refused_in_those_hours_and_the_plan_keeps_them_free(
    world: World, teacher: Member
) -> None:
    training = plan(world, teacher, world.near)
    with pytest.raises(CannotGo) as refused:
        place(world, world.near, tomorrow(10))
    (obstacle,) = refused.value.obstacles
    assert (obstacle.rule, obstacle.subject) == (Rule.ABSENCE, "防火墙维护")
    assert "防火墙维护" in why_not(obstacle)
    unit = planned_unit(world.manager.actor, world.company.headquarters.public_id)
    found = gather(world.manager.actor, unit, [tomorrow(0).date()], datetime.now(UTC))
    rows = {row.person.name: row.absences for row in found.rows}
    assert (rows["近"], rows["远"]) == (((training.starts_at, training.ends_at),), ())
    place(world, world.near, tomorrow(14))


@pytest.mark.req("B-30", "SV-08")
def test_the_hours_follow_the_training_moved_left_and_called_off(
    world: World, teacher: Member
) -> None:
    training = plan(world, teacher, world.near)
    row = Absence.objects.get(person=world.near.person)
    with pytest.raises(IllegalMove):
        cancel_absence(
            actor=world.company.administrator.actor,
            absence_id=row.public_id,
            version=row.version,
            now=datetime.now(UTC),
        )
    # A leave may lie over it.
    admin = world.company.administrator
    make_absence(admin, world.near.person, tomorrow(9), tomorrow(10))
    both = Invited(people=[world.near.person.public_id, world.far.person.public_id])
    change_training(
        actor=teacher.actor,
        training_id=training.public_id,
        version=1,
        data=data(teacher, 14),
        invited=both,
        now=datetime.now(UTC),
    )
    place(world, world.far, tomorrow(10))
    live = Absence.objects.filter(cause_id=training.public_id, cancelled_at__isnull=True)
    assert {one.person.name for one in live} == {"近", "远", "讲师"}
    assert {one.starts_at for one in live} == {tomorrow(14)}
    cancel_training(
        actor=teacher.actor,
        training_id=training.public_id,
        version=2,
        reason="讲师生病",
        now=datetime.now(UTC),
    )
    assert not live.all().exists()
    place(world, world.near, tomorrow(14))
