"""Duty on screen: my turn, the log, what the caller is told, the hand-over, the month's pay."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.console.conftest import PASSWORD, Browser
from tests.factories import Member, make_company, make_member
from tests.factories.duty import make_handover, make_rota, make_turn, rotate

from yinuo.domains.oncall.models import Call, PayEntry, Rota, Turn

pytestmark = pytest.mark.req("LV-09", "B-60")
SHANGHAI = ZoneInfo("Asia/Shanghai")


class World:
    def __init__(self) -> None:
        company = make_company()
        admin, unit = company.administrator, company.headquarters
        self.manager = make_member(admin, unit, ["service_manager"], "经理", PASSWORD)
        self.one = make_member(admin, unit, ["duty_engineer"], "罗毅", PASSWORD)
        self.turn = make_turn(self.manager, unit, self.one)
        self.rota = self.turn.rota

    def browser(self, member: Member) -> Browser:
        member.user.refresh_from_db()
        found = Browser()
        found.force_login(member.user)
        return found


@pytest.fixture
def world(db: None) -> World:
    return World()


def text(browser: Browser, address: str) -> str:
    return re.sub(r"\s+", " ", browser.read(address))


def test_a_call_in_the_night_is_recorded_and_the_caller_told_so(world: World) -> None:
    browser = world.browser(world.one)
    night = datetime.now(SHANGHAI).replace(hour=23, minute=10) - timedelta(days=1)
    sent = browser.fill(
        f"/duty/rotas/{world.rota.public_id}/calls/new/",
        called_at=night.strftime("%Y-%m-%dT%H:%M"),
        caller_name="周工",
        about="门禁控制器无响应",
    )
    assert sent.status_code == 302, sent.content.decode()[:300]
    page = text(browser, sent["Location"])
    assert "Tell the caller" in page
    assert "08:00" in page
    log = text(browser, f"/duty/rotas/{world.rota.public_id}/calls/")
    assert "outside the duty hours" in log


def test_what_is_taken_and_not_solved_stands_under_what_i_owe(world: World) -> None:
    browser = world.browser(world.one)
    Rota.objects.filter(pk=world.rota.pk).update(begins=0, ends=1440, office=[])
    sent = browser.fill(
        f"/duty/rotas/{world.rota.public_id}/calls/new/",
        called_at=datetime.now(SHANGHAI).strftime("%Y-%m-%dT%H:%M"),
        about="监控黑屏",
    )
    address = sent["Location"]
    assert "No answer: ask the next" in text(browser, address)
    done = browser.fill(address, minutes="12", result="远程重启无效")
    assert done.status_code == 302
    mine = text(browser, "/duty/mine/")
    assert "监控黑屏" in mine
    assert "远程重启无效" in mine
    browser.fill(address, minutes="5", result="已恢复", solved="on")
    assert "every call of yours is solved" in text(browser, "/duty/mine/")
    assert Call.objects.get().minutes == 17


def test_the_log_is_handed_to_me_and_i_acknowledge_it(world: World) -> None:
    handover = make_handover(world.one, world.turn)
    browser = world.browser(world.one)
    assert "is handed to you" in text(browser, "/duty/mine/")
    browser.post(f"/duty/handovers/{handover.public_id}/acknowledge/", {"version": "1"})
    assert "is handed to you" not in text(browser, "/duty/mine/")


def test_amounts_are_set_and_the_statement_computed_on_screen_and_as_files(world: World) -> None:
    manager = world.browser(world.manager)
    address = f"/duty/rotas/{world.rota.public_id}/"
    amounts: dict[str, Any] = {
        "answer_minutes": "10",
        "acknowledge_minutes": "60",
        "allowance": "600",
        "off_complaint": "100",
        "off_unreachable": "100",
        "off_left_city": "100",
        "hour_rate": "45",
        "overtime_factor": "1.5",
    }
    assert manager.fill(f"{address}pay/", **amounts).status_code == 302
    today = datetime.now(SHANGHAI).date()
    whole = rotate(
        world.manager,
        make_rota(world.manager, world.rota.unit, "另一个"),
        [world.one],
        today.replace(day=1),
        1,
    )
    Rota.objects.filter(pk=whole[0].rota_id).update(
        **{name: getattr(Rota.objects.get(pk=world.rota.pk), name) for name in amounts}
    )
    other = f"/duty/rotas/{whole[0].rota.public_id}/"
    person = str(world.one.person.public_id)
    entry = {"person_id": person, "on": today.isoformat(), "note": "国庆保障"}
    manager.fill(f"{other}entries/new/", kind="overtime", hours="6.5", **entry)
    manager.fill(f"{other}entries/new/", kind="complaint", **entry)
    page = text(manager, f"{other}statement/?month={today:%Y-%m}")
    assert "938.75" in page
    file = f"{other}statement/{person}/{today:%Y-%m}/"
    pdf = manager.get(f"{file}pdf/zh/")
    assert pdf.content.startswith(b"%PDF")
    book = load_workbook(BytesIO(manager.get(f"{file}xlsx/zh/").content))
    assert 938.75 in [cell.value for row in book.active for cell in row]
    own = world.browser(world.one)
    assert "938.75" in text(own, f"{other}statement/?month={today:%Y-%m}")
    row = PayEntry.objects.get(kind="complaint")
    manager.post(f"{other}entries/{row.public_id}/cancel/", {"version": "1"})
    assert "1,038.75" in text(manager, f"{other}statement/?month={today:%Y-%m}")
    for wrong in ("x", "2026-13"):
        assert manager.get(f"{other}statement/?month={wrong}").status_code == 404
    assert Turn.objects.filter(rota=world.rota).exists()
    assert isinstance(manager, Client)
