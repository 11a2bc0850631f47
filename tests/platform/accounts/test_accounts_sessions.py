"""R14: when a session begins, and everything that ends it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from tests.factories.company import Company, make_company
from tests.platform.accounts.conftest import OTHER_PASSWORD, PASSWORD, Browser

from yinuo.domains.network.models import Person
from yinuo.domains.network.services import (
    assign_role,
    create_person,
    deactivate_person,
    link_user,
    revoke_role,
)
from yinuo.platform.accounts.models import User
from yinuo.platform.accounts.services import (
    deactivate_user,
    end_sessions,
    reactivate_user,
    sweep_accounts,
)

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
COOKIE = "__Host-yinuo_session"
pytestmark = [pytest.mark.req("R14"), pytest.mark.django_db]


@pytest.fixture
def browser(user) -> Browser:
    browser = Browser()
    assert browser.sign_in().status_code == 302
    assert browser.is_signed_in
    return browser


def test_sign_in_gives_another_session_than_the_visitor_had(user):
    browser = Browser()
    # A session planted before sign-in, as in a fixation attack.
    planted = browser.session
    planted["planted"] = True
    planted.save()
    browser.cookies[COOKIE] = planted.session_key
    browser.sign_in()
    assert browser.cookies[COOKIE].value != planted.session_key
    stranger = Browser()
    stranger.cookies[COOKIE] = planted.session_key
    assert browser.is_signed_in
    assert not stranger.is_signed_in


def test_session_cookie_is_for_this_host_over_tls_and_not_for_scripts(browser):
    cookie = browser.cookies[COOKIE]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")


@pytest.mark.req("R21")
def test_every_cookie_of_a_signed_in_browser_is_bound_to_this_host(browser):
    browser.get("/accounts/password/change/")
    browser.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD},
    )
    browser.post("/accounts/logout/")
    assert set(browser.cookies) == {
        "__Host-yinuo_session",
        "__Host-yinuo_csrf",
        "__Host-yinuo_device",
        "__Host-yinuo_account",
    }
    for cookie in browser.cookies.values():
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


def test_sign_out_ends_the_session_on_the_server(browser):
    key = browser.cookies[COOKIE].value
    browser.post("/accounts/logout/")
    thief = Browser()
    thief.cookies[COOKIE] = key
    assert not thief.is_signed_in


def test_reading_the_sign_out_address_does_not_sign_out(browser):
    browser.get("/accounts/logout/")
    assert browser.is_signed_in


def test_deactivation_ends_every_session_for_good(user, browser):
    deactivate_user(user_id=user.pk)
    assert not browser.is_signed_in
    reactivate_user(user_id=user.pk)
    assert not browser.is_signed_in


def test_ending_all_sessions_reaches_every_browser(user, browser):
    second = Browser("192.0.2.5")
    second.sign_in()
    end_sessions(user_id=user.pk)
    assert not browser.is_signed_in
    assert not second.is_signed_in
    assert not UserSession.objects.filter(user=user).exists()


@pytest.fixture
def employed(user, browser) -> tuple[Company, Person]:
    """The signed-in user works as a technician at headquarters."""
    company = make_company()
    boss, place = company.administrator.actor, company.headquarters.public_id
    person = create_person(actor=boss, unit_id=place, name="章唯", now=NOW)
    link_user(actor=boss, person_id=person.public_id, user_id=user.pk, now=NOW)
    change_role(assign_role, company, person)
    browser.sign_in()
    assert browser.is_signed_in
    return company, person


def change_role(change, company: Company, person: Person, role: str = "technician") -> None:
    change(
        actor=company.administrator.actor,
        person_id=person.public_id,
        role_code=role,
        unit_id=company.headquarters.public_id,
        now=NOW,
    )


def test_new_role_ends_the_sessions(employed, browser):
    change_role(assign_role, *employed, role="dispatcher")
    assert not browser.is_signed_in


def test_same_role_again_ends_nothing(employed, browser):
    change_role(assign_role, *employed)
    assert browser.is_signed_in


def test_lost_role_ends_the_sessions(employed, browser):
    change_role(revoke_role, *employed)
    assert not browser.is_signed_in


def test_person_who_leaves_loses_the_sessions(employed, browser):
    company, person = employed
    person.refresh_from_db()
    deactivate_person(
        actor=company.administrator.actor,
        person_id=person.public_id,
        version=person.version,
        now=NOW,
    )
    assert not browser.is_signed_in


def test_epoch_ends_a_session_whose_row_came_back(user, browser):
    row = Session.objects.get(session_key=browser.cookies[COOKIE].value)
    end_sessions(user_id=user.pk)
    row.save(force_insert=True)
    assert not browser.is_signed_in


def test_password_change_ends_the_other_sessions_and_keeps_this_one(user, browser):
    other = Browser("192.0.2.5")
    other.sign_in()
    fields = {
        "oldpassword": PASSWORD,
        "password1": OTHER_PASSWORD,
        "password2": OTHER_PASSWORD,
    }
    assert browser.post("/accounts/password/change/", fields).status_code == 302
    assert browser.is_signed_in
    assert not other.is_signed_in


def test_password_set_by_any_other_way_ends_the_session_too(user, browser):
    User.objects.filter(pk=user.pk).update(password=make_password(OTHER_PASSWORD))
    assert not browser.is_signed_in


def test_idle_session_ends_after_twelve_hours(user):
    with time_machine.travel(NOW, tick=False) as clock:
        browser = Browser()
        browser.sign_in()
        for _ in range(3):
            clock.shift(timedelta(hours=12, seconds=-1))
            assert browser.is_signed_in, "each request starts the pause anew"
        clock.shift(timedelta(hours=12))
        assert not browser.is_signed_in
        clock.shift(-timedelta(hours=2))
        assert not browser.is_signed_in, "an ended session stays ended"


def test_pause_counts_from_sign_in_when_no_request_follows(user):
    with time_machine.travel(NOW, tick=False) as clock:
        browser = Browser()
        browser.sign_in()
        clock.shift(timedelta(hours=12))
        assert not browser.is_signed_in


def test_busy_session_ends_after_seven_days(user):
    with time_machine.travel(NOW, tick=False) as clock:
        browser = Browser()
        browser.sign_in()
        for _ in range(27):
            clock.shift(timedelta(hours=6))
            assert browser.is_signed_in
        clock.shift(timedelta(hours=6, seconds=-1))
        assert browser.is_signed_in
        clock.shift(timedelta(seconds=1))
        assert not browser.is_signed_in


def test_session_without_its_stamps_is_no_session(browser):
    session = browser.session
    del session["began_at"]
    session.save()
    assert not browser.is_signed_in


def test_busy_session_is_written_once_a_minute(user, django_assert_max_num_queries):
    with time_machine.travel(NOW, tick=False) as clock:
        browser = Browser()
        browser.sign_in()
        clock.shift(timedelta(seconds=59))
        row = Session.objects.get(session_key=browser.cookies[COOKIE].value)
        assert browser.is_signed_in
        row_after = Session.objects.get(pk=row.pk)
        assert row_after.session_data == row.session_data
        clock.shift(timedelta(seconds=1))
        assert browser.is_signed_in
        row_after = Session.objects.get(pk=row.pk)
        assert row_after.session_data != row.session_data
        assert UserSession.objects.get(user=user).last_seen_at == NOW + timedelta(seconds=60)


def test_own_sessions_are_listed_and_one_can_be_ended(user, browser):
    other = Browser("192.0.2.5")
    other.sign_in()
    listed = browser.get("/accounts/sessions/").context["sessions"]
    assert [session.ip for session in listed] == ["198.51.100.7", "192.0.2.5"]
    browser.post("/accounts/sessions/", {"session": listed[1].pk})
    assert browser.is_signed_in
    assert not other.is_signed_in


def test_all_other_sessions_can_be_ended_at_once(user, browser):
    others = [Browser("192.0.2.5"), Browser("192.0.2.6")]
    for other in others:
        other.sign_in()
    browser.post("/accounts/sessions/", {})
    assert browser.is_signed_in
    assert not any(other.is_signed_in for other in others)


@pytest.mark.req("R02")
def test_nobody_ends_or_sees_a_session_of_somebody_else(browser, make_user):
    make_user("li.na")
    stranger = Browser("192.0.2.5")
    stranger.sign_in("li.na")
    foreign = UserSession.objects.get(user__username="li.na")
    page = browser.post("/accounts/sessions/", {"session": foreign.pk})
    absent = browser.post("/accounts/sessions/", {"session": 10**9})
    assert page.status_code == absent.status_code == 200
    assert page.context["form"].errors == absent.context["form"].errors
    assert stranger.is_signed_in
    listed = browser.get("/accounts/sessions/").context["sessions"]
    assert [session.ip for session in listed] == ["198.51.100.7"]


def test_sign_up_and_other_side_doors_do_not_exist(browser):
    for path in ("signup", "email", "password/reset", "password/set", "confirm-email", "inactive"):
        assert Browser().get(f"/accounts/{path}/").status_code == 404, path


def test_sign_in_leads_back_only_to_this_site(user):
    fields = {"login": "zhang.wei", "password": PASSWORD}
    for target in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        response = Browser().post("/accounts/login/", {**fields, "next": target})
        assert response.headers["Location"] == "/"
    response = Browser().post("/accounts/login/", {**fields, "next": "/accounts/sessions/"})
    assert response.headers["Location"] == "/accounts/sessions/"


def test_sweep_removes_only_what_has_expired(user):
    with time_machine.travel(NOW, tick=False) as clock:
        Browser().sign_in()
        clock.shift(timedelta(days=6))
        browser = Browser()
        browser.sign_in()
        clock.shift(timedelta(days=1, seconds=1))
        sweep_accounts(datetime.now(UTC))
        assert Session.objects.count() == UserSession.objects.count() == 1
