"""A month is published once; what comes later is a difference of the next publication."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, transaction
from tests.console.test_fair_score_pages import browser, cells
from tests.factories import make_member
from tests.factories.fair import case_of, sign_after
from tests.factories.repairs import BEIJING, Repair, make_repair

from yinuo.domains.feedback.models import PublishedScore
from yinuo.domains.feedback.services import appeal_case, decide_appeal, publish_month
from yinuo.domains.feedback.services.reckoning import recount_cases
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 9, 7, 9, tzinfo=BEIJING)
OCTOBER = datetime(2026, 10, 8, 9, tzinfo=BEIJING)
NOVEMBER = datetime(2026, 11, 9, 9, tzinfo=BEIJING)
HOUR = timedelta(hours=1)


@pytest.fixture
def repair() -> Repair:
    at = BEGAN - timedelta(days=10)
    return make_repair("appliance", "serious", at=at, steps=(), restored_at=None)


@pytest.mark.req("LV-08", "BP-13", "B-61")
def test_published_figures_stay_and_what_comes_later_is_told_as_a_difference(
    repair: Repair,
) -> None:
    admin = repair.company.administrator
    director = make_member(
        admin, repair.company.headquarters, ["service_director", "technical_supervisor"], "孙总监"
    )
    bad = sign_after(repair, BEGAN, given=HOUR, satisfaction="dissatisfied")
    sign_after(repair, BEGAN + 5 * HOUR, given=HOUR, satisfaction="very_satisfied")
    boss = browser(director)
    with time_machine.travel(OCTOBER, tick=True):
        sent = boss.fill("/satisfaction/published/new/", month="2026-09")
        assert sent.status_code == 302
        month = "/satisfaction/published/?period=2026-09"
        [row] = cells(boss.read(month))
        assert row[0] == "赵强"
        assert row[-4:-1] == ["2", "0", "0.00"]
        again = boss.send(
            "/satisfaction/published/new/",
            boss.hidden("/satisfaction/published/new/") | {"month": "2026-09"},
        )
        assert again.status_code == 422

    # Answered in October for a sheet of September, and a case taken off the engineer.
    sign_after(repair, BEGAN + 24 * HOUR, given=HOUR, satisfaction="satisfied")
    now = OCTOBER + HOUR
    appeal = appeal_case(
        actor=repair.technician.actor, case_id=case_of(bad).public_id, reason="报价", now=now
    )
    decide_appeal(
        actor=director.actor, appeal_id=appeal.public_id, upheld=True, reason="属实", now=now
    )
    sign_after(repair, OCTOBER, given=HOUR, satisfaction="fair")
    publish_month(actor=director.actor, month=date(2026, 10, 1), now=NOVEMBER)
    boss = browser(director)  # weeks later
    [row] = cells(boss.read(month))
    assert row[-4:-1] == ["2", "0", "0.00"]
    november = boss.read("/satisfaction/published/?period=2026-10")
    own, difference = cells(november)
    assert own[-4:-1] == ["1", "2", "2.00"]
    # One case more of 3 points, one less of -5.
    assert difference == ["2026-09", "赵强", "0", "8"]
    year = cells(boss.read("/satisfaction/published/?period=2026"))
    assert year[0][-4:-1] == ["3", "10", "3.33"]
    supervisor = cells(boss.read("/satisfaction/published/?period=2026&by=supervisor"))
    assert (supervisor[0][0], supervisor[0][-3]) == ("孙总监", "10")
    unit = cells(boss.read("/satisfaction/published/?period=2026&by=unit"))
    assert unit[0][-3] == "5"
    mine = cells(browser(repair.technician).read("/satisfaction/published/?period=2026"))
    assert mine[0][-3] == "10"
    assert "赵强" not in browser(repair.stranger).read("/satisfaction/published/?period=2026")

    said = StringIO()
    call_command("check_invariants", stdout=said)
    assert "every month equals a fresh count" in said.getvalue()
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedScore.objects.update(points=100)
    assert recount_cases(now=NOVEMBER) == 0


def test_only_a_month_that_is_over_is_published_once_by_headquarters(repair: Repair) -> None:
    admin = repair.company.administrator
    director = make_member(admin, repair.company.headquarters, ["service_director"])
    september = {"month": date(2026, 9, 1), "now": OCTOBER}
    with pytest.raises(Forbidden):
        publish_month(actor=repair.reader.actor, **september)
    with pytest.raises(InvalidInput):
        publish_month(actor=director.actor, month=date(2026, 10, 1), now=OCTOBER)
    publish_month(actor=director.actor, **september)
    with pytest.raises(IllegalMove):
        publish_month(actor=director.actor, **september)
