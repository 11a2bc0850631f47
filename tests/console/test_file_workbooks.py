"""The history of a customer and the papers promised to him, taken out as workbooks."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.console.test_proposals import desk
from tests.factories import Member, make_contact, make_member, make_project
from tests.factories.archive import make_checked_paper
from tests.factories.centre import Centre, make_centre
from tests.factories.documents import rows_of_xlsx
from tests.factories.work import make_work_order

from yinuo.domains.contracts.models import Contract
from yinuo.domains.customers.services import (
    ConsentData,
    VisitData,
    record_consent,
    record_visit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-71", "B-23")]


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.fixture
def seller(centre: Centre) -> Member:
    return make_member(centre.company.administrator, centre.unit, ["account_manager"])


def test_history_and_papers_are_taken_out_as_workbooks_and_foreign_ones_are_not(
    centre: Centre, seller: Member
) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "worked")
    make_checked_paper(seller, Contract.objects.get(), make_project(seller, centre.customer))
    browser = desk(seller)
    file = f"/customers/{centre.customer.public_id}"
    history = rows_of_xlsx(browser.get(f"{file}/history/?format=xlsx").content)
    numbers = [row[2] for row in history]
    assert order.number in numbers
    assert len(numbers) == 2, "the request and its sheet"
    papers = rows_of_xlsx(browser.get(f"{file}/papers/export/").content)
    assert "用户手册" in [row[0] for row in papers]
    stranger = desk(centre.stranger)
    assert stranger.get(f"{file}/papers/export/").status_code == 404
    assert stranger.get(f"{file}/history/?format=xlsx").status_code == 404


def test_calls_consents_and_health_are_taken_out_as_workbooks(
    centre: Centre, seller: Member
) -> None:
    contact = make_contact(seller, centre.customer)
    now = timezone.now()
    record_consent(
        actor=seller.actor,
        contact_id=contact.public_id,
        data=ConsentData({"call": True, "survey": False}, "paper"),
        now=now,
    )
    call = VisitData(
        visited_on=timezone.localdate(), visitors="顾明远", purpose="首次走访", outcome="=1+1"
    )
    record_visit(actor=seller.actor, customer_id=centre.customer.public_id, data=call, now=now)
    browser, file = desk(seller), f"/customers/{centre.customer.public_id}"
    for part in ("visits", "consents", "health"):
        assert f"{file}/export/{part}/" in browser.read(f"{file}/")
    visits = rows_of_xlsx(browser.get(f"{file}/export/visits/").content)
    assert [row[5:7] for row in visits] == [("首次走访", "=1+1")]
    consents = rows_of_xlsx(browser.get(f"{file}/export/consents/").content)
    assert {(row[2], row[3]) for row in consents} == {
        ("电话", "同意"),
        ("满意度调查", "拒绝"),
    }
    health = rows_of_xlsx(browser.get(f"{file}/export/health/").content)
    assert len(health) >= 6, "a line for each thing looked at"
    assert browser.get(f"{file}/export/other/").status_code == 404
    assert desk(centre.stranger).get(f"{file}/export/consents/").status_code == 404
