"""A supplier of material: a quality accident is handled by the rules, limits and plan of the contract."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.console.conftest import Browser
from tests.factories.repairs import BEIJING, Repair, make_repair

from yinuo.domains.contracts.models import PlanVersion
from yinuo.domains.feedback.selectors import list_due_call_backs
from yinuo.domains.obligations.selectors import obligations_of_subject
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 7, 10, 16, 0, tzinfo=BEIJING)


def _dues(repair: Repair) -> dict[str, str]:
    rows = obligations_of_subject(repair.request.public_id)
    return {
        one.clause.partition(".")[0]: f"{one.due_at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
        for one in rows
        if one.due_at
    }


def _page(repair: Repair, path: str) -> str:
    browser = Browser()
    browser.force_login(User.objects.get(pk=repair.consultant.user.pk))
    return browser.read(path)


@pytest.mark.req("MS-03")
@pytest.mark.parametrize(
    ("level", "respond", "on_site"),
    [
        # Two working days end at midnight of the second one after the day of the report.
        ("quality", "2026-07-10 18:00", "2026-07-15 00:00"),
        ("line_stop", "2026-07-10 16:30", "2026-07-11 00:00"),
    ],
)
def test_a_quality_complaint_and_a_stopped_line_have_limits_of_their_own(
    level: str, respond: str, on_site: str
) -> None:
    repair = make_repair("materials", level, at=FRIDAY, restored_at=None, steps=())
    dues = _dues(repair)
    assert (dues["respond"], dues["on_site"]) == (respond, on_site)
    page = _page(repair, f"/requests/{repair.request.public_id}/")
    assert page.count("MS-03") >= 2


@pytest.mark.req("MS-03", "MS-06")
def test_a_solved_quality_complaint_is_called_back_and_the_plan_shows_its_rules() -> None:
    steps = (("responded", FRIDAY + timedelta(hours=1)), ("arrived", FRIDAY + timedelta(hours=3)))
    repair = make_repair(
        "materials", "quality", at=FRIDAY, steps=steps, restored_at=FRIDAY + timedelta(hours=5)
    )
    found = {
        one.clause.partition(".")[0]: one.state
        for one in obligations_of_subject(repair.request.public_id)
    }
    assert (found["respond"], found["on_site"], found["call_back"]) == ("met", "met", "running")
    assert [one.number for one in list_due_call_backs(repair.consultant.actor).items] == [
        repair.request.number
    ]
    version = PlanVersion.objects.get(code="materials")
    assert "Rules, flows and contingency plans" in _page(repair, f"/plans/{version.public_id}/")
