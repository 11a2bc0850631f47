"""The pages of exposure: sums, drill-down, words of the computation, the workbook."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.console.conftest import Browser, browser_of
from tests.factories import make_company, make_member
from tests.factories.breaches import ANSWERED, Signs, clock, make_signs
from tests.factories.company import Member

from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.requests.types import StepFact
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def signs() -> Signs:
    signs = make_signs(make_company())
    request = signs.open()
    signs.record(request, StepFact("responded", ANSWERED), now=ANSWERED)
    agreed = clock("07-11 16:40")
    until = {"until": clock("07-13 18:00").isoformat()}
    signs.record(request, StepFact("restoration_agreed", agreed, until), now=agreed)
    return signs


def browser(member: Member) -> Browser:
    browser = browser_of(User.objects.get(pk=member.user.pk))
    browser.cookies["django_language"] = "en"
    return browser


@pytest.mark.req("B-08")
@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("contract", "34,020.00"),
        ("customer", "34,020.00"),
        ("unit", "34,020.00"),
        ("promise", "SG-10"),
        ("accrued", "SG-06"),
        ("planet", "34,020.00"),
    ],
)
def test_each_grouping_shows_its_amounts(signs, by, words):
    answer = browser(signs.director).get(f"/exposure/?by={by}")
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "4,860.00" in answer.content.decode()


@pytest.mark.req("B-08")
def test_a_contract_leads_to_its_promises_and_those_to_the_computation(signs):
    client = browser(signs.director)
    address = f"/exposure/?by=promise&amp;contract={signs.contract.public_id}"
    assert address in client.get("/exposure/").content.decode().replace("&by", "&amp;by")
    row = ObligationRow.objects.get(clause="respond")
    missed = client.get(f"/exposure/?by=accrued&contract={signs.contract.public_id}")
    assert f"/promises/{row.public_id}/" in missed.content.decode()
    why = client.get(f"/promises/{row.public_id}/").content.decode()
    assert "1 % × 486,000.00" in why


def test_the_workbook_has_the_sums(signs):
    answer = browser(signs.director).get("/exposure/?by=contract&format=xlsx")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)).active  # fmt: skip
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][0] == signs.contract.number
    assert [float(one) for one in rows[1][2:6]] == [4860, 4860, 4860, 34020]


def test_who_may_not_see_money_gets_neither_page_nor_column(signs):
    unit = signs.company.headquarters
    client = browser(make_member(signs.company.administrator, unit, ["technician"]))
    assert client.get("/exposure/").status_code == 403
    today = client.get("/promises/?sort=money").content.decode()
    assert "At risk in a day" not in today
    why = client.get(f"/promises/{ObligationRow.objects.get(clause='respond').public_id}/")
    assert "486,000.00" not in why.content.decode()


@pytest.mark.parametrize("name", ["contract", "customer", "unit"])
def test_what_is_not_there_is_absent(signs, name):
    client = browser(signs.director)
    assert client.get(f"/exposure/?{name}=00000000-0000-4000-8000-000000000000").status_code == 404
