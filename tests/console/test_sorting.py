"""Lists are sorted by what they offer, over all pages, and by nothing else."""

from __future__ import annotations

import re

import pytest
from tests.console.conftest import Browser, browser_of
from tests.factories import Company, Member, make_asset, make_company, make_customer, make_member

from yinuo.platform.accounts.models import User

NAMES = ["安达", "白云", "昌平", "大成"]


@pytest.fixture
def seller(db: None) -> Member:
    company: Company = make_company()
    by = make_member(company.administrator, company.headquarters, ["account_manager"])
    for name in (NAMES[2], NAMES[0], NAMES[3], NAMES[1]):
        make_customer(by, company.headquarters, name)
    return by


@pytest.fixture
def browser(seller: Member) -> Browser:
    return browser_of(User.objects.get(pk=seller.user.pk))


def shown(browser: Browser, address: str) -> list[str]:
    page = browser.read(address).partition("<tbody>")[2]
    return [name for name in re.findall(r">([^<>]+)</a>", page) if name in NAMES]


@pytest.mark.req("R05")
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", NAMES),
        ("-name", NAMES[::-1]),
        ("newest", [NAMES[1], NAMES[3], NAMES[0], NAMES[2]]),
        ("-newest", [NAMES[2], NAMES[0], NAMES[3], NAMES[1]]),
        ("", NAMES),
        ("unit__code", NAMES),
        ("-password", NAMES),
        ("--name", NAMES),
    ],
)
def test_a_list_is_sorted_by_its_own_orders_only(
    browser: Browser, sort: str, expected: list[str]
) -> None:
    assert shown(browser, f"/customers/?sort={sort}") == expected


@pytest.mark.req("B-81")
def test_the_head_turns_the_order_round_and_keeps_the_search(browser: Browser) -> None:
    page = browser.read("/customers/?sort=name")
    assert 'aria-sort="ascending"' in page
    assert 'href="?sort=-name"' in page
    assert '<input type="hidden" name="sort" value="name">' in page


@pytest.mark.req("R05")
def test_the_second_page_goes_on_where_the_first_ended(browser: Browser, seller: Member) -> None:
    customer = seller.person.unit
    made = make_customer(seller, customer, "设备多")
    serials = [make_asset(seller, made).serial for _ in range(60)]
    first = browser.read("/assets/?sort=-serial")
    seen = re.findall(r"SN\d{6}", first)
    rest = re.search(r'rel="next"\s+href="([^"]+)"', first)
    assert rest
    seen += re.findall(r"SN\d{6}", browser.read("/assets/" + rest[1].replace("&amp;", "&")))
    assert seen == sorted(serials, reverse=True)


@pytest.mark.req("R05")
def test_a_cursor_of_another_order_is_refused_kindly(browser: Browser, seller: Member) -> None:
    made = make_customer(seller, seller.person.unit, "设备多")
    for _ in range(60):
        make_asset(seller, made)
    rest = re.search(r'rel="next"\s+href="\?([^"]+)"', browser.read("/assets/"))
    assert rest
    answer = browser.get("/assets/?sort=serial&" + rest[1])
    assert 400 <= answer.status_code < 500
