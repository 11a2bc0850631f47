"""Story 3: September of one engineer comes to 28 over 11 sheets, on screen, in XLSX, by REST."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook
from tests.factories.company import Member
from tests.factories.promises import open_fault
from tests.factories.repairs import Repair, make_repair
from tests.factories.work import PART, STROKES, advance, issue, step, take

from yinuo.domains.feedback.services import take_sheet_answers
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db
SAID = (
    *4 * ["very_satisfied"],
    *3 * ["satisfied"],
    "fair",
    *2 * [""],
    "dissatisfied",
)
BEIJING = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2026, 9, 1, 9, tzinfo=BEIJING)


@pytest.fixture
def september() -> Repair:
    """Eleven sheets of the technician signed in September, one in the last hour of it, one after."""
    with time_machine.travel(FIRST - timedelta(days=200), tick=True):
        repair = make_repair(
            "lowvoltage",
            "ordinary",
            at=datetime.now(UTC) - timedelta(days=1),
            steps=(),
            restored_at=None,
        )
    days = [FIRST + timedelta(days=2 * number) for number in range(10)]
    moments = [*days, datetime(2026, 9, 30, 23, tzinfo=BEIJING)]
    for at, satisfaction in zip(moments, SAID, strict=True):
        sign(repair, at, satisfaction)
    sign(repair, datetime(2026, 10, 1, 0, 30, tzinfo=BEIJING), "very_satisfied")
    take_sheet_answers(now=datetime(2026, 10, 8, tzinfo=BEIJING))
    return repair


def sign(repair: Repair, at: datetime, satisfaction: str) -> None:
    with time_machine.travel(at, tick=True):
        request = open_fault(repair.consultant, repair.customer, "ordinary")
        order = issue(repair.consultant, request)
        take(repair.technician, order)
        advance(repair.technician, order, "worked")
        unsaid = ("speed",) if satisfaction == "dissatisfied" else ()
        part = replace(PART, satisfaction=satisfaction, dissatisfied_with=unsaid)
        step(repair.technician, order, "signed", part=part, strokes=STROKES)


def browser(member: Member) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(User.objects.get(pk=member.user.pk))
    return client


def figures(page: Any) -> list[str]:
    """The cells of the only row of the table."""
    [row] = re.findall(r"<tr>(.*?)</tr>", page.content.decode().partition("<tbody>")[2], re.DOTALL)
    return [
        re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<td.*?</td>", row, re.DOTALL)
    ]


@pytest.mark.req("LV-08", "BP-13")
@time_machine.travel(datetime(2026, 10, 8, 9, tzinfo=BEIJING), tick=True)
def test_september_of_one_engineer_is_28_over_11_sheets(september: Repair) -> None:
    counts = ["4", "3", "1", "2", "1"]
    reader = browser(september.reader)
    screen = reader.get("/satisfaction/?by=engineer&period=2026-09")
    *row, _fair = figures(screen)
    assert row == ["赵强", "华南中心", *counts, "11", "28", "2.55"]

    book = reader.get("/satisfaction/?by=engineer&period=2026-09&format=xlsx")
    sheet = load_workbook(BytesIO(b"".join(book))).active
    assert sheet is not None
    _, row = sheet.iter_rows(values_only=True)
    assert row[0] == "赵强"
    assert [Decimal(str(one)) for one in row[2:9]] == [4, 3, 1, 2, 1, 11, 28]

    api = Client(headers={"Authorization": f"Bearer {september.reader.token()}"})
    answer = api.get("/api/v1/scores?since=2026-09-01&until=2026-09-30&by=engineer")
    assert answer.status_code == 200, answer.content
    [one] = answer.json()["items"]
    assert (one["name"], one["score"]["points"], one["score"]["cases"]) == ("赵强", "28", 11)

    own = browser(september.technician).get("/my-score/?period=2026-09")
    *row, _fair = figures(own)
    assert row == ["2026-09", *counts, "11", "28", "2.55"]
    year = reader.get("/satisfaction/?by=month&period=2026").content.decode()
    assert all(month in year for month in ("2026-09", "2026-10"))
    assert browser(september.technician).get("/satisfaction/").status_code == 403
    assert (
        "赵强" not in browser(september.stranger).get("/satisfaction/?period=2026").content.decode()
    )
