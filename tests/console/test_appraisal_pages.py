"""What every domain knows of a person stands side by side, for a month and a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.console.conftest import Browser
from tests.console.test_fair_score_pages import browser, cells
from tests.factories import Member, make_member
from tests.factories.duty import make_pay_entry, make_turn
from tests.factories.fair import sign_after
from tests.factories.prevention import make_series, open_visit
from tests.factories.repairs import BEIJING, Repair, make_repair
from tests.factories.sessions import count_as_seen
from tests.factories.trainings import make_held_training

from yinuo.domains.feedback.services import publish_month
from yinuo.domains.oncall.call_selectors import terms_of
from yinuo.domains.oncall.services import set_pay

pytestmark = pytest.mark.django_db
SEPTEMBER = datetime(2026, 9, 7, 9, tzinfo=BEIJING)
OCTOBER = datetime(2026, 10, 8, 9, tzinfo=BEIJING)
HOUR = timedelta(hours=1)


@pytest.fixture
def repair() -> Repair:
    at = SEPTEMBER - timedelta(days=10)
    return make_repair("appliance", "serious", at=at, steps=(), restored_at=None)


def lead(repair: Repair) -> Member:
    roles = ["service_director", "technical_supervisor", "service_manager"]
    return make_member(repair.company.administrator, repair.company.headquarters, roles, "孙总监")


def paid_duty(leader: Member, repair: Repair) -> None:
    """A month of duty begun yesterday, with one case that takes 50 yuan off."""
    turn = make_turn(leader, repair.unit, repair.technician)
    terms = replace(
        terms_of(turn.rota), allowance=Decimal("600.00"), off_unreachable=Decimal("50.00")
    )
    rota_id, version = turn.rota.public_id, turn.rota.version
    set_pay(actor=leader.actor, rota_id=rota_id, version=version, terms=terms, now=OCTOBER)
    make_pay_entry(leader, turn)


def lines(found: Browser, address: str) -> dict[str, list[str]]:
    """The lines of the page by the name that leads each."""
    return {row[0].split(" ")[0]: row[1:] for row in cells(found.read(address))}


def book(found: Browser, address: str) -> dict[str, dict[str, Any]]:
    """The lines of the workbook, each with the heads of its columns."""
    answer = found.get(address, headers={"Accept-Language": "en"})
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    heads, *rows = sheet.values
    return {str(row[0]): dict(zip(map(str, heads), row, strict=True)) for row in rows}


@pytest.mark.req("LV-08", "LV-09", "BP-13", "MS-02", "MS-05")
def test_a_year_of_people_is_assembled_and_what_is_unknown_is_no_nought(repair: Repair) -> None:
    with time_machine.travel(OCTOBER, tick=True):
        leader = lead(repair)
        sign_after(repair, SEPTEMBER, given=HOUR, satisfaction="very_satisfied")
        sign_after(repair, SEPTEMBER + 5 * HOUR, given=HOUR, satisfaction="satisfied")
        publish_month(actor=leader.actor, month=date(2026, 9, 1), now=OCTOBER)
        paid_duty(leader, repair)
        make_held_training(leader, repair.company.headquarters, [repair.technician.person])
        unit = repair.unit
        admin = repair.company.administrator
        seller = make_member(admin, unit, ["account_manager"], "赵婉清")
        series = make_series(
            seller, repair.customer, kind="sales", person_id=seller.person.public_id
        )
        visit = f"/visits/{open_visit(series).public_id}/hold/"
        heard = {"held_on": "2026-10-08", "visitors": "赵婉清", "quality": "无异议"}
        assert browser(seller).fill(visit, **heard).status_code == 302

        boss = browser(leader)
        year = lines(boss, "/appraisal/?period=2026")
        engineer = year["赵强"]
        assert engineer[0].startswith("8 points 2 cases")
        assert engineer[1:3] == ["8", "—"]
        assert "days" in engineer[3]
        assert "taken off -50.00" in engineer[4]
        assert engineer[6] == "attended 1, passed 1"
        assert year["孙总监"][0] == "—"
        assert year["孙总监"][2].startswith("8 points 2 cases")
        assert year["孙总监"][6].endswith("gave 1")
        assert " of " in year["赵婉清"][5]
        assert year["赵婉清"][5].startswith("1 of")
        assert year["赵婉清"][:5] == ["—"] * 5
        assert lines(boss, "/appraisal/?period=2026-09")["赵强"][3:] == ["—"] * 4
        units = lines(boss, "/appraisal/?period=2026-09&by=unit")
        assert units[unit.name][0].startswith("8 points 2 cases")

        taken = book(boss, "/appraisal/?period=2026&format=xlsx")
        assert taken["赵强"]["Points"] == 8
        assert taken["赵强"]["Taken off"] == -50
        assert taken["赵强"]["Sales visits due"] is None
        assert taken["孙总监"]["Points"] is None
        count_as_seen(boss)
        with CaptureQueriesContext(connection) as month:
            boss.read("/appraisal/?period=2026-10")
        with CaptureQueriesContext(connection) as whole:
            boss.read("/appraisal/?period=2026")
        assert len(month) == len(whole)


@pytest.mark.req("LV-08", "LV-09", "BP-13", "R01")
def test_a_person_sees_his_own_year_and_nobody_elses(repair: Repair) -> None:
    with time_machine.travel(OCTOBER, tick=True):
        leader = lead(repair)
        sign_after(repair, SEPTEMBER, given=HOUR, satisfaction="dissatisfied")
        paid_duty(leader, repair)
        own = browser(repair.technician)
        year = lines(own, "/my-appraisal/?year=2026")
        assert year["2026-09"][0].startswith("-5 points 1 case")
        assert year["2026"][0] == year["2026-09"][0]
        assert "/statement/?month=2026-10" in own.read("/my-appraisal/?year=2026")
        assert year["2026-01"] == ["—"] * 7
        taken = book(own, "/my-appraisal/?year=2026&format=xlsx")
        assert len(taken) == 1
        assert own.get("/appraisal/").status_code == 403
        other = f"/appraisal/people/{leader.person.public_id}/"
        assert own.get(other).status_code == 404
        his = f"/appraisal/people/{repair.technician.person.public_id}/?year=2026"
        assert "-5 points" in browser(leader).read(his)
        assert browser(repair.stranger).get(his).status_code == 404
