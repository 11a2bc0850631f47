"""Story 3, the standby unit of the holiday: due after 48 hours, lent in time, swapped back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from tests.console.conftest import Browser, browser_of
from tests.factories import Member
from tests.factories.archive import make_customer
from tests.factories.promises import open_fault
from tests.factories.repair_orders import send_in, take
from tests.factories.repairs import BEIJING, Repair, make_repair
from tests.factories.standby import make_standby

from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts.models import Contract
from yinuo.domains.obligations.models import FactRow, ObligationRow
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.repairs.models import Loan
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db
REPORTED = datetime(2026, 10, 1, 15, tzinfo=BEIJING)
DELIVERED = datetime(2026, 10, 3, 11, 30, tzinfo=BEIJING)


def browser(member: Member) -> Browser:
    User.objects.filter(pk=member.user.pk).update(password="argon2$unknown")
    return browser_of(User.objects.get(pk=member.user.pk))


@pytest.fixture
def holiday() -> Repair:
    """Customer A with his annual contract, whose door controllers are dead."""
    before = REPORTED - timedelta(days=30)
    with time_machine.travel(before, tick=True):
        known = make_repair("lowvoltage", "ordinary", at=before, steps=(), restored_at=None)
    Contract.objects.update(kind="annual")
    asset = Asset.objects.get()
    with time_machine.travel(REPORTED, tick=True):
        intake = Intake(
            customer_id=known.customer.public_id,
            asset_id=asset.public_id,
            symptom="门禁控制器全部离线",
            level="ordinary",
            reported_at=REPORTED,
        )
        request = open_request(
            actor=known.consultant.actor, intake=intake, now=REPORTED + timedelta(minutes=2)
        )
    return replace(known, request=request)


def promise(subject: Any, clause: str) -> ObligationRow:
    return ObligationRow.objects.get(subject_id=subject.public_id, clause=clause)


def lend(holiday: Repair, at: datetime, **typed: str) -> Any:
    with time_machine.travel(at, tick=True):
        unit = make_standby(holiday.consultant, holiday.unit, "DC-8")
        return browser(holiday.consultant).fill(
            f"/requests/{holiday.request.public_id}/standby/lend/",
            standby_id=str(unit.public_id),
            return_by="2026-10-20T18:00",
            condition="外观完好，附电源",
            **typed,
        )


def do(holiday: Repair, loan: Loan, at: datetime, kind: str, **typed: str) -> int:
    with time_machine.travel(at, tick=True):
        page = browser(holiday.consultant)
        sent = page.fill(f"/standby/loans/{loan.public_id}/do/{kind}/", **typed)
    loan.refresh_from_db()
    return int(sent.status_code)


@pytest.mark.req("LV-14", "B-51", "SA-08")
def test_the_standby_unit_is_lent_in_time_and_comes_back_when_the_own_one_is_fitted(
    holiday: Repair,
) -> None:
    due = promise(holiday.request, "standby")
    assert due.due_at == REPORTED + timedelta(hours=48)
    assert lend(holiday, DELIVERED, basis="plan").status_code == 302
    assert promise(holiday.request, "standby").state == "met"
    loan = Loan.objects.get()
    assert loan.standby.state == "lent"

    with time_machine.travel(DELIVERED + timedelta(days=2), tick=True):
        order = send_in(holiday.consultant, holiday.request)
        way = ("received", "backup_confirmed", "diagnosed", "repaired", "tested", "shipped")
        take(holiday.consultant, order, *way)
        page = browser(holiday.reader).read(f"/requests/{holiday.request.public_id}/")
        assert loan.number in page
        assert (
            not ObligationRow.objects.filter(subject_id=loan.public_id)
            .exclude(started_at=None)
            .exists()
        )
        take(holiday.consultant, order, "refitted")
    assert promise(loan, "standby.return").state == "running"
    back = DELIVERED + timedelta(days=4)
    assert do(holiday, loan, back, "returned", text="外观完好，附件齐全") == 302
    assert (loan.state, promise(loan, "standby.return").state) == ("returned", "met")
    loan.standby.refresh_from_db()
    assert loan.standby.state == "ready"


@pytest.mark.req("LV-14")
def test_not_lent_within_48_hours_is_missed_and_no_one_else_is_promised_one(
    holiday: Repair,
) -> None:
    act_on_due(now=REPORTED + timedelta(hours=48, seconds=1))
    assert promise(holiday.request, "standby").state == "missed"
    with time_machine.travel(REPORTED, tick=True):
        other = make_customer(holiday.consultant, holiday.unit, "散户乙")
        free = open_fault(holiday.consultant, other, "")
        unit = make_standby(holiday.consultant, holiday.unit)
        sent = browser(holiday.consultant).fill(
            f"/requests/{free.public_id}/standby/lend/",
            standby_id=str(unit.public_id),
            basis="plan",
            return_by="2026-10-20T18:00",
            condition="完好",
        )
    assert sent.status_code == 422
    assert "promises no standby unit" in sent.content.decode()
    assert not Loan.objects.exists()


@pytest.mark.req("SA-08", "B-51")
def test_an_overdue_loan_is_listed_and_a_damaged_unit_is_charged(holiday: Repair) -> None:
    assert lend(holiday, DELIVERED, basis="goodwill", reason="年度大客户").status_code == 302
    loan = Loan.objects.get()
    late = datetime(2026, 10, 21, 9, tzinfo=BEIJING)
    with time_machine.travel(late, tick=True):
        listed = browser(holiday.reader).read("/standby/?state=overdue")
    assert loan.standby.serial in listed
    assert do(holiday, loan, late, "returned", text="屏幕碎裂", is_damaged="on") == 422
    damaged = {"text": "屏幕碎裂", "is_damaged": "on", "amount": "600.00"}
    assert do(holiday, loan, late, "returned", **damaged) == 302
    loan.standby.refresh_from_db()
    assert (loan.standby.state, str(loan.to_bill)) == ("damaged", "600.00")
    assert do(holiday, loan, late, "returned", text="再次归还") == 409
    assert do(holiday, loan, late, "billed", text="SF-2026-018") == 302
    assert loan.billed_as == "SF-2026-018"


@pytest.mark.req("SA-08", "B-51")
def test_the_promise_starts_when_the_repair_is_predicted_past_the_restoration() -> None:
    now = datetime(2026, 5, 4, 10, tzinfo=BEIJING)
    with time_machine.travel(now, tick=True):
        maker = make_repair("appliance", "serious", at=now, steps=(), restored_at=None)
        page, ask = browser(maker.consultant), f"/requests/{maker.request.public_id}/standby/ask/"
        typed = {"text": "原厂缺件"}
        in_time = (now + timedelta(hours=20)).strftime("%Y-%m-%dT%H:%M")
        assert page.fill(ask, predicted_at=in_time, **typed).status_code == 302
        asked = FactRow.objects.filter(kind="standby_requested")
        assert not asked.exists()
        assert page.fill(ask, predicted_at="2026-05-12T18:00", **typed).status_code == 302
    assert asked.count() == 1
