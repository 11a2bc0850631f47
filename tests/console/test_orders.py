"""Replacement goods: asked for, quoted from the goods list, accepted by link, delivered by the day."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from tests.console.conftest import Browser, browser_of
from tests.console.test_quotes import plain
from tests.factories import Member, make_company, open_fault
from tests.factories.breaches import Signs, make_signs

from yinuo.domains.billing.models import PriceListVersion, Quote
from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.requests.models import Request
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db
GOODS = Path(__file__).parents[2] / "prices" / "signage.yaml"
LINES = {
    "line-0-code": "door_plate",
    "line-0-quantity": "12",
    "line-1-code": "lamp_post_flag",
    "line-1-quantity": "40",
}


@pytest.fixture
def signs(db: None) -> Signs:
    return make_signs(make_company())


def desk(member: Member) -> Browser:
    return browser_of(User.objects.get(pk=member.user.pk))


@pytest.fixture
def seller(signs: Signs) -> Browser:
    """Who writes quotes; the goods list is published from its file."""
    administrator = desk(signs.company.administrator)
    administrator.fill("/prices/publish/", source=GOODS.read_text("utf-8"), do="publish")
    return desk(signs.consultant)


def order(seller: Browser, signs: Signs, days: int = 14) -> tuple[Quote, str]:
    """Door plates and flags quoted under the contract, sent; the quote and its link."""
    today = timezone.localdate()
    address = f"/customers/{signs.customer.public_id}/quotes/new/"
    sent = {
        "title": "更换门牌和灯杆旗",
        "valid_until": (today + timedelta(days=7)).isoformat(),
        "deliver_by": (today + timedelta(days=days)).isoformat(),
        "contract_id": str(signs.contract.public_id),
        "price_list_id": str(PriceListVersion.objects.get().public_id),
        **LINES,
    }
    made = seller.fill(address, **sent)
    assert made.status_code == 302, plain(made)
    quote = Quote.objects.latest("id")
    page = seller.fill(f"/quotes/{quote.public_id}/send/")
    link = re.search(r'value="http://testserver(/l/[^"]+/)"', page.content.decode())
    assert link is not None
    return quote, link[1]


@pytest.mark.req("SG-07")
def test_goods_are_quoted_accepted_and_delivered_by_the_day_promised(
    seller: Browser, signs: Signs
) -> None:
    quote, link = order(seller, signs)
    assert str(quote.total) == "4520.00"
    holder = Client(headers={"Accept-Language": "en"})
    assert quote.deliver_by.isoformat() in holder.get(link).content.decode()
    assert not ObligationRow.objects.filter(subject_id=quote.public_id).exists()
    assert holder.post(link, {"name": "王主任", "outcome": "accepted"}).status_code == 302
    promise = ObligationRow.objects.get(subject_id=quote.public_id, clause="replacements.order")
    assert (promise.state, promise.due_at) == ("running", promise.due_at)
    due = timezone.localtime(promise.due_at)
    assert due.date() - quote.deliver_by == timedelta(days=1), "the whole of the day counts"
    assert quote.number in seller.read("/promises/?view=all")
    done = seller.fill(f"/quotes/{quote.public_id}/deliver/", delivered_at="")
    assert done.status_code == 302, plain(done)
    promise.refresh_from_db()
    assert promise.state == "met"
    again = seller.fill(f"/quotes/{quote.public_id}/deliver/", delivered_at="")
    assert again.status_code == 409
    assert "Delivered" in plain(seller.read(f"/quotes/{quote.public_id}/"))


@pytest.mark.req("SG-07")
def test_goods_delivered_late_miss_the_promise(seller: Browser, signs: Signs) -> None:
    quote, link = order(seller, signs, days=8)
    Client().post(link, {"name": "王主任", "outcome": "accepted"})
    with time_machine.travel(timezone.now() + timedelta(days=10), tick=False):
        later = desk(signs.consultant)
        assert later.fill(f"/quotes/{quote.public_id}/deliver/").status_code == 302
    promise = ObligationRow.objects.get(subject_id=quote.public_id, clause="replacements.order")
    assert promise.state == "missed"


@pytest.mark.req("SG-07")
def test_a_day_before_the_quote_ends_is_no_promise(seller: Browser, signs: Signs) -> None:
    today = timezone.localdate()
    address = f"/customers/{signs.customer.public_id}/quotes/new/"
    refused = seller.fill(
        address,
        title="门牌",
        valid_until=(today + timedelta(days=7)).isoformat(),
        deliver_by=today.isoformat(),
        price_list_id=str(PriceListVersion.objects.get().public_id),
        **LINES,
    )
    assert refused.status_code == 422
    assert "on or after the last day of the quote" in plain(refused)


@pytest.mark.req("SG-07", "R39")
def test_only_what_was_accepted_with_a_day_is_delivered(seller: Browser, signs: Signs) -> None:
    quote, _link = order(seller, signs)
    assert seller.fill(f"/quotes/{quote.public_id}/deliver/").status_code == 409
    quote.refresh_from_db()
    assert quote.delivered_at is None


@pytest.mark.req("SG-05", "SG-14")
def test_after_the_free_period_the_buyer_pays_by_terms_of_their_own(signs: Signs) -> None:
    """The contract ended: what is repaired is quoted, accepted by link, then charged to the buyer."""
    with time_machine.travel("2029-03-01T02:00:00+00:00", tick=False):
        desk(signs.company.administrator).fill(
            "/prices/publish/", source=GOODS.read_text("utf-8"), do="publish"
        )
        prices = PriceListVersion.objects.get()
        request = open_fault(signs.consultant, signs.customer, level="")
        assert (Request.objects.get(public_id=request.public_id).cover) == "paid"
        seller, manager = desk(signs.consultant), desk(signs.manager)
        lines = {"line-0-code": "repair_visit", "line-0-quantity": "1"}
        lines |= {"line-1-code": "light_box", "line-1-quantity": "1"}
        made = seller.fill(
            f"/customers/{signs.customer.public_id}/quotes/new/?request={request.public_id}",
            title="灯箱维修",
            valid_until="2029-03-10",
            price_list_id=str(prices.public_id),
            **lines,
        )
        assert made.status_code == 302, plain(made)
        quote = Quote.objects.get()
        page = seller.fill(f"/quotes/{quote.public_id}/send/")
        link = re.search(r'value="http://testserver(/l/[^"]+/)"', page.content.decode())
        assert link is not None
        Client().post(link[1], {"name": "王主任", "outcome": "accepted"})
        charged = manager.fill(
            f"/requests/{request.public_id}/charges/new/",
            occurred_on="2029-03-01",
            borne_by="customer",
            price_list_id=str(prices.public_id),
            **lines,
        )
        assert charged.status_code == 302, plain(charged)
        cost = plain(manager.read(f"/requests/{request.public_id}/charges/"))
        assert "The customer pays 1,800.00 CNY" in cost
        assert "At our cost 0.00 CNY" in cost
