"""Roles on screen: what each may do is seen and edited, and nobody climbs by it (R08, SA-02)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.console.conftest import Browser, Company

from yinuo.domains.network.models import Person, Role
from yinuo.platform.journal.models import AuditEntry

pytestmark = [pytest.mark.req("R08", "SA-02")]


_TICKED = re.compile(r'name="(\w+)" value="([a-z_]+:[a-z_]+)"[^>]* checked')


def _edit(browser: Browser, address: str, **typed: object) -> Any:
    """Open the form of a role and send it as it is shown, but for what is typed."""
    shown: dict[str, list[str]] = {}
    for group, right in _TICKED.findall(browser.read(address)):
        shown.setdefault(group, []).append(right)
    names = {"name_zh": "某角色", "name_en": "Some role"}
    return browser.fill(address, **(names | shown | typed))


def _address(code: str) -> str:
    return f"/settings/roles/{Role.objects.get(code=code).public_id}/"


@pytest.mark.django_db
def test_edited_role_lets_its_holders_do_other_things_after_they_sign_in_anew(
    company: Company, colleague: Callable[..., Browser]
) -> None:
    technician = colleague("technician")
    assert technician.get("/quotes/").status_code == 403
    role = Role.objects.get(code="technician")
    money = ["quote:read", "letter:read", "letter:write"]
    made = _edit(company.browser, _address("technician"), name_zh="现场工程师", money=money)
    assert made.status_code == 302
    assert technician.get("/quotes/").status_code == 302, "signed out"
    holder = Person.objects.exclude(user__username="chen.min").get()
    technician.force_login(holder.user)
    assert technician.get("/quotes/").status_code == 200
    page = company.browser.read("/settings/roles/")
    assert "Some role" in page
    entry = AuditEntry.objects.get(action="network.edit_role")
    assert entry.subject_id == role.public_id
    assert "quote:read" in entry.after["rights"]
    assert technician.get("/settings/roles/").status_code == 403


@pytest.mark.django_db
def test_new_role_is_given_to_people_and_its_code_is_checked(company: Company) -> None:
    new = "/settings/roles/new/"
    names = {"name_zh": "夜班组长", "name_en": "Night lead"}
    assert company.browser.fill(new, code="Night Lead", **names).status_code == 422
    assert company.browser.fill(new, code="technician", **names).status_code == 422
    made = company.browser.fill(new, code="night_lead", requests=["duty:read"], **names)
    assert made.status_code == 302
    assert Role.objects.get(code="night_lead").permissions == ["duty:read"]
    assert company.browser.fill(new, code="other", money=["root:all"], **names).status_code == 422


@pytest.mark.django_db
def test_words_that_cover_several_rights_stay_while_all_of_them_are_ticked(
    company: Company,
) -> None:
    role = Role.objects.get(code="service_consultant")
    assert "*:read" in role.permissions
    assert _edit(company.browser, _address(role.code), name_en="Consultant").status_code == 302
    role.refresh_from_db()
    assert "*:read" in role.permissions
    fewer = _edit(company.browser, _address(role.code), money=["price:read"])
    assert fewer.status_code == 302
    role.refresh_from_db()
    assert "*:read" not in role.permissions
    assert "customer:read" in role.permissions


@pytest.mark.django_db
def test_nobody_adds_rights_to_a_role_that_he_holds_nor_ends_the_last_administrator(
    company: Company,
) -> None:
    role = Role.objects.get(code="administrator")
    address = _address(role.code)
    refused = _edit(company.browser, address, money=["price:read", "breach:approve"])
    assert refused.status_code == 422
    assert "You hold this role yourself" in refused.content.decode()
    last = _edit(company.browser, address, organisation=["person:read", "role:write"])
    assert last.status_code == 409
    role.refresh_from_db()
    assert "role:*" in role.permissions


@pytest.mark.django_db
def test_rights_that_a_later_version_gave_the_standard_role_are_shown_and_taken_over(
    company: Company,
) -> None:
    role = Role.objects.get(code="technician")
    kept = [word for word in role.permissions if word != "relocation:read"]
    Role.objects.filter(pk=role.pk).update(permissions=kept)
    address = f"/settings/roles/{role.public_id}/?standard=1"
    assert address in company.browser.read("/settings/roles/")
    assert _edit(company.browser, address).status_code == 302
    role.refresh_from_db()
    assert "relocation:read" in role.permissions
    assert address not in company.browser.read("/settings/roles/")
