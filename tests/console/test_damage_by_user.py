"""Damage by the user: a separate contract signed by link, its work finished by the day, charged."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from tests.console.conftest import Browser, browser_of
from tests.console.test_quotes import plain
from tests.factories import Member, make_company
from tests.factories.breaches import ANSWERED, CALLED, Signs, make_signs

from yinuo.domains.billing.models import Charge, PriceListVersion, Quote
from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.types import StepFact
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db
GOODS = Path(__file__).parents[2] / "prices" / "signage.yaml"
LINES = {
    "line-0-code": "repair_visit",
    "line-0-quantity": "1",
    "line-1-code": "light_box",
    "line-1-quantity": "1",
}
NOW = ANSWERED + timedelta(hours=4)


@pytest.fixture
def signs(db: None) -> Signs:
    return make_signs(make_company())


def desk(member: Member) -> Browser:
    return browser_of(User.objects.get(pk=member.user.pk))


@pytest.fixture
def case(signs: Signs) -> Request:
    """A light box broken by the customer's own crane, as the engineer found on site."""
    administrator = desk(signs.company.administrator)
    administrator.fill("/prices/publish/", source=GOODS.read_text("utf-8"), do="publish")
    opened = signs.open(CALLED)
    signs.record(opened, StepFact("responded", ANSWERED), now=ANSWERED)
    at = ANSWERED + timedelta(hours=2)
    broken = StepFact("cause_found", at, {"cause": "user"})
    signs.record(opened, broken, now=at)
    return Request.objects.get(public_id=opened.public_id)


def typed(signs: Signs, case: Request, **more: object) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "title": "灯箱修复（使用方损坏）",
        "valid_until": (today + timedelta(days=5)).isoformat(),
        "deliver_by": (today + timedelta(days=9)).isoformat(),
        "salesperson_id": str(signs.consultant.person.public_id),
        "department_id": str(signs.company.headquarters.public_id),
        "price_list_id": str(PriceListVersion.objects.get().public_id),
        **LINES,
        **more,
    }


def address_of(case: Request) -> str:
    customer = case.customer.public_id
    return f"/customers/{customer}/quotes/new/?request={case.public_id}&purpose=damage"


def signed(seller: Browser, signs: Signs, case: Request) -> Quote:
    made = fill(seller, address_of(case), **typed(signs, case))
    assert made.status_code == 302, plain(made)
    quote = Quote.objects.get()
    page = seller.fill(f"/quotes/{quote.public_id}/send/")
    link = re.search(r'value="http://testserver(/l/[^"]+/)"', page.content.decode())
    assert link is not None
    holder = Client(headers={"Accept-Language": "en"})
    shown = plain(holder.get(link[1]).content.decode())
    assert "Separate contract for damage" in shown
    assert quote.deliver_by.isoformat() in shown
    assert holder.post(link[1], {"name": "王主任", "outcome": "accepted"}).status_code == 302
    return quote


def fill(browser: Browser, address: str, **more: object) -> Any:
    """Send the form with the hidden fields it carries."""
    form = browser.read(address).partition('id="editor"')[2]
    hidden = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form))
    return browser.send(address, hidden | more)


@pytest.mark.req("SG-04")
def test_the_cause_found_asks_for_a_separate_contract_that_is_signed_and_kept(
    signs: Signs, case: Request
) -> None:
    with time_machine.travel(NOW, tick=False):
        seller = desk(signs.consultant)
        page = plain(seller.read(f"/requests/{case.public_id}/"))
        assert "signs a separate contract with the customer" in page
        quote = signed(seller, signs, case)
        quote.refresh_from_db()
        assert (quote.state, str(quote.total)) == ("accepted", "1800.00")
        page = plain(seller.read(f"/requests/{case.public_id}/"))
        assert "signs a separate contract with the customer" not in page
        assert quote.number in page
        assert "damage by the user, under its separate contract" in page
        case.refresh_from_db()
        assert (case.cover, case.cover_reason) == ("paid", "user_damage")
        assert signs.consultant.person.name in page
        promise = ObligationRow.objects.get(subject_id=quote.public_id, clause="damage_by_user")
        assert promise.state == "running"
        assert promise.unit_id == signs.company.headquarters.pk
        due = timezone.localtime(promise.due_at)
        assert due.date() - quote.deliver_by == timedelta(days=1), "the whole of the day counts"
        assert quote.number in seller.read("/promises/?view=all")
        done = seller.fill(f"/quotes/{quote.public_id}/deliver/", delivered_at="")
        assert done.status_code == 302, plain(done)
    promise.refresh_from_db()
    assert promise.state == "met"


@pytest.mark.req("SG-04")
def test_work_after_the_day_of_the_separate_contract_misses_the_promise(
    signs: Signs, case: Request
) -> None:
    with time_machine.travel(NOW, tick=False):
        quote = signed(desk(signs.consultant), signs, case)
    with time_machine.travel(NOW + timedelta(days=11), tick=False):
        assert desk(signs.consultant).fill(f"/quotes/{quote.public_id}/deliver/").status_code == 302
    promise = ObligationRow.objects.get(subject_id=quote.public_id, clause="damage_by_user")
    assert promise.state == "missed"


@pytest.mark.req("SG-04", "B-70")
def test_only_the_signed_contract_lets_the_customer_be_charged(signs: Signs, case: Request) -> None:
    def charge(day: datetime) -> Any:
        return desk(signs.manager).fill(
            f"/requests/{case.public_id}/charges/new/",
            occurred_on=timezone.localdate(day).isoformat(),
            borne_by="customer",
            price_list_id=str(PriceListVersion.objects.get().public_id),
            **LINES,
        )

    with time_machine.travel(NOW, tick=False):
        assert charge(NOW).status_code == 422, "under warranty until the customer signs"
        signed(desk(signs.consultant), signs, case)
        assert charge(NOW).status_code == 302
    assert sum(one.amount for one in Charge.objects.all()) == 1800


@pytest.mark.req("SG-04")
@pytest.mark.parametrize("left_out", ["salesperson_id", "department_id", "deliver_by"])
def test_a_separate_contract_names_who_signs_who_works_and_its_day(
    signs: Signs, case: Request, left_out: str
) -> None:
    with time_machine.travel(NOW, tick=False):
        seller = desk(signs.consultant)
        refused = fill(seller, address_of(case), **typed(signs, case, **{left_out: ""}))
        assert refused.status_code == 422
    assert Quote.objects.count() == 0


@pytest.mark.req("SG-04", "R03")
def test_a_department_nobody_knows_is_not_found(signs: Signs, case: Request) -> None:
    with time_machine.travel(NOW, tick=False):
        seller = desk(signs.consultant)
        foreign = str(signs.customer.public_id)
        assert (
            fill(seller, address_of(case), **typed(signs, case, department_id=foreign)).status_code
            == 404
        )
    assert Quote.objects.count() == 0
