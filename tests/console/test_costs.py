"""Cost per case and margin per contract: labour, parts, travel, penalties; for who may see money."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.console.conftest import Browser, browser_of
from tests.console.test_quotes import plain
from tests.factories import Member, make_company, make_member
from tests.factories.billing import publish_prices
from tests.factories.breaches import Signs, clock, make_signs
from tests.factories.documents import rows_of_xlsx

from yinuo.domains.billing.charge_types import Work
from yinuo.domains.billing.costs import list_margins, margin_of_contract, spent_on_case
from yinuo.domains.billing.services import charge_work
from yinuo.domains.breaches.models import Breach
from yinuo.domains.breaches.services import approve_breach
from yinuo.domains.requests.types import OpenedRequest
from yinuo.kernel.pricing import Item
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db
LATER = clock("08-02 09:00")
VISIT = Item("visit", Decimal(1), persons=2, zone="inner")
PART = Item("part", Decimal(2), cost=Decimal("86.50"))
WAY = Item("transport", Decimal(2), zone="inner")


@pytest.fixture
def signs(db: None) -> Signs:
    return make_signs(make_company())


@pytest.fixture
def case(signs: Signs) -> OpenedRequest:
    """Story 2 with both penalties approved, and its work entered: covered, and a goodwill visit."""
    request = signs.live_through()
    for one in Breach.objects.filter(amount__gt=0):
        known = {"breach_id": one.public_id, "version": one.version}
        approve_breach(actor=signs.director.actor, now=LATER, **known)
    prices = publish_prices(signs.company.administrator)
    for items, borne_by, reason in (
        ((VISIT, PART, WAY), "cover", ""),
        ((VISIT,), "goodwill", "致歉"),
        ((VISIT,), "misdiagnosis", "误判为电源故障"),
    ):
        day = LATER.date()
        work = Work(prices.public_id, items, day, borne_by=borne_by, reason=reason)
        charge_work(actor=signs.manager.actor, request_id=request.public_id, work=work, now=LATER)
    return request


def desk(member: Member) -> Browser:
    return browser_of(User.objects.get(pk=member.user.pk))


@pytest.mark.req("B-70", "LV-11")
def test_a_case_costs_labour_parts_and_travel_to_the_fen(signs: Signs, case: OpenedRequest) -> None:
    spent = spent_on_case(signs.manager.actor, case.public_id)
    assert (spent.labour, spent.parts, spent.travel) == (
        Decimal("2400.00"),
        Decimal("173.00"),
        Decimal("400.00"),
    )
    assert (spent.goodwill, spent.misdiagnosis) == (Decimal("800.00"), Decimal("800.00"))
    page = plain(desk(signs.manager).read(f"/requests/{case.public_id}/charges/"))
    for said in ("Labour 2,400.00", "Parts 173.00", "Travel 400.00"):
        assert said in page


@pytest.mark.req("B-70", "SG-10")
def test_the_margin_of_a_contract_is_income_less_cost_and_penalties(
    signs: Signs, case: OpenedRequest
) -> None:
    today = datetime.now(UTC).date()
    found = margin_of_contract(signs.manager.actor, signs.contract.public_id, today)
    assert (found.income, found.penalties) == (Decimal("486000.00"), Decimal("14580.00"))
    assert found.margin == Decimal("486000.00") - Decimal("2973.00") - Decimal("14580.00")
    assert found.percent == Decimal("96.4")
    assert list(list_margins(signs.manager.actor, today=today).items) == [found]
    browser = desk(signs.manager)
    assert "468,447.00" in browser.read(f"/contracts/{signs.contract.public_id}/")
    assert "468,447.00" in browser.read("/costs/")
    rows = rows_of_xlsx(browser.get("/costs/?format=xlsx").content)
    assert rows[0][3:] == (486000, 2400, 173, 400, 800, 800, 14580, 468447)


@pytest.mark.req("LV-11", "B-70")
def test_goodwill_and_wrong_diagnoses_are_listed_and_summed(
    signs: Signs, case: OpenedRequest
) -> None:
    browser = desk(signs.manager)
    page = plain(browser.read("/costs/ours/"))
    assert "Total 1,600.00" in page
    assert "误判为电源故障" in page
    only = plain(browser.read("/costs/ours/?borne_by=goodwill"))
    assert "Total 800.00" in only
    assert "误判为电源故障" not in only


@pytest.mark.req("R01", "R03")
def test_who_may_not_see_money_sees_no_cost_anywhere(signs: Signs, case: OpenedRequest) -> None:
    admin = signs.company.administrator
    technician = desk(make_member(admin, signs.company.headquarters, ["technician"]))
    assert technician.get("/costs/").status_code == 403
    assert technician.get("/costs/ours/").status_code == 403
    page = technician.read(f"/contracts/{signs.contract.public_id}/")
    assert "468,447.00" not in page
    assert 'id="margin"' not in page
