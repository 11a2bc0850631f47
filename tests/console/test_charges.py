"""The ledger of charges on screen: who bears what, corrections as further rows, statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.console.conftest import Browser, Company
from tests.console.test_quotes import VISITS, plain, prices
from tests.factories.documents import rows_of_xlsx, words_of_docx, words_of_pdf

from yinuo.domains.billing.models import Charge, PriceListVersion, Statement, StatementLine
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.models import Person
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake

__all__ = ["prices"]


@pytest.fixture
def manager(colleague: Callable[..., Browser]) -> Browser:
    """Who may charge."""
    return colleague("service_manager")


@pytest.fixture
def fault(manager: Browser, customer: Customer) -> Request:
    """A request without any contract: paid."""
    user_id = Person.objects.latest("id").user_id
    intake = Intake(
        customer_id=customer.public_id, symptom="门禁控制器不通", kind="fault", channel="hotline"
    )
    now = datetime.now(UTC)
    made = open_request(actor=get_actor(user_id), intake=intake, now=now)
    return Request.objects.get(public_id=made.public_id)


def charge(browser: Browser, fault: Request, prices: PriceListVersion, **more: object) -> object:
    """Send the form of work done."""
    typed = {
        "occurred_on": timezone.localdate().isoformat(),
        "borne_by": "customer",
        "price_list_id": str(prices.public_id),
        **VISITS,
        **more,
    }
    return browser.fill(f"/requests/{fault.public_id}/charges/new/", **typed)


def state(browser: Browser, customer: Customer) -> Statement:
    """Issue the statement of this month."""
    today = timezone.localdate()
    answer = browser.fill(
        f"/customers/{customer.public_id}/statements/new/",
        starts_on=today.replace(day=1).isoformat(),
        ends_on=today.isoformat(),
    )
    assert answer.status_code == 302, plain(answer)
    return Statement.objects.latest("id")


@pytest.mark.req("LV-10", "B-70", "R41")
def test_work_is_charged_line_by_line_with_its_rule(
    manager: Browser, fault: Request, prices: PriceListVersion
) -> None:
    assert fault.cover == "paid"
    assert charge(manager, fault, prices).status_code == 302
    rows = list(Charge.objects.order_by("id"))
    assert [str(row.amount) for row in rows] == ["800.00", "640.00", "400.00"]
    assert rows[0].item["persons"] == 2
    page = plain(manager.read(f"/requests/{fault.public_id}/charges/"))
    assert "1,840.00 CNY" in page
    assert "2 persons × 1, inner districts" in page


@pytest.mark.req("LV-11", "B-70")
def test_goodwill_and_a_wrong_diagnosis_are_at_our_cost_and_seen(
    manager: Browser, fault: Request, prices: PriceListVersion
) -> None:
    assert charge(manager, fault, prices, borne_by="misdiagnosis").status_code == 422
    charge(manager, fault, prices, borne_by="misdiagnosis", reason="误判为电源故障")
    charge(manager, fault, prices, borne_by="goodwill", reason="致歉")
    page = plain(manager.read(f"/requests/{fault.public_id}/charges/"))
    assert "At our cost 3,680.00 CNY" in page
    assert "误判为电源故障" in page
    assert "The customer pays 0.00 CNY" in page


@pytest.mark.req("BP-01", "BP-19", "B-70")
def test_what_a_cover_makes_free_is_not_charged_to_the_customer(
    manager: Browser, fault: Request, prices: PriceListVersion
) -> None:
    Request.objects.filter(pk=fault.pk).update(cover="goodwill", cover_reason="decided")
    refused = charge(manager, fault, prices)
    assert refused.status_code == 422
    assert "the customer owes nothing" in plain(refused)
    assert not Charge.objects.exists()
    assert charge(manager, fault, prices, borne_by="cover").status_code == 302
    assert set(Charge.objects.values_list("borne_by", "reason")) == {("cover", "goodwill")}


@pytest.mark.req("R41", "R42")
def test_a_correction_adds_rows_and_leaves_the_old_one(
    manager: Browser, fault: Request, prices: PriceListVersion
) -> None:
    charge(manager, fault, prices)
    old = Charge.objects.order_by("id").first()
    assert old is not None
    address = f"/charges/{old.public_id}/correct/"
    line = {name: value for name, value in VISITS.items() if name.startswith("line-0")}
    assert manager.fill(address, **line, reason="").status_code == 422
    manager.fill(address, **line | {"line-0-persons": "1"}, reason="只去了一人")
    rows = Charge.objects.filter(corrects=old).order_by("id")
    assert [(row.entry, str(row.amount)) for row in rows] == [
        ("reversal", "-800.00"),
        ("charge", "400.00"),
    ]
    old.refresh_from_db()
    assert str(old.amount) == "800.00"
    assert "1,440.00 CNY" in plain(manager.read(f"/requests/{fault.public_id}/charges/"))
    again = manager.fill(address, **line, reason="再来")
    assert again.status_code == 409
    assert sum(Charge.objects.values_list("amount", flat=True)) == Decimal("1440.00")


@pytest.mark.req("R42")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE billing_charge SET amount = 0",
        "DELETE FROM billing_charge",
        "TRUNCATE billing_charge CASCADE",
        "UPDATE billing_statement SET total = 0",
        "DELETE FROM billing_statement_line",
    ],
)
def test_the_database_refuses_to_change_the_ledger(
    manager: Browser, fault: Request, prices: PriceListVersion, customer: Customer, statement: str
) -> None:
    charge(manager, fault, prices)
    state(manager, customer)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.req("B-70", "B-71")
def test_a_statement_nets_the_period_and_each_charge_stands_on_one(
    manager: Browser, fault: Request, prices: PriceListVersion, customer: Customer
) -> None:
    charge(manager, fault, prices)
    charge(manager, fault, prices, borne_by="goodwill", reason="致歉")
    first = state(manager, customer)
    assert first.number.startswith("ZD-")
    assert str(first.total) == "1840.00"
    page = plain(manager.read(f"/statements/{first.public_id}/"))
    assert "人民币壹仟捌佰肆拾元整" in page
    again = manager.fill(
        f"/customers/{customer.public_id}/statements/new/",
        starts_on=timezone.localdate().replace(day=1).isoformat(),
        ends_on=timezone.localdate().isoformat(),
    )
    assert again.status_code == 422
    old = Charge.objects.filter(borne_by="customer").order_by("id").first()
    assert old is not None
    manager.fill(f"/charges/{old.public_id}/correct/", reason="不应收费")
    second = state(manager, customer)
    assert str(second.total) == "-800.00"
    assert "人民币负捌佰元整" in plain(manager.read(f"/statements/{second.public_id}/"))
    assert StatementLine.objects.count() == 4


@pytest.mark.req("B-71")
def test_a_statement_is_a_document_and_a_workbook(
    manager: Browser, fault: Request, prices: PriceListVersion, customer: Customer
) -> None:
    charge(manager, fault, prices)
    made = state(manager, customer)
    chinese = {"Accept-Language": "zh-hans"}
    pdf = manager.get(f"/statements/{made.public_id}/pdf/", headers=chinese)
    text = words_of_pdf(pdf.content)
    assert made.number in text
    assert "人民币壹仟捌佰肆拾元整" in text
    paper = manager.get(f"/statements/{made.public_id}/docx/", headers=chinese).content
    words = words_of_docx(paper)
    for figure in (
        "2 人次",
        "400.00",
        "800.00",
        "640.00",
        "1,840.00 CNY",
        "人民币壹仟捌佰肆拾元整",
    ):
        assert figure in words
    sheet = manager.get(f"/statements/{made.public_id}/xlsx/", headers=chinese)
    rows = rows_of_xlsx(sheet.content)
    assert [row[7] for row in rows] == [800, 640, 400, 1840]
    assert rows[-1][8:10] == ("CNY", "人民币壹仟捌佰肆拾元整")


@pytest.mark.req("B-71", "R01")
def test_the_ledger_of_a_request_is_a_workbook_for_who_may_see_it(
    manager: Browser,
    fault: Request,
    prices: PriceListVersion,
    colleague: Callable[..., Browser],
) -> None:
    charge(manager, fault, prices)
    charge(manager, fault, prices, borne_by="goodwill", reason="=致歉")
    address = f"/requests/{fault.public_id}/charges/?format=xlsx"
    rows = rows_of_xlsx(manager.get(address).content)
    assert [row[7] for row in rows] == [800, 640, 400] * 2
    assert rows[-1][10] == "=致歉"
    assert colleague("technician").get(address).status_code == 403


@pytest.mark.req("B-70")
def test_nothing_is_charged_or_stated_for_days_to_come(
    manager: Browser, fault: Request, prices: PriceListVersion, customer: Customer
) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert charge(manager, fault, prices, occurred_on=tomorrow).status_code == 422
    answer = manager.fill(
        f"/customers/{customer.public_id}/statements/new/", starts_on=tomorrow, ends_on=tomorrow
    )
    assert answer.status_code == 422


@pytest.mark.req("R01", "R03")
def test_who_may_not_charge_does_not(
    company: Company,
    manager: Browser,
    fault: Request,
    prices: PriceListVersion,
    colleague: Callable[..., Browser],
) -> None:
    charge(manager, fault, prices)
    row = Charge.objects.latest("id")
    technician = colleague("technician")
    assert technician.get(f"/requests/{fault.public_id}/charges/").status_code == 403
    assert technician.get("/statements/").status_code == 403
    assert technician.get(f"/charges/{row.public_id}/correct/").status_code == 404
    reader = colleague("leadership")
    assert "1,840.00" in plain(reader.read(f"/requests/{fault.public_id}/charges/"))
    assert reader.get(f"/requests/{fault.public_id}/charges/new/").status_code == 403
    assert reader.get(f"/charges/{row.public_id}/correct/").status_code == 403
