"""Calls and turns of all rotas by month and person, and appraisal's figures that open them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook
from tests.console.conftest import Browser
from tests.console.test_fair_score_pages import browser, cells
from tests.factories import Member, make_company, make_member, make_unit
from tests.factories.duty import SHANGHAI, make_rota, rotate

from yinuo.domains.oncall.call_types import CallData
from yinuo.domains.oncall.models import Call, Rota
from yinuo.domains.oncall.services import log_call, miss_call

pytestmark = [pytest.mark.django_db, pytest.mark.req("LV-09", "B-60")]
MANAGES = ["service_director", "service_manager", "engineering_manager"]
OCTOBER = datetime(2026, 10, 8, 9, tzinfo=SHANGHAI)
FIGURE = re.compile(r'<a href="(/duty/(?:calls|turns)/\?[^"]+)">\s*(\d+) (?:day|call)')


@dataclass
class World:
    """Two rotas; on one September and November are 罗毅's, October and December 周正's."""

    admin: Member
    manager: Member
    one: Member
    two: Member
    rota: Rota

    def call(self, month: int, day: int, about: str) -> Call:
        at = datetime(2026, month, day, 15, tzinfo=SHANGHAI)
        actor = self.manager.actor
        return log_call(actor=actor, rota_id=self.rota.public_id, data=CallData(at, about), now=at)


@pytest.fixture
def world(db: None) -> World:
    company = make_company()
    admin, unit = company.administrator, company.headquarters
    manager = make_member(admin, unit, MANAGES, "孙总监")
    one, two = (make_member(admin, unit, ["duty_engineer"], name) for name in ("罗毅", "周正"))
    rota = make_rota(manager, unit)
    rotate(manager, rota, [one, two], date(2026, 9, 1), 4)
    rotate(manager, make_rota(manager, unit, "另一个"), [two], date(2026, 9, 14), 1)
    found = World(admin, manager, one, two, rota)
    found.call(9, 12, "门禁无响应")
    passed = found.call(9, 13, "监控黑屏")
    miss_call(
        actor=manager.actor, call_id=passed.public_id, version=passed.version, now=passed.called_at
    )
    found.call(10, 2, "广播无声")
    return found


def opened(reader: Browser, address: str) -> list[list[str]]:
    return cells(reader.read(unescape(address)))


def test_each_figure_of_duty_opens_the_turns_or_calls_it_counts(world: World) -> None:
    with time_machine.travel(OCTOBER, tick=True):
        boss = browser(world.manager)
        seen = []
        for person in (world.one, world.two):
            page = boss.read(f"/appraisal/people/{person.person.public_id}/?year=2026")
            seen += FIGURE.findall(page)
        seen += FIGURE.findall(boss.read("/appraisal/?period=2026-09"))
        assert len(seen) > 10
        for address, number in seen:
            rows = opened(boss, address)
            days = "/turns/" in address
            assert (sum(int(one[-1]) for one in rows) if days else len(rows)) == int(number)
        # He had no turn on that rota in September: the call was passed on to him.
        narrowed = f"/duty/calls/?period=2026-09&person={world.two.person.public_id}"
        assert unescape(narrowed) in [unescape(address) for address, _number in seen]
        assert "监控黑屏" in opened(boss, narrowed)[0][1]


def test_the_log_is_narrowed_by_month_and_person_and_leaves_as_a_workbook(world: World) -> None:
    with time_machine.travel(OCTOBER, tick=True):
        boss, own = browser(world.manager), f"/duty/rotas/{world.rota.public_id}/calls/"
        assert [len(opened(boss, one)) for one in (own, "/duty/calls/")] == [3, 3]
        september = [row[1] for row in opened(boss, f"{own}?period=2026-09")]
        assert [one.split(" ")[0] for one in september] == ["监控黑屏", "门禁无响应"]
        taken = boss.get(f"/duty/calls/?person={world.one.person.public_id}&format=xlsx")
        sheet = load_workbook(BytesIO(taken.content)).active
        assert sheet is not None
        assert [row[2] for row in sheet.values][1:] == ["门禁无响应"]
        turns = opened(boss, f"/duty/turns/?rota={world.rota.public_id}&period=2026-11")
        assert [row[0].split(" ")[0] for row in turns] == ["罗毅"]
        assert len(opened(boss, "/duty/turns/?period=2026-13&person=x")) == 5
        assert "Nothing fits" in boss.read("/duty/turns/?period=2024")
        assert boss.get("/duty/calls/?rota=01a20a06-277e-7121-849e-3bfbf0e06ef5").status_code == 404


def test_who_is_of_another_unit_reads_none_of_it(world: World) -> None:
    reader = browser(make_member(world.admin, make_unit(world.admin, world.rota.unit), MANAGES))
    for address in ("/duty/calls/", "/duty/turns/"):
        person = world.two.person.public_id
        assert opened(reader, address) == opened(reader, f"{address}?person={person}") == []
