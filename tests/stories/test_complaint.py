"""Story 2, last row: a complaint about the response, answered the same day, with a gift."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from tests.console.conftest import Browser, browser_of
from tests.factories import Member
from tests.factories.repairs import BEIJING, Repair, make_repair

from yinuo.domains.feedback.models import Complaint
from yinuo.kernel.complaint_states import Principle
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db
REPORTED = datetime(2026, 7, 11, 9, tzinfo=BEIJING)
CAME = datetime(2026, 7, 16, 9, 20, tzinfo=BEIJING)
GIVEN = datetime(2026, 7, 16, 17, 5, tzinfo=BEIJING)


def browser(member: Member) -> Browser:
    User.objects.filter(pk=member.user.pk).update(password="argon2$unknown")
    return browser_of(User.objects.get(pk=member.user.pk))


@pytest.fixture
def signs() -> Repair:
    with time_machine.travel(REPORTED, tick=True):
        return make_repair("signage", "major", at=REPORTED, steps=(), restored_at=None)


@pytest.mark.req("SG-13")
def test_the_complaint_is_closed_in_time_and_the_gift_has_its_cost(signs: Repair) -> None:
    def do(at: datetime, kind: str, **typed: Any) -> None:
        address = f"/complaints/{complaint.public_id}/do/{kind}/"
        with time_machine.travel(at, tick=True):
            sent = browser(signs.consultant).fill(address, **{"text": "已办理", **typed})
        assert sent.status_code == 302, (kind, sent.content.decode())

    with time_machine.travel(CAME, tick=True):
        taken = browser(signs.consultant).fill(
            f"/requests/{signs.request.public_id}/complaint/",
            channel="phone",
            category="response_time",
            said="首次响应晚了一小时二十分钟",
            rings="2",
            received_at="2026-07-16T09:20",
        )
    assert taken.status_code == 302, taken.content.decode()
    complaint = Complaint.objects.get()
    page = f"/complaints/{complaint.public_id}/"
    with time_machine.travel(CAME, tick=True):
        assert "2026-07-17T01:20" in browser(signs.consultant).read(page)

    for number, principle in enumerate(Principle):
        do(CAME + timedelta(minutes=20 * number + 20), principle.value)
    do(GIVEN - timedelta(hours=1), "redressed", redress="gift", cost="268.00", text="清洁礼盒")
    do(GIVEN, "answered", text="说明原因并致歉")
    do(GIVEN + timedelta(minutes=5), "settled", text="客户接受")
    closing = {
        "text": "增加第二名值守人员",
        "responsibility": "值班表空档",
        "sanction": "无",
        "improve_by": "2026-08-16",
    }
    do(GIVEN + timedelta(minutes=10), "closed", **closing)

    with time_machine.travel(GIVEN + timedelta(minutes=15), tick=True):
        shown = browser(signs.consultant).read(page)
        listed = browser(signs.reader).read("/complaints/")
    assert "in time" in shown
    assert "值班表空档" in shown
    assert "268.00" in shown
    assert "268.00" in listed
    complaint.refresh_from_db()
    assert complaint.answered_at is not None
    assert GIVEN <= complaint.answered_at < GIVEN + timedelta(minutes=1)
    assert complaint.state == "closed"
    do(GIVEN + timedelta(days=20), "improved", text="第二名值守人员已到岗")
    with time_machine.travel(GIVEN + timedelta(days=21), tick=True):
        assert "No complaint here" in browser(signs.reader).read("/complaints/")
