"""Goodwill stays within what the contract gives for a case; who may gives more, and it is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.console.conftest import Browser
from tests.console.test_proposals import desk
from tests.console.test_quotes import plain
from tests.factories import Member, make_asset, make_customer, make_member, make_site, open_fault
from tests.factories.billing import publish_prices
from tests.factories.centre import Centre, make_centre

from yinuo.domains.assets.models import Asset
from yinuo.domains.billing.models import Charge, PriceListVersion
from yinuo.domains.billing.splitting import split_amounts
from yinuo.domains.breaches.models import Authority
from yinuo.domains.contracts.services import ContractData, create_contract
from yinuo.domains.requests.models import Request
from yinuo.platform.journal.models import AuditEntry

pytestmark = pytest.mark.django_db
BOUGHT = date(2022, 3, 1)
VISIT = {
    "line-0-code": "visit",
    "line-0-quantity": "1",
    "line-0-persons": "1",
    "line-0-zone": "inner",
}
TWICE = {**VISIT, "line-0-quantity": "2"}


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.fixture
def seller(centre: Centre) -> Member:
    """Writes contracts and charges, but does not decide about covers."""
    return make_member(centre.company.administrator, centre.unit, ["account_manager"])


@pytest.fixture
def manager(centre: Centre) -> Member:
    """Decides about covers too, and may waive 5,000.00."""
    return make_member(centre.company.administrator, centre.unit, ["service_manager"])


@pytest.fixture
def prices(centre: Centre) -> PriceListVersion:
    return publish_prices(centre.company.administrator)


@pytest.fixture
def case(centre: Centre, seller: Member) -> Request:
    """A fault after the warranty; the contract gives goodwill of 600.00 a case from then on."""
    customer = make_customer(centre.specialist, centre.unit)
    asset = make_asset(centre.specialist, customer, make_site(centre.specialist, customer))
    Asset.objects.filter(pk=asset.pk).update(purchased_on=BOUGHT)
    data = ContractData(
        number="HY-1",
        plan_version_id=centre.version.public_id,
        starts_on=BOUGHT,
        parameters={"goodwill_up_to": "600"},
    )
    create_contract(
        actor=seller.actor, customer_id=customer.public_id, data=data, now=timezone.now()
    )
    opened = open_fault(centre.specialist, customer, asset=asset)
    found = Request.objects.get(public_id=opened.public_id)
    assert (found.cover, found.cover_reason) == ("goodwill", "goodwill_rule")
    return found


def enter(
    browser: Browser, case: Request, prices: PriceListVersion, lines: Any, **more: str
) -> Any:
    typed = {
        "occurred_on": timezone.localdate().isoformat(),
        "borne_by": "cover",
        "price_list_id": str(prices.public_id),
        "reason": "",
        "beyond": "charged",
        **lines,
        **more,
    }
    return browser.fill(f"/requests/{case.public_id}/charges/new/", **typed)


def borne(case: Request) -> list[tuple[str, str]]:
    """Who bears the rows of a case, in the order they were entered."""
    rows = Charge.objects.filter(request=case).order_by("id")
    return [(one.borne_by, str(one.amount)) for one in rows]


@pytest.mark.req("B-22", "B-70")
def test_a_line_is_split_where_the_goodwill_ends(
    case: Request, seller: Member, prices: PriceListVersion
) -> None:
    browser = desk(seller)
    early = enter(browser, case, prices, VISIT, borne_by="customer")
    assert early.status_code == 422, "there is goodwill left for it"
    assert enter(browser, case, prices, VISIT).status_code == 302
    page = plain(browser.read(f"/requests/{case.public_id}/charges/"))
    assert "goodwill of at most 600.00 a case; 200.00 is left" in page
    assert enter(browser, case, prices, VISIT).status_code == 302
    assert enter(browser, case, prices, VISIT, borne_by="customer").status_code == 302
    assert enter(browser, case, prices, VISIT).status_code == 302
    assert borne(case) == [
        ("cover", "400.00"),
        ("cover", "200.00"),
        ("customer", "200.00"),
        ("customer", "400.00"),
        ("customer", "400.00"),
    ]
    page = plain(browser.read(f"/requests/{case.public_id}/charges/"))
    assert page.count("Part of 400.00: split where the goodwill of the contract ends") == 2
    assert not AuditEntry.objects.filter(action="request.exceed_goodwill").exists()


@pytest.mark.req("B-22", "R42", "R41")
def test_both_parts_of_a_split_line_are_taken_back_together_and_split_anew(
    case: Request, seller: Member, prices: PriceListVersion
) -> None:
    browser = desk(seller)
    assert enter(browser, case, prices, TWICE).status_code == 302
    assert borne(case) == [("cover", "600.00"), ("customer", "200.00")]
    rest = Charge.objects.get(borne_by="customer")
    address = f"/charges/{rest.public_id}/correct/"
    thrice = {**VISIT, "line-0-quantity": "3"}
    assert browser.fill(address, **thrice, reason="实为三次").status_code == 302
    assert borne(case)[2:] == [
        ("cover", "-600.00"),
        ("customer", "-200.00"),
        ("cover", "600.00"),
        ("customer", "600.00"),
    ]
    held = Charge.objects.filter(borne_by="cover").earliest("id")
    again = browser.fill(f"/charges/{held.public_id}/correct/", reason="又错")
    assert again.status_code == 409, "it went back with the other part"


@pytest.mark.req("B-22", "R01")
def test_more_than_the_contract_gives_is_refused_to_who_may_not(
    case: Request, seller: Member, prices: PriceListVersion
) -> None:
    browser = desk(seller)
    for borne_by in ("goodwill", "cover"):
        refused = enter(
            browser, case, prices, TWICE, borne_by=borne_by, reason="老客户", beyond="given"
        )
        assert refused.status_code == 422
        said = plain(refused)
        assert "0.00 is used and this is 800.00, 200.00 too much" in said
        assert "yours is 0.00" in said
    assert enter(browser, case, prices, TWICE, beyond="perhaps").status_code == 422
    assert not Charge.objects.exists()


@pytest.mark.req("B-22", "R42")
def test_who_decides_about_covers_gives_more_with_a_reason_and_it_is_told(
    case: Request, manager: Member, prices: PriceListVersion
) -> None:
    browser = desk(manager)
    silent = enter(browser, case, prices, TWICE, beyond="given")
    assert silent.status_code == 422
    assert "You may give it: say why" in plain(silent)
    given_more = enter(
        browser,
        case,
        prices,
        TWICE,
        borne_by="goodwill",
        reason="两次未修好，致歉",
        beyond="given",
    )
    assert given_more.status_code == 302, plain(given_more)
    told = AuditEntry.objects.get(action="request.exceed_goodwill")
    assert (told.reason, told.after) == (
        "两次未修好，致歉",
        {"limit": "600", "used": "800.00"},
    )


@pytest.mark.req("B-22", "R01")
def test_more_than_the_role_may_waive_is_refused_to_a_manager_too(
    case: Request, manager: Member, prices: PriceListVersion
) -> None:
    Authority.objects.create(role="service_manager", most="100.00")
    browser = desk(manager)
    refused = enter(browser, case, prices, TWICE, reason="致歉", beyond="given")
    assert refused.status_code == 422
    assert "yours is 100.00" in plain(refused)
    assert not Charge.objects.exists()


@pytest.mark.req("B-22", "R41")
def test_a_correction_does_not_raise_goodwill_past_the_limit(
    case: Request, seller: Member, prices: PriceListVersion
) -> None:
    browser = desk(seller)
    assert enter(browser, case, prices, VISIT).status_code == 302
    row = Charge.objects.get()
    address = f"/charges/{row.public_id}/correct/"
    assert browser.fill(address, **TWICE, reason="实为两次").status_code == 302
    assert borne(case)[1:] == [("cover", "-400.00"), ("cover", "600.00"), ("customer", "200.00")]
    rest = Charge.objects.get(borne_by="customer")
    lowered = browser.fill(f"/charges/{rest.public_id}/correct/", reason="未上门")
    assert lowered.status_code == 302
    assert sum(one.amount for one in Charge.objects.all()) == 0


@given(
    st.lists(st.decimals(min_value=-500, max_value=5000, places=2), max_size=8),
    st.decimals(min_value=0, max_value=5000, places=2),
)
@pytest.mark.req("B-22")
def test_parts_make_the_whole_and_goodwill_is_never_more_than_is_left(
    amounts: list[Decimal], left: Decimal
) -> None:
    parts = split_amounts(amounts, left)
    assert [held + rest for held, rest in parts] == amounts
    assert sum(held for held, _rest in parts) <= left
    rooms = [left - sum(held for held, _ in parts[: place + 1]) for place in range(len(parts))]
    for (_held, rest), room in zip(parts, rooms, strict=True):
        assert rest == 0 or room == 0, "nothing is charged while there is goodwill left"
