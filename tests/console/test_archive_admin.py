"""Units, people, roles, accounts and tokens through the pages of the console."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from tests.console.conftest import PASSWORD, Browser, Company

from yinuo.domains.network.models import Assignment, Person, ServiceUnit
from yinuo.platform.accounts.models import ApiToken, User

OWN_PASSWORD = "river_Kettle_81_slow"
_ADDRESS = re.compile(r'value="http://testserver(/welcome/\?invitation=[^"]+)"')
_KEY = re.compile(r'id="(?:role|account)">.*?name="key" value="([0-9a-f]+)"', re.DOTALL)


@pytest.fixture
def person(company: Company, branch: ServiceUnit) -> Person:
    """Somebody in the branch, without role and account."""
    company.browser.fill(
        "/settings/people/new/", name="欧阳娜娜", phone="13800138000", unit_id=branch.public_id
    )
    return Person.objects.get(name="欧阳娜娜")


def _send(browser: Browser, person: Person, part: str, form_id: str, **typed: object) -> str:
    address = f"/settings/people/{person.public_id}/"
    form = browser.read(address).partition(f'id="{form_id}"')[2]
    key = re.findall(r'name="key" value="([0-9a-f]+)"', form)[0]
    answer = browser.send(f"{address}{part}/", {"key": key} | typed)
    assert answer.status_code in {200, 302, 422, 403}, answer.status_code
    return str(answer.content.decode())


def test_unit_is_made_below_headquarters(company: Company, branch: ServiceUnit) -> None:
    assert branch.parent == company.headquarters
    assert "深圳" in company.browser.read("/settings/units/")


@pytest.mark.parametrize("code", ["", "s", "SZ-1", "HQ"])
def test_bad_or_taken_code_is_explained_and_kept(company: Company, code: str) -> None:
    answer = company.browser.fill(
        "/settings/units/new/", name="某中心", code=code, parent_id=company.headquarters.public_id
    )
    assert answer.status_code == 422
    assert 'id="id_code_error"' in answer.content.decode()
    assert "某中心" in answer.content.decode()
    assert ServiceUnit.objects.count() == 1


def test_unit_is_closed_and_headquarters_is_not(company: Company, branch: ServiceUnit) -> None:
    company.browser.fill(f"/settings/units/{branch.public_id}/", name="深圳服务中心")
    branch.refresh_from_db()
    assert (branch.name, branch.active) == ("深圳服务中心", False)
    refused = company.browser.fill(
        f"/settings/units/{company.headquarters.public_id}/", name="总部"
    )
    assert refused.status_code == 422
    company.headquarters.refresh_from_db()
    assert company.headquarters.active


@pytest.mark.req("R11", "R16")
def test_invited_person_chooses_the_password_and_gets_in_once(
    company: Company, person: Person, branch: ServiceUnit
) -> None:
    _send(
        company.browser, person, "roles", "role", role_code="technician", unit_id=branch.public_id
    )
    page = _send(company.browser, person, "account", "account", username="Ouyang.Nana")
    address = _ADDRESS.findall(page)[0]
    assert address not in company.browser.read(f"/settings/people/{person.public_id}/")
    guest = Client()
    weak = guest.post(address, {"password": "password1234", "password_again": "password1234"})
    assert weak.status_code == 422
    assert guest.get("/requests/").status_code != 200
    done = guest.post(address, {"password": OWN_PASSWORD, "password_again": OWN_PASSWORD})
    assert done.status_code == 302
    assert guest.get("/requests/").status_code == 200
    assert guest.get(address).status_code == 404
    again = Client()
    again.post("/accounts/login/", {"login": "ouyang.nana", "password": OWN_PASSWORD})
    assert again.get("/requests/").status_code == 200


def test_invitation_ends_after_three_days_and_with_the_next_one(
    company: Company, person: Person
) -> None:
    page = _send(company.browser, person, "account", "account", username="nana")
    first = _ADDRESS.findall(page)[0]
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert Client().get(first).status_code == 404
    answer = company.browser.send(f"/settings/people/{person.public_id}/invitation/", {})
    second = _ADDRESS.findall(answer.content.decode())[0]
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


def test_taken_user_name_is_explained_and_kept(company: Company, person: Person) -> None:
    page = _send(company.browser, person, "account", "account", username="ＣＨＥＮ.min")
    assert "ＣＨＥＮ.min" in page
    assert 'id="id_username_error"' in page
    person.refresh_from_db()
    assert person.user_id is None


@pytest.mark.req("R08")
def test_nobody_takes_over_an_account_that_may_do_more(
    company: Company, branch: ServiceUnit, person: Person, colleague: Callable[..., Browser]
) -> None:
    """The branch's administrator must not invite, and so impersonate, somebody who holds a role at
    headquarters."""
    _send(
        company.browser,
        person,
        "roles",
        "role",
        role_code="administrator",
        unit_id=company.headquarters.public_id,
    )
    _send(company.browser, person, "account", "account", username="nana")
    local = colleague("administrator", branch)
    answer = local.send(f"/settings/people/{person.public_id}/invitation/", {})
    assert answer.status_code != 200
    assert "/welcome/" not in answer.content.decode()


@pytest.mark.req("R08")
def test_nobody_gives_himself_a_role_that_exceeds_his_own(company: Company) -> None:
    """The administrator may give every role, but business rights not to himself."""
    me = Person.objects.get()
    page = _send(
        company.browser,
        me,
        "roles",
        "role",
        role_code="service_director",
        unit_id=company.headquarters.public_id,
    )
    assert "do not have the right" in page
    assert not Assignment.objects.filter(role__code="service_director").exists()


@pytest.mark.req("R08")
def test_last_administrator_stays(company: Company) -> None:
    me = Person.objects.get()
    address = f"/settings/people/{me.public_id}/"
    unit_id = company.headquarters.public_id
    taken = company.browser.send(
        f"{address}roles/end/", {"role_code": "administrator", "unit_id": unit_id}
    )
    gone = company.browser.send(f"{address}end/", {"version": me.version})
    assert taken.status_code == gone.status_code == 409
    assert "last administrator" in taken.content.decode()
    assert company.browser.get("/settings/").status_code == 200


@pytest.mark.req("R14")
def test_person_who_left_is_out_at_once(
    company: Company, colleague: Callable[..., Browser]
) -> None:
    consultant = colleague("service_consultant", name="离职者")
    person = Person.objects.get(name="离职者")
    assert consultant.get("/requests/").status_code == 200
    company.browser.send(f"/settings/people/{person.public_id}/end/", {"version": person.version})
    assert consultant.get("/requests/").status_code == 302
    fresh = Client()
    fresh.post("/accounts/login/", {"login": _username(person), "password": PASSWORD})
    assert fresh.get("/requests/").status_code == 302


def test_person_who_came_back_signs_in_with_the_roles_he_had(
    company: Company, colleague: Callable[..., Browser]
) -> None:
    colleague("service_consultant", name="回归者")
    person = Person.objects.get(name="回归者")
    address = f"/settings/people/{person.public_id}/"
    company.browser.send(f"{address}end/", {"version": person.version})
    person.refresh_from_db()
    assert f"{address}return/" in company.browser.read(address)
    company.browser.send(f"{address}return/", {"version": person.version})
    fresh = Client()
    fresh.post("/accounts/login/", {"login": _username(person), "password": PASSWORD})
    assert fresh.get("/requests/").status_code == 200
    person.refresh_from_db()
    again = company.browser.send(f"{address}return/", {"version": person.version})
    assert again.status_code == 409


@pytest.mark.req("R38")
def test_stale_end_of_work_is_refused(company: Company, person: Person) -> None:
    address = f"/settings/people/{person.public_id}/"
    company.browser.fill(f"{address}edit/", name="改名", unit_id=person.unit.public_id)
    assert company.browser.send(f"{address}end/", {"version": 1}).status_code == 409
    person.refresh_from_db()
    assert person.active


def test_only_administrators_find_the_forms(
    person: Person, branch: ServiceUnit, colleague: Callable[..., Browser]
) -> None:
    reader = colleague("leadership")
    page = reader.read(f"/settings/people/{person.public_id}/")
    assert "/edit/" not in page
    assert "/roles/" not in page
    assert reader.get("/settings/people/new/").status_code == 403
    assert reader.get("/settings/units/new/").status_code == 403
    assert reader.get(f"/settings/units/{branch.public_id}/").status_code == 403
    assert reader.get(f"/settings/people/{uuid4()}/").status_code == 404


@pytest.mark.req("R16")
def test_token_secret_is_shown_once_and_stored_as_a_hash(company: Company) -> None:
    form = company.browser.hidden("/tokens/") | {
        "name": "夜间导入",
        "days": 30,
        "scopes": ["customer:read", "customer:write"],
    }
    made = company.browser.send("/tokens/", form)
    secret = re.findall(r'value="(yn_[^"]+)"', made.content.decode())[0]
    again = company.browser.send("/tokens/", form)
    assert again.status_code == 302
    assert secret not in company.browser.read("/tokens/")
    token = ApiToken.objects.get()
    assert secret.encode() not in bytes(token.secret_hash)
    assert token.scopes == ["customer:read", "customer:write"]


def test_token_without_rights_or_name_is_explained(company: Company) -> None:
    answer = company.browser.fill("/tokens/", name="", days=30)
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_token_ends_at_once_and_only_its_holder_ends_it(
    company: Company, colleague: Callable[..., Browser]
) -> None:
    company.browser.fill("/tokens/", name="导入", days=30, scopes=["customer:read"])
    token = ApiToken.objects.get()
    other = colleague("administrator")
    assert other.send(f"/tokens/{token.public_id}/end/", {}).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None
    assert company.browser.send(f"/tokens/{token.public_id}/end/", {}).status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert User.objects.count() == 2


def _username(person: Person) -> str:
    assert person.user is not None
    return person.user.username
