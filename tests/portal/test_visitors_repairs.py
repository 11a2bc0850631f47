"""The customer follows his device through the repair and says himself that his data are saved."""

from __future__ import annotations

import pytest
from tests.factories.repair_orders import send_in, take
from tests.factories.standby import make_loan
from tests.portal.conftest import World

from yinuo.domains.obligations.models import ObligationRow


@pytest.mark.req("B-52", "SA-10", "R06")
def test_he_sees_his_own_device_only_and_confirms_his_backup_once(world: World) -> None:
    mine = send_in(world.member, world.own.request)
    theirs = send_in(world.member, world.foreign.request)
    take(world.member, mine, "received")
    page = world.visitor.get("/my/repairs/").content.decode()
    assert mine.number in page
    assert theirs.number not in page
    assert "Return-to-factory repair" in page

    def confirm(order: object, version: int) -> int:
        path = f"/my/repairs/{getattr(order, 'public_id', order)}/backup/"
        return world.visitor.post(path, {"version": version}).status_code

    assert confirm(theirs, theirs.version) == 404
    assert confirm(mine, mine.version) == 302
    mine.refresh_from_db()
    assert mine.backup_by == world.own.contact.name
    assert confirm(mine, mine.version) == 302
    assert mine.steps.filter(kind="backup_confirmed").count() == 1
    assert ObligationRow.objects.get(subject_id=mine.public_id, clause="backup").state == "met"
    assert "The data are saved" not in world.visitor.get("/my/repairs/").content.decode()


@pytest.mark.req("SA-08", "R06")
def test_he_sees_the_standby_unit_he_has_and_nobody_elses(world: World) -> None:
    unit = world.member.person.unit
    mine = make_loan(world.member, unit, world.own.request)
    theirs = make_loan(world.member, unit, world.foreign.request)
    page = world.visitor.get("/my/repairs/").content.decode()
    assert mine.standby.serial in page
    assert theirs.standby.serial not in page
