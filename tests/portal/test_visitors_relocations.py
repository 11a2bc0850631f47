"""The customer reads the plan of his relocation and approves exactly what he read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.factories import make_member
from tests.factories.relocations import plan, send
from tests.portal.conftest import World

from yinuo.domains.notices.models import Notice
from yinuo.domains.relocations.contents import plan_hash
from yinuo.domains.relocations.models import Relocation, RelocationStep
from yinuo.domains.relocations.services import remove_step, take_back_relocation
from yinuo.platform.errors import IllegalMove


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


@pytest.mark.req("SA-13", "R06", "R55")
def test_he_approves_the_plan_he_read_and_nobody_elses(world: World) -> None:
    by = world.member
    planner = make_member(by, by.person.unit, ["project_manager"])
    mine = plan(planner, world.own.customer, "备份配置", "迁移上电")
    theirs = plan(planner, world.foreign.customer, "备份配置")
    for one in (mine, theirs):
        send(planner, one)
    listed = world.visitor.get("/my/relocations/").content.decode()
    assert mine.number in listed
    assert theirs.number not in listed
    at = f"/my/relocations/{mine.public_id}/"
    page = world.visitor.get(at).content.decode()
    step = RelocationStep.objects.filter(relocation=mine).earliest("position")
    assert step.what in page
    assert step.roll_back in page
    seen = {name: _hidden(page, name) for name in ("version", "plan")}
    foreign = f"/my/relocations/{theirs.public_id}/"
    assert world.visitor.get(foreign).status_code == 404
    assert world.visitor.post(foreign, seen).status_code == 404
    RelocationStep.objects.filter(pk=step.pk).update(interruption_minutes=600)
    world.visitor.post(at, seen)
    assert Relocation.objects.get(pk=mine.pk).state == "sent"
    page = world.visitor.get(at).content.decode()
    assert "The plan changed meanwhile" in page
    seen = {name: _hidden(page, name) for name in ("version", "plan")}
    world.visitor.post(at, seen)
    mine.refresh_from_db()
    assert (mine.state, mine.approved_by) == ("approved", world.own.contact.name)
    assert mine.content_hash == seen["plan"]
    told = Notice.objects.filter(topic="relocation.approved", subject_id=mine.public_id)
    assert planner.person.pk in told.values_list("person_id", flat=True)
    world.visitor.post(at, seen)
    assert told.filter(person=planner.person).count() == 1
    assert "I approve this plan" not in world.visitor.get(at).content.decode()


@pytest.mark.req("SA-13", "R55")
def test_a_plan_that_is_still_written_cannot_be_approved_and_a_sent_one_not_changed(
    world: World,
) -> None:
    by = world.member
    planner = make_member(by, by.person.unit, ["project_manager"])
    mine = plan(planner, world.own.customer, "备份配置", "迁移上电")
    at = f"/my/relocations/{mine.public_id}/"
    assert "I approve this plan" not in world.visitor.get(at).content.decode()
    seen = {"version": str(mine.version), "plan": plan_hash(mine, list(mine.steps.all()))}
    world.visitor.post(at, seen)
    assert Relocation.objects.get(pk=mine.pk).state == "planning"
    send(planner, mine)
    first = mine.steps.earliest("position")
    act: dict[str, Any] = {"actor": planner.actor, "now": datetime.now(UTC)}
    with pytest.raises(IllegalMove):
        remove_step(step_id=first.public_id, version=mine.version, **act)
    assert "I approve this plan" in world.visitor.get(at).content.decode()
    taken = take_back_relocation(
        relocation_id=mine.public_id, version=mine.version, text="还要加一步", **act
    )
    assert taken.state == "planning"
    world.visitor.post(at, seen | {"version": str(taken.version)})
    assert Relocation.objects.get(pk=mine.pk).state == "planning"
