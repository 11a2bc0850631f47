"""R11: how passwords are stored, which are refused, and what a change needs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import timezone
from tests.platform.accounts.conftest import OTHER_PASSWORD, PASSWORD, Browser

from yinuo.platform.accounts.services import NewUser, create_user
from yinuo.platform.errors import InvalidInput

pytestmark = [pytest.mark.req("R11"), pytest.mark.django_db]


@pytest.fixture
def browser(make_user) -> Browser:
    make_user(display_name="欧阳慧敏", email="front.desk@example.org")
    browser = Browser()
    browser.sign_in()
    return browser


def change(browser: Browser, new: str, old: str = PASSWORD):
    fields = {"oldpassword": old, "password1": new, "password2": new}
    return browser.post("/accounts/password/change/", fields)


def test_password_is_kept_as_argon2id_only(user):
    assert user.password.startswith("argon2$argon2id$")
    assert PASSWORD not in user.password
    browser = Browser()
    browser.sign_in()
    assert change(browser, OTHER_PASSWORD).status_code == 302
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$")
    assert Browser().sign_in(password=OTHER_PASSWORD).status_code == 302
    assert Browser().sign_in(password=PASSWORD).status_code == 200


def test_production_cost_is_at_least_the_recommended_one(real_cost, make_user):
    _, _, _, costs, *_ = make_user().password.split("$")
    cost = dict(part.split("=") for part in costs.split(","))
    assert int(cost["m"]) >= 47_104
    assert int(cost["t"]) >= 1


@pytest.mark.parametrize(
    ("password", "accepted"),
    [
        ("kX9-pLm2-qRs", True),
        ("kX9-pLm2-qR", False),
        ("kX9-pLm2-qRs" * 10 + "8 letters", False),
        ("aB3-" + "wxyz5678" * 15 + "cdef", True),
        ("123456789012", False),
        ("860213598741", False),
        ("password2026!!", False),
        ("PASSWORDpassword", False),
        ("ｐａｓｓｗｏｒｄ１２３４５６", False),
        ("qwertyuiop123456", False),
        ("aaaaaaaaaaaaaa", False),
        ("zhang.wei-2026", False),
        ("wei_zhang_2026", False),
        ("Ouyanghuimin88", False),
        ("huiminouyang99", False),
        ("欧阳慧敏欧阳慧敏1234567", False),
        ("front.desk@2026", False),
        ("huimin loves 5 quiet rivers", True),
        ("四只白鹤飞过安静的长河上", True),
    ],
)
def test_change_accepts_and_refuses(browser, password, accepted):
    response = change(browser, password)
    assert response.status_code == (302 if accepted else 200)
    expected = PASSWORD if not accepted else password
    assert Browser("192.0.2.1").sign_in(password=expected).status_code == 302
    if not accepted:
        assert "password1" in response.context["form"].errors


def test_creation_applies_the_same_rules():
    new = NewUser(username="li.na", display_name="李娜", password="password2026!!")
    with pytest.raises(InvalidInput) as refused:
        create_user(new, now=timezone.now())
    assert set(refused.value.fields) == {"password"}


def test_change_needs_the_current_password(browser):
    assert change(browser, OTHER_PASSWORD, old="something else").status_code == 200
    assert change(browser, OTHER_PASSWORD, old="").status_code == 200
    assert Browser("192.0.2.1").sign_in().status_code == 302


def test_change_needs_another_password_typed_twice(browser):
    assert change(browser, PASSWORD).status_code == 200
    fields = {"oldpassword": PASSWORD, "password1": OTHER_PASSWORD, "password2": "different"}
    assert browser.post("/accounts/password/change/", fields).status_code == 200
    assert Browser("192.0.2.1").sign_in().status_code == 302


def test_current_password_cannot_be_guessed_from_an_open_session(browser):
    with time_machine.travel(datetime.now(UTC), tick=False):
        for number in range(5):
            change(browser, OTHER_PASSWORD, old=f"guess {number}")
        assert change(browser, OTHER_PASSWORD).status_code == 200
    assert Browser("192.0.2.1").sign_in().status_code == 302


def test_visitor_cannot_reach_the_change_page(user):
    response = change(Browser(), OTHER_PASSWORD)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_no_page_shows_a_password_again(browser):
    page = change(browser, "kX9-pLm2-qR", old="my secret guess").content.decode()
    assert "kX9-pLm2-qR" not in page
    assert "my secret guess" not in page
    page = Browser().sign_in(password="typed by mistake").content.decode()
    assert "typed by mistake" not in page
