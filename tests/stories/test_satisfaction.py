"""Story 3: September of one engineer comes to 28 over 11 sheets, on screen, in XLSX, by REST."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook
from tests.factories.company import Member
from tests.factories.repairs import BEIJING, Repair
from tests.factories.september import make_september

from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def september() -> Repair:
    return make_september()


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
