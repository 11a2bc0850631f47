"""R18: an empty installation belongs to whoever reads its console, and to nobody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from tests.platform.accounts.conftest import PASSWORD, Browser

from yinuo.domains.network.models import Person, ServiceUnit
from yinuo.platform.accounts.models import SetupCode, User
from yinuo.platform.accounts.services import ensure_setup_code

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
pytestmark = [pytest.mark.req("R18"), pytest.mark.django_db]


def fields(code: str | None, **changes: str) -> dict[str, str]:
    return {
        "code": code or "",
        "organisation": "一诺演示公司",
        "name": "林 安",
        "username": "lin.an",
        "password": PASSWORD,
        "password_again": PASSWORD,
        **changes,
    }


def set_up(code: str | None, browser: Browser | None = None, **changes: str):
    return (browser or Browser()).post("/setup/", fields(code, **changes))


def test_empty_installation_has_no_account_at_all():
    ensure_setup_code(NOW)
    assert not User.objects.exists()
    assert not ServiceUnit.objects.exists()


def test_code_from_the_console_makes_the_company_and_its_administrator():
    code = ensure_setup_code(NOW)
    browser = Browser()
    assert browser.get("/setup/").status_code == 200
    response = set_up(code, browser)
    assert response.status_code == 302
    assert browser.is_signed_in
    person = Person.objects.get(user_id=User.objects.get().pk)
    assert (person.name, person.unit.name) == ("林 安", "一诺演示公司")
    assert [role.code for role in person_roles(person)] == ["administrator"]
    assert Browser().sign_in("lin.an").status_code == 302


def person_roles(person: Person):
    return [assignment.role for assignment in person.assignments.select_related("role")]


def test_set_up_is_gone_after_use():
    code = ensure_setup_code(NOW)
    set_up(code)
    assert ensure_setup_code(NOW) is None
    assert Browser().get("/setup/").status_code == 404
    assert set_up(code, username="somebody.else").status_code == 404
    assert User.objects.count() == 1


def test_set_up_is_absent_where_users_exist_even_with_an_unused_code(make_user):
    code = ensure_setup_code(NOW)
    make_user()
    assert Browser().get("/setup/").status_code == 404
    assert set_up(code).status_code == 404
    assert User.objects.count() == 1


def test_without_a_code_there_is_no_set_up():
    for code in (None, "", "AAAAA-AAAAA-AAAAA-AAAAA"):
        response = set_up(code)
        assert response.status_code == 200
        assert "code" in response.context["form"].errors
    assert not User.objects.exists()


def test_wrong_code_changes_nothing_and_keeps_what_was_typed():
    code = ensure_setup_code(NOW)
    response = set_up(code[:-1] + ("2" if code[-1] != "2" else "3"))
    page = response.content.decode()
    assert "一诺演示公司" in page
    assert "lin.an" in page
    assert PASSWORD not in page
    assert not User.objects.exists()
    assert not ServiceUnit.objects.exists()


def test_code_is_kept_as_a_hash_and_has_98_random_bits():
    code = ensure_setup_code(NOW)
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{5}(-[2-9A-HJKMNP-Z]{5}){3}", code)
    row = SetupCode.objects.get()
    assert code.replace("-", "").encode() not in bytes(row.code_hash)
    assert len(bytes(row.code_hash)) == 32


def test_second_start_prints_another_code_and_the_first_is_void():
    first, second = ensure_setup_code(NOW), ensure_setup_code(NOW)
    assert first != second
    assert set_up(first).status_code == 200
    assert not User.objects.exists()
    assert set_up(second).status_code == 302


def test_code_may_be_typed_without_hyphens_and_in_lower_case():
    code = ensure_setup_code(NOW)
    assert set_up(f" {code.replace('-', ' ').lower()} ").status_code == 302


def test_refused_password_leaves_the_code_good():
    code = ensure_setup_code(NOW)
    for weak in ("password2026!!", "lin.an-20260302", "short"):
        response = set_up(code, password=weak, password_again=weak)
        assert "password" in response.context["form"].errors
    assert not User.objects.exists()
    assert set_up(code).status_code == 302


def test_password_must_be_typed_twice_alike():
    code = ensure_setup_code(NOW)
    response = set_up(code, password_again="something different")
    assert "password_again" in response.context["form"].errors
    assert not User.objects.exists()


def test_failure_while_founding_leaves_neither_user_nor_used_code():
    code = ensure_setup_code(NOW)
    # A unit that came from elsewhere: founding refuses.
    unit = ServiceUnit.objects.create(code="XX", name="X", name_key="x", level=1, path="/1/")
    assert set_up(code).status_code < 500
    assert not User.objects.exists()
    unit.delete()
    assert set_up(code).status_code == 302


def test_guessing_the_code_is_slow():
    code = ensure_setup_code(NOW)
    with time_machine.travel(NOW, tick=False) as clock:
        answers = [set_up("AAAAA-BBBBB-CCCCC-DDDDD").status_code for _ in range(6)]
        assert answers == [200] * 5 + [429]
        assert set_up(code).status_code == 429
        assert not User.objects.exists()
        clock.shift(timedelta(minutes=1))
        assert set_up(code).status_code == 302


def test_sign_in_page_of_an_empty_installation_leads_to_the_set_up(make_user):
    response = Browser().get("/accounts/login/")
    assert (response.status_code, response.headers["Location"]) == (302, "/setup/")
    make_user()
    assert Browser().get("/accounts/login/").status_code == 200
