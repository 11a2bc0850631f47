"""The fair score in the browser: raw and fair, one's own inputs, an appeal and its decision."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from tests.console.conftest import Browser
from tests.factories import Member, make_member
from tests.factories.fair import case_of, sign_after
from tests.factories.repairs import BEIJING, Repair, make_repair

from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 9, 7, 9, tzinfo=BEIJING)
HOUR = timedelta(hours=1)


@pytest.fixture
def repair() -> Repair:
    at = BEGAN - timedelta(days=10)
    return make_repair("appliance", "serious", at=at, steps=(), restored_at=None)


def browser(member: Member) -> Browser:
    found = Browser()
    found.force_login(User.objects.get(pk=member.user.pk))
    return found


def cells(page: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL)
    found = [re.findall(r"<td.*?</td>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in row] for row in found if row]


@pytest.mark.req("B-61")
@time_machine.travel(datetime(2026, 9, 20, 9, tzinfo=BEIJING), tick=True)
def test_an_engineer_sees_his_inputs_appeals_and_reads_what_his_manager_decided(
    repair: Repair,
) -> None:
    admin = repair.company.administrator
    chief = make_member(admin, repair.unit, ["service_manager"], "孙经理")
    sign_after(repair, BEGAN, given=4 * HOUR, way=HOUR, satisfaction="very_satisfied")
    order = sign_after(
        repair, BEGAN, given=timedelta(0), idle=4 * HOUR, way=HOUR, satisfaction="dissatisfied"
    )
    manager, engineer = browser(chief), browser(repair.technician)
    [row] = cells(manager.read("/satisfaction/?period=2026-09"))
    assert row[-4:] == ["2", "0", "0.00", "78.79"]
    own = cells(engineer.read("/my-score/?period=2026-09&by=cases"))
    assert own[0][3:9] == ["165 %", "4 h", "0", "1 h", "1 h / 1 h", "57.58"]
    assert own[1][3:9] == ["165 %", "4 h", "4 h", "1 h", "1 h / 0", "100.00"]

    address = f"/my-score/{case_of(order).public_id}/appeal/"
    assert "4 h" in engineer.read(address)
    assert browser(chief).get(address).status_code == 403
    assert engineer.fill(address, reason=" ").status_code == 422
    sent = engineer.fill(address, reason="客户不满的是报价，不是维修")
    appeal = sent["Location"]
    assert engineer.get(f"{appeal}decide/").status_code == 403
    assert "客户不满的是报价" in manager.read("/satisfaction/appeals/")
    assert engineer.fill(address, reason="再说一遍").status_code == 409

    assert manager.fill(f"{appeal}decide/", decision="upheld").status_code == 422
    done = manager.fill(f"{appeal}decide/", decision="upheld", reason="报价由销售负责")
    assert done.status_code == 302
    assert manager.fill(f"{appeal}decide/", decision="rejected", reason="改").status_code == 409
    assert "报价由销售负责" in engineer.read(appeal)
    [row] = cells(manager.read("/satisfaction/?period=2026-09"))
    assert row[-4:] == ["1", "5", "5.00", "100.00"]
    assert browser(repair.stranger).get(appeal).status_code == 404


@pytest.mark.req("B-61")
def test_the_formula_is_open_and_its_weights_are_set_at_headquarters_only(repair: Repair) -> None:
    admin = repair.company.administrator
    director = make_member(admin, repair.company.headquarters, ["service_director"])
    boss, engineer = browser(director), browser(repair.technician)
    assert "60 percent" in engineer.read("/satisfaction/weights/")
    assert engineer.get("/satisfaction/weights/edit/").status_code == 403
    address = "/satisfaction/weights/edit/"
    good = {
        "satisfaction_percent": "50",
        "timeliness_percent": "50",
        "relief_percent": "50",
        "tolerance_percent": "100",
        "travel_free_minutes": "60",
        "travel_most_minutes": "180",
        "worst_level_percent": "150",
        "second_level_percent": "120",
        "fault_percent": "110",
        "coordination_percent": "120",
        "reason": "第三季度起",
    }
    assert boss.fill(address, **{**good, "relief_percent": "101"}).status_code == 422
    assert boss.fill(address, **{**good, "fault_percent": "1.5"}).status_code == 422
    assert boss.fill(address, **good).status_code == 302
    assert "50 percent" in engineer.read("/satisfaction/weights/")
    assert boss.send(address, boss.hidden(address) | good | {"version": "1"}).status_code == 409
