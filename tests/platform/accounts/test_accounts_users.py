"""One person, one name: how users are named and what their creation refuses."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from tests.platform.accounts.conftest import PASSWORD, Browser

from yinuo.platform.accounts.models import User
from yinuo.platform.accounts.services import NewUser, create_user
from yinuo.platform.errors import InvalidInput

pytestmark = pytest.mark.django_db


def refused_fields(**changes: str) -> set[str]:
    content = {"username": "li.na", "display_name": "李娜", "password": PASSWORD, **changes}
    with pytest.raises(InvalidInput) as refused:
        create_user(NewUser(**content), now=timezone.now())
    assert not User.objects.filter(username="li.na").exists()
    return set(refused.value.fields)


def test_every_spelling_of_name_and_address_signs_in(make_user):
    make_user("Zhang.WEI", email="Zhang.Wei@Example.org")
    for login in ("zhang.wei", "ZHANG.wei", " ｚｈａｎｇ．ｗｅｉ", "zhang.wei@example.ORG"):
        assert Browser().sign_in(login).status_code == 302, login


def test_name_is_taken_in_every_spelling(make_user):
    make_user("zhang.wei", email="zhang@example.org")
    assert refused_fields(username="ZHANG.WEI") == {"username"}
    assert refused_fields(username="ｚｈａｎｇ．ｗｅｉ") == {"username"}
    assert refused_fields(email="ZHANG@example.org") == {"email"}


def test_database_itself_refuses_a_second_spelling(user):
    for change in ({"username": "Zhang.Wei"}, {"username": ""}, {"email": "Upper@example.org"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=user.pk).update(**change)


@pytest.mark.parametrize(
    "username",
    ["", "has blank", "somebody@example.org", "a" * 65, "semi;colon", "<b>", "zero\u200bwidth"],
)
def test_badly_formed_user_names_are_refused(username):
    assert refused_fields(username=username) == {"username"}


def test_all_problems_are_named_at_once():
    fields = refused_fields(username="?", display_name=" ", email="nonsense", password="short")
    assert fields == {"username", "display_name", "email", "password"}


def test_chinese_names_are_welcome(make_user):
    user = make_user("章唯", display_name="章唯")
    assert Browser().sign_in("章唯").status_code == 302
    assert user.get_full_name() == "章唯"


def test_users_without_an_address_do_not_collide(make_user):
    make_user("li.na")
    make_user("li.si")
    assert Browser().sign_in("").status_code == 200


def test_public_id_is_a_random_uuid_of_version_7(make_user):
    ids = [make_user(f"user{number}").public_id for number in range(3)]
    assert len(set(ids)) == 3
    assert all(isinstance(each, uuid.UUID) and each.version == 7 for each in ids)


@pytest.mark.req("R16")
def test_user_without_a_password_cannot_sign_in_by_form(make_user):
    make_user("robot", password=None)
    for guess in ("", "!", "None"):
        assert Browser().sign_in("robot", guess).status_code == 200


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/logout/", "/setup/"])
def test_forms_of_another_site_change_nothing(path):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(path, {"login": "zhang.wei", "password": PASSWORD}).status_code == 403


@pytest.mark.req("R30")
@pytest.mark.parametrize("text", ["\x00", "\ud800", "😀" * 400, "a" * 50_000, "' OR 1=1 --", "%s"])
def test_hostile_text_at_sign_in_is_an_ordinary_refusal(user, text):
    for login, password in ((text, "wrong"), ("zhang.wei", text), (text, text)):
        body = {"login": login, "password": password}
        encoded = "&".join(f"{name}={_quote(value)}" for name, value in body.items())
        response = Browser().post(
            "/accounts/login/", encoded, content_type="application/x-www-form-urlencoded"
        )
        assert response.status_code == 200


def _quote(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))
