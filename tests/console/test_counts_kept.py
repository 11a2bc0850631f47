"""Stock and people that a contract keeps at all times: owed by its assets, known by counts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.console.conftest import Browser, browser_of
from tests.factories import Member, make_company, make_customer, make_member
from tests.factories.contract_promises import look_around, make_kept_contract

from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts.models import Contract
from yinuo.domains.obligations.models import FactRow, ObligationRow
from yinuo.platform.accounts.models import User
from yinuo.platform.journal.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(db: None) -> Member:
    company = make_company()
    roles = ["account_manager", "service_consultant", "administrator"]
    return make_member(company.administrator, company.headquarters, roles)


@pytest.fixture
def contract(seller: Member) -> Contract:
    """One BC-9 and two TX-1 are covered: a part of each is owed, and two people."""
    return make_kept_contract(seller, seller, make_customer(seller, seller.person.unit))


@pytest.fixture
def browser(seller: Member) -> Browser:
    return browser_of(User.objects.get(pk=seller.user.pk))


def take(browser: Browser, contract: Contract, clause: str, *have: Any, **more: str) -> Any:
    typed = {f"have_{place}": str(number) for place, number in enumerate(have)}
    typed = {"counted_on": timezone.localdate().isoformat(), **typed, **more}
    return browser.fill(f"/contracts/{contract.public_id}/count/?clause={clause}", **typed)


def state(clause: str) -> list[str]:
    return list(ObligationRow.objects.filter(clause=clause).values_list("state", flat=True))


def box(browser: Browser, contract: Contract) -> str:
    page = browser.read(f"/contracts/{contract.public_id}/").partition('id="own-promises"')[2]
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("</section>")[0]).split())


@pytest.mark.req("MS-07", "BP-16", "R41")
def test_a_count_measures_stock_until_the_next_one_makes_up_what_is_missing(
    browser: Browser, contract: Contract
) -> None:
    shown = box(browser, contract)
    assert "Not counted yet. Owed: BC-9 1 · TX-1 1" in shown
    assert state("depot") == []
    assert take(browser, contract, "depot", 1, 0).status_code == 302
    assert state("depot") == ["missed"]
    assert "missing: TX-1: 0/1" in box(browser, contract)
    assert take(browser, contract, "depot", 1, 3).status_code == 302
    assert state("depot") == ["met"]
    told = AuditEntry.objects.filter(action="contract.count").order_by("id")
    assert [one.after["have"] for one in told] == [{"BC-9": 1, "TX-1": 0}, {"BC-9": 1, "TX-1": 3}]
    last = FactRow.objects.filter(kind="counted").latest("id")
    back = f"/contracts/{contract.public_id}/hold/{last.public_id}/back/"
    assert browser.fill(back, reason="数错").status_code == 302
    look_around(timezone.now())
    assert state("depot") == ["missed"], "the count before it stands again"


@pytest.mark.req("MS-07")
def test_people_are_counted_and_a_change_of_assets_asks_for_a_new_count(
    browser: Browser, contract: Contract
) -> None:
    assert take(browser, contract, "guards", 2).status_code == 302
    assert state("guards") == ["met"]
    assert take(browser, contract, "depot", 1, 1).status_code == 302
    assert "count again" not in box(browser, contract)
    Asset.objects.filter(model="BC-9").update(model="BC-10")
    assert "count again" in box(browser, contract)
    assert state("depot") == ["met"], "what was owed that day was there"


@pytest.mark.req("MS-07", "R01")
def test_wrong_counts_are_refused_and_change_nothing(
    browser: Browser, contract: Contract, seller: Member
) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    for have, more in (
        ((), {}),
        ((1,), {}),
        ((-1, 1), {}),
        (("viel", 1), {}),
        ((1.5, 1), {}),
        ((10**9, 1), {}),
        ((1, 1), {"counted_on": tomorrow}),
        ((1, 1), {"counted_on": "1999-01-01"}),
    ):
        assert take(browser, contract, "depot", *have, **more).status_code == 422, (have, more)
    address = f"/contracts/{contract.public_id}/count/"
    assert browser.get(f"{address}?clause=nonsense").status_code == 404
    assert browser.get(f"{address}?clause=respond").status_code == 404
    unit = seller.person.unit
    reader = make_member(seller, unit, ["technician"])
    assert browser_of(User.objects.get(pk=reader.user.pk)).get(address).status_code in (403, 404)
    assert not FactRow.objects.filter(kind="counted").exists()
