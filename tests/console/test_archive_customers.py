"""Customers, sites, contacts and projects through the pages of the console."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from tests.console.conftest import Browser, Company

from yinuo.domains.assets.models import Project
from yinuo.domains.customers.models import Contact, Customer, Site
from yinuo.domains.network.models import ServiceUnit


@pytest.mark.req("B-02")
def test_customer_file_opens_after_the_customer_was_made(
    company: Company, customer: Customer
) -> None:
    page = company.browser.read(f"/customers/{customer.public_id}/")
    assert customer.name in page
    assert f"/customers/{customer.public_id}/sites/new/" in page
    assert f"/customers/{customer.public_id}/contracts/new/" in page
    assert customer.name in company.browser.read("/customers/?q=云帆")


@pytest.mark.req("R37")
def test_same_form_sent_twice_makes_one_customer(company: Company) -> None:
    unit_id = str(company.headquarters.public_id)
    form = company.browser.hidden("/customers/new/") | {"name": "远望科技", "unit_id": unit_id}
    first = company.browser.send("/customers/new/", form)
    second = company.browser.send("/customers/new/", form)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Customer.objects.count() == 1


@pytest.mark.req("R37")
def test_form_reached_again_by_back_button_asks_before_a_second_customer(company: Company) -> None:
    unit_id = str(company.headquarters.public_id)
    form = company.browser.hidden("/customers/new/") | {"name": "远望科技", "unit_id": unit_id}
    company.browser.send("/customers/new/", form)
    again = company.browser.send("/customers/new/", form | {"name": "远望科技二部"})
    assert again.status_code == 422
    assert "already saved once" in again.content.decode()
    assert "远望科技二部" in again.content.decode()
    assert Customer.objects.count() == 1


@pytest.mark.req("R30")
def test_form_without_its_key_is_shown_again_with_its_text(company: Company) -> None:
    unit_id = str(company.headquarters.public_id)
    answer = company.browser.send("/customers/new/", {"name": "无钥匙", "unit_id": unit_id})
    assert answer.status_code == 422
    assert "无钥匙" in answer.content.decode()
    assert not Customer.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "客" * 201])
def test_bad_name_is_explained_at_the_field_and_kept(company: Company, name: str) -> None:
    unit_id = str(company.headquarters.public_id)
    answer = company.browser.fill("/customers/new/", name=name, unit_id=unit_id, notes="电话已核")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_name_error"' in page
    assert "电话已核" in page
    assert name.strip() in page
    assert not Customer.objects.exists()


def test_markup_in_every_field_is_shown_as_text(company: Company) -> None:
    evil = "<script>alert(1)</script>"
    unit_id = str(company.headquarters.public_id)
    company.browser.fill("/customers/new/", name=evil, short_name=evil, notes=evil, unit_id=unit_id)
    customer = Customer.objects.get()
    base = f"/customers/{customer.public_id}/"
    company.browser.fill(base + "sites/new/", name=evil, address=evil, zone="Asia/Shanghai")
    company.browser.fill(base + "contacts/new/", name=evil, title=evil, phones=["13800138000"])
    company.browser.fill(base + "projects/new/", name=evil)
    page = company.browser.read(base)
    assert Site.objects.exists()
    assert Contact.objects.exists()
    assert Project.objects.exists()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.req("R38")
def test_stale_form_shows_both_versions_and_can_be_saved_over(
    company: Company, customer: Customer, colleague: Callable[..., Browser]
) -> None:
    address = f"/customers/{customer.public_id}/edit/"
    other = colleague("service_consultant")
    mine = company.browser.hidden(address) | {
        "name": "我的新名",
        "notes": "我的备注",
        "active": "on",
    }
    other.fill(address, name="同事的新名", notes="", active="on")
    refused = company.browser.send(address, mine)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "我的新名" in page
    assert "同事的新名" in page
    assert "我的备注" in page
    customer.refresh_from_db()
    assert customer.name == "同事的新名"
    again = dict(mine) | dict(_hidden(page))
    assert company.browser.send(address, again).status_code == 302
    customer.refresh_from_db()
    assert customer.name == "我的新名"


def _hidden(page: str) -> list[tuple[str, str]]:
    import re

    form = page.partition('id="editor"')[2]
    return re.findall(r'<input type="hidden" name="(key|version)" value="([^"]*)"', form)


def test_contact_keeps_several_numbers_in_any_writing(company: Company, customer: Customer) -> None:
    base = f"/customers/{customer.public_id}/"
    answer = company.browser.fill(
        base + "contacts/new/",
        name="欧阳晓岚",
        phones=["＋86 138-0013-8000", "", "0755-2688 1234 转 802"],
    )
    assert answer.status_code == 302
    contact = Contact.objects.get()
    assert {one.digits for one in contact.phones.all()} == {"13800138000", "075526881234"}
    edited = company.browser.fill(
        f"/contacts/{contact.public_id}/edit/",
        name="欧阳晓岚",
        phones=["010-5555 6666"],
        active="on",
    )
    assert edited.status_code == 302
    assert [one.digits for one in contact.phones.all()] == ["01055556666"]


def test_wrong_number_and_address_stay_in_the_form(company: Company, customer: Customer) -> None:
    answer = company.browser.fill(
        f"/customers/{customer.public_id}/contacts/new/",
        name="张三",
        phones=["call me", "13800138000"],
        email="nobody",
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="call me"' in page
    assert 'value="nobody"' in page
    assert not Contact.objects.exists()


def test_site_has_a_time_zone_that_must_exist(company: Company, customer: Customer) -> None:
    address = f"/customers/{customer.public_id}/sites/new/"
    refused = company.browser.fill(address, name="火星基地", zone="Mars/Olympus")
    assert refused.status_code == 422
    assert "火星基地" in refused.content.decode()
    company.browser.fill(address, name="乌鲁木齐机房", zone="Asia/Urumqi")
    site = Site.objects.get()
    assert site.zone == "Asia/Urumqi"
    edit = f"/sites/{site.public_id}/edit/"
    assert 'value="Asia/Urumqi" selected' in company.browser.read(edit)
    company.browser.fill(edit, name="乌鲁木齐机房", zone="Asia/Shanghai", address="迎宾路 1 号")
    site.refresh_from_db()
    assert (site.zone, site.active) == ("Asia/Shanghai", False)


def test_acceptance_of_a_project_can_come_later(company: Company, customer: Customer) -> None:
    company.browser.fill(f"/customers/{customer.public_id}/projects/new/", name="一期")
    project = Project.objects.get()
    assert project.accepted_on is None
    answer = company.browser.fill(
        f"/projects/{project.public_id}/edit/", name="一期", accepted_on="２０２６-03-01"
    )
    assert answer.status_code == 302
    project.refresh_from_db()
    assert project.accepted_on == date(2026, 3, 1)


def test_wrong_day_is_explained_and_kept(company: Company, customer: Customer) -> None:
    address = f"/customers/{customer.public_id}/projects/new/"
    answer = company.browser.fill(address, name="一期", accepted_on="2026-02-30")
    assert answer.status_code == 422
    assert "2026-02-30" in answer.content.decode()


@pytest.mark.req("R03")
def test_foreign_and_absent_files_answer_alike(
    company: Company, customer: Customer, branch: ServiceUnit, colleague: Callable[..., Browser]
) -> None:
    stranger = colleague("account_manager", branch)
    company.browser.fill(
        f"/customers/{customer.public_id}/sites/new/", name="机房", zone="Asia/Shanghai"
    )
    site = Site.objects.get()
    for path in ("/customers/{}/", "/customers/{}/edit/", "/customers/{}/contracts/new/"):
        foreign = stranger.get(path.format(customer.public_id))
        absent = stranger.get(path.format(uuid4()))
        assert foreign.status_code == absent.status_code == 404
    assert stranger.get(f"/sites/{site.public_id}/edit/").status_code == 404


@pytest.mark.req("R02")
def test_site_of_another_customer_is_absent(company: Company, customer: Customer) -> None:
    unit_id = str(company.headquarters.public_id)
    company.browser.fill("/customers/new/", name="另一家", unit_id=unit_id)
    other = Customer.objects.get(name="另一家")
    company.browser.fill(
        f"/customers/{other.public_id}/sites/new/", name="机房", zone="Asia/Shanghai"
    )
    site = Site.objects.get()
    answer = company.browser.fill(
        f"/customers/{customer.public_id}/contacts/new/", name="张三", site_id=site.public_id
    )
    assert answer.status_code == 404
    assert not Contact.objects.exists()


@pytest.mark.req("R02")
def test_unit_one_may_not_write_in_is_absent(
    company: Company, branch: ServiceUnit, colleague: Callable[..., Browser]
) -> None:
    consultant = colleague("service_consultant", branch)
    answer = consultant.fill("/customers/new/", name="越权", unit_id=company.headquarters.public_id)
    assert answer.status_code == 404
    assert not Customer.objects.exists()


@pytest.mark.req("R01")
def test_reader_gets_no_buttons_and_no_forms(
    customer: Customer, colleague: Callable[..., Browser]
) -> None:
    reader = colleague("leadership")
    page = reader.read(f"/customers/{customer.public_id}/")
    assert "/edit/" not in page
    assert "/new/" not in page
    assert reader.get("/customers/new/").status_code == 403
    assert reader.get(f"/customers/{customer.public_id}/edit/").status_code == 403
    assert reader.get(f"/customers/{customer.public_id}/sites/new/").status_code == 403
