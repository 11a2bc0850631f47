"""Bad figures and foreign hands at quotes, charges and their links: refused in words, never stored."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.console.conftest import Browser
from tests.console.test_proposals import desk, paid_request
from tests.console.test_quotes import plain
from tests.factories import Member, make_customer, make_member
from tests.factories.billing import make_quote, publish_prices
from tests.factories.centre import Centre, make_centre

from yinuo.domains.billing.models import Charge, PriceListVersion, Quote

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-70", "LV-10")]
BAD = ["0", "-1", "1e400", "NaN", "1.5", "二", ""]
LINE = {"line-0-code": "visit", "line-0-zone": "inner", "line-0-persons": "1"}


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.fixture
def manager(centre: Centre) -> Member:
    return make_member(centre.company.administrator, centre.unit, ["service_manager"])


@pytest.fixture
def prices(centre: Centre) -> PriceListVersion:
    return publish_prices(centre.company.administrator)


def typed(prices: PriceListVersion, **more: str) -> dict[str, str]:
    return {"price_list_id": str(prices.public_id), **LINE, "line-0-quantity": "1", **more}


def test_no_bad_quantity_becomes_a_quote_or_a_charge(
    centre: Centre, manager: Member, prices: PriceListVersion
) -> None:
    browser = desk(manager)
    request = paid_request(centre)
    quotes = f"/customers/{centre.customer.public_id}/quotes/new/"
    charges = f"/requests/{request.public_id}/charges/new/"
    today = timezone.localdate()
    of_quote = {"title": "上门", "valid_until": (today + timedelta(days=9)).isoformat()}
    of_charge = {"occurred_on": today.isoformat(), "borne_by": "customer"}
    for address, head in ((quotes, of_quote), (charges, of_charge)):
        hidden = browser.hidden(address)
        for quantity in BAD:
            sent = hidden | head | typed(prices, **{"line-0-quantity": quantity})
            assert browser.send(address, sent).status_code == 422, quantity
        for persons in ("0", "-2"):
            sent = hidden | head | typed(prices, **{"line-0-persons": persons})
            assert browser.send(address, sent).status_code == 422, persons
    assert Quote.objects.count() == Charge.objects.count() == 0


def test_a_quantity_in_full_width_is_that_quantity(
    centre: Centre, manager: Member, prices: PriceListVersion
) -> None:
    made = desk(manager).fill(
        f"/customers/{centre.customer.public_id}/quotes/new/",
        title="上门",
        valid_until=(timezone.localdate() + timedelta(days=9)).isoformat(),
        **typed(prices, **{"line-0-quantity": "３", "line-0-persons": "２"}),
    )
    assert made.status_code == 302, plain(made)
    assert str(Quote.objects.get().total) == "2400.00"


def test_a_link_opens_its_own_quote_and_no_other_whoever_holds_it(
    centre: Centre, manager: Member, prices: PriceListVersion
) -> None:
    browser = desk(manager)
    other = make_customer(manager, centre.unit, "另一家客户")
    own, foreign = (make_quote(manager, one, prices) for one in (centre.customer, other))
    links = [sent(browser, one) for one in (own, foreign)]
    stranger = Client(headers={"Accept-Language": "en"})
    assert "另一家客户" not in plain(stranger.get(links[0]))
    forged = {"name": "路人", "outcome": "accepted", "quote_id": str(foreign.public_id)}
    assert stranger.post(links[0], forged).status_code == 302
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.state, own.ended_by, foreign.state) == ("accepted", "路人", "sent")
    # Whoever comes second, with the link that was passed on, sees who answered and changes nothing.
    second = Client(headers={"Accept-Language": "en"})
    assert "路人" in plain(second.get(links[0]))
    again = second.post(links[0], {"name": "王主任", "outcome": "declined", "reason": "不要"})
    assert again.status_code == 409
    own.refresh_from_db()
    assert (own.state, own.ended_by) == ("accepted", "路人")


def sent(browser: Browser, quote: Quote) -> str:
    page = browser.fill(f"/quotes/{quote.public_id}/send/").content.decode()
    link = re.search(r'value="http://testserver(/l/[^"]+/)"', page)
    assert link is not None
    return link[1]
