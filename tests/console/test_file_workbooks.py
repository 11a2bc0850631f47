"""The history of a customer and the papers promised to him, taken out as workbooks."""

from __future__ import annotations

import pytest
from tests.console.test_proposals import desk
from tests.factories import Member, make_member, make_project
from tests.factories.archive import make_checked_paper
from tests.factories.centre import Centre, make_centre
from tests.factories.documents import rows_of_xlsx
from tests.factories.work import make_work_order

from yinuo.domains.contracts.models import Contract

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
