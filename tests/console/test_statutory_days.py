"""Entering the statutory days of a coming year: what is provisional becomes certain and may move."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from tests.console.conftest import Browser
from tests.factories import Company, make_company, make_member
from tests.factories.promises import publish
from tests.factories.subjects import report

from yinuo.domains.contracts.models import StatutoryYearRow
from yinuo.domains.contracts.statutory import look_again
from yinuo.domains.obligations.models import ChangeRow, ObligationRow
from yinuo.domains.obligations.services import compute_outdated

pytestmark = pytest.mark.django_db

CHINA = ZoneInfo("Asia/Shanghai")
NEXT = datetime.now(CHINA).year + 1
ENTER = "/settings/holidays/enter/"
ONE_DAY = timedelta(days=1)
PLAN = """
plan: next_working_day
title: {zh: 次工作日, en: Next working day}
version: "1"
currency: CNY
timezone: Asia/Shanghai
calendars:
  office: {week: {mon-fri: [08:30-18:00]}, holidays: china}
clauses:
  - id: on_site
    title: {zh: 到场, en: On site}
    promise: on_site
    start: reported
    end: arrived
    limit: 1 working day
    calendar: office
"""


@pytest.fixture
def company() -> Company:
    return make_company()


@pytest.fixture
def browser(company: Company) -> Browser:
    client = Browser(headers={"Accept-Language": "en"})
    user = company.administrator.user
    user.refresh_from_db()
    client.force_login(user)
    return client


def notice(worked: str = "") -> str:
    """The first three days of the year off and what is always off; then what is worked."""
    return f"1月1日至3日放假。5月1日放假；10月1日放假。{worked}"


def first_working_day(off: set[date]) -> date:
    day = date(NEXT, 1, 1)
    while day in off or day.weekday() > 4:
        day += ONE_DAY
    return day


@pytest.mark.req("B-03")
def test_a_published_year_makes_the_due_time_certain_and_moves_it(
    company: Company, browser: Browser
) -> None:
    version = publish(company.administrator, PLAN)
    reported = datetime(NEXT - 1, 12, 31, 4, 0, tzinfo=UTC)
    report(version.pk, reported)
    before = ObligationRow.objects.get()
    assert before.provisional
    off = {date(NEXT, 1, day) for day in (1, 2, 3)}
    extra = first_working_day(off)
    text = notice(f"\n1月{extra.day}日放假")
    browser.fill(ENTER, year=str(NEXT), days=text, source="国办发明电第 1 号")
    look_again()
    assert compute_outdated(now=reported + ONE_DAY) == 1
    after = ObligationRow.objects.get()
    due = first_working_day(off | {extra})
    assert after.due_at == datetime.combine(due + ONE_DAY, time(), CHINA)
    assert (after.provisional, after.due_at > before.due_at) == (False, True)
    assert ChangeRow.objects.filter(cause="holidays").count() == 1


@pytest.mark.req("B-03")
def test_the_settings_show_which_years_are_published_and_from_where(browser: Browser) -> None:
    assert browser.read("/settings/holidays/").count("not published, provisional") >= 1
    browser.fill(ENTER, year=str(NEXT), days=notice(), source="国办发明电第 1 号")
    shown = browser.read("/settings/holidays/")
    assert "国办发明电第 1 号" in shown
    row = StatutoryYearRow.objects.get()
    assert len(row.off) == 5


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"days": "2月30日放假"}, "cannot be read"),
        ({"days": "5月1日放假"}, f"{NEXT}-01-01 is always off and is missing"),
        ({"days": notice() + "5月1日上班"}, "both as a day off and as a working day"),
        ({"source": " "}, "This field is required"),
        ({"year": str(NEXT + 9)}, "Choose"),
        ({"days": "1" * 10_001}, "at most 10000 characters"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_day(
    browser: Browser, changes: dict[str, str], says: str
) -> None:
    given = {"year": str(NEXT), "days": notice(), "source": "通知"} | changes
    answer = browser.fill(ENTER, **given)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not StatutoryYearRow.objects.exists()


@pytest.mark.req("R02")
def test_only_who_may_publish_plans_enters_days(company: Company) -> None:
    reader = make_member(company.administrator, company.headquarters, ["service_consultant"])
    reader.user.refresh_from_db()
    client = Client()
    client.force_login(reader.user)
    assert client.get("/settings/holidays/").status_code == 200
    assert client.get(ENTER).status_code == 403
