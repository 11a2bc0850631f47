"""The customer's signed-in contact follows the emergency plan of his request and answers it."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories import make_contact, make_customer
from tests.factories.archive import make_site
from tests.factories.emergency import Vendor, advance, another, fresh, make_plan, make_vendor
from tests.portal.conftest import invited

from yinuo.domains.customers.models import Contact, Customer
from yinuo.domains.emergency.models import ChainAct, EmergencyPlan

pytestmark = pytest.mark.req("BP-07", "BP-08", "R06")


@pytest.fixture
def vendor(db: None) -> Vendor:
    return make_vendor()


def visitor_of(vendor: Vendor, contact: Contact) -> Client:
    user = invited(vendor.company.administrator, contact, f"kehu{contact.pk}")
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    browser.force_login(user)
    return browser


def contact_of(customer: Customer) -> Contact:
    found = Contact.objects.filter(customer=customer).first()
    assert found is not None
    return found


def path(vendor: Vendor) -> str:
    return f"/my/requests/{vendor.request.public_id}/emergency/"


def test_he_reads_the_chain_and_agrees_by_his_account(vendor: Vendor) -> None:
    browser = visitor_of(vendor, contact_of(vendor.customer))
    assert browser.get(path(vendor)).status_code == 404
    row = make_plan(vendor, "written")
    page = browser.get(path(vendor)).content.decode()
    assert "韩应急" not in page
    assert "更换光模块" not in page
    advance(vendor, row, "acknowledged")
    page = browser.get(path(vendor)).content.decode()
    for shown in ("韩应急", "更换光模块", "I agree"):
        assert shown in page
    assert "机房夜间需登记" not in page
    assert (
        "We ask for your agreement"
        in browser.get(f"/my/requests/{vendor.request.public_id}/").content.decode()
    )
    stale = browser.post(path(vendor), {"outcome": "accepted", "version": "1"}, follow=True)
    assert "The plan changed meanwhile" in stale.content.decode()
    said = {"outcome": "accepted", "version": str(fresh(row).version)}
    assert (
        "Your answer is recorded" in browser.post(path(vendor), said, follow=True).content.decode()
    )
    act = ChainAct.objects.get(plan=row, act="agreed")
    assert (act.standing, act.done_by) == ("account", contact_of(vendor.customer).name)
    twice = browser.post(path(vendor), {**said, "version": str(fresh(row).version)}, follow=True)
    assert "did this already" in twice.content.decode()
    for state in ("approved", "released", "departed"):
        advance(vendor, row, state)
    page = browser.get(path(vendor)).content.decode()
    assert "I agree" not in page
    assert "What you were told about our arrival" in page


def test_he_declines_with_a_reason_only(vendor: Vendor) -> None:
    browser = visitor_of(vendor, contact_of(vendor.customer))
    row = make_plan(vendor, "acknowledged")
    version = str(fresh(row).version)
    bare = browser.post(path(vendor), {"outcome": "declined", "version": version}, follow=True)
    assert "Say why" in bare.content.decode()
    browser.post(path(vendor), {"outcome": "declined", "version": version, "reason": "太贵"})
    assert fresh(row).state == "declined"
    assert "更换光模块" not in browser.get(path(vendor)).content.decode()


@pytest.mark.parametrize("outcome", ["", "maybe", "approved"])
def test_no_other_answer_moves_the_plan(vendor: Vendor, outcome: str) -> None:
    browser = visitor_of(vendor, contact_of(vendor.customer))
    row = make_plan(vendor, "acknowledged")
    before = fresh(row)
    browser.post(path(vendor), {"outcome": outcome, "version": str(before.version)})
    assert (fresh(row).state, fresh(row).version) == (before.state, before.version)


def test_another_customer_sees_and_answers_nothing(vendor: Vendor) -> None:
    row = make_plan(vendor, "acknowledged")
    other = make_customer(vendor.consultant, vendor.unit)
    site = make_site(vendor.consultant, other)
    browser = visitor_of(vendor, make_contact(vendor.consultant, other, site=site))
    assert browser.get(path(vendor)).status_code == 404
    said = {"outcome": "accepted", "version": str(fresh(row).version)}
    assert browser.post(path(vendor), said).status_code == 404
    assert EmergencyPlan.objects.get(pk=row.pk).state == "running"


def test_a_request_without_a_plan_shows_none(vendor: Vendor) -> None:
    browser = visitor_of(vendor, contact_of(vendor.customer))
    bare = another(vendor)
    page = browser.get(f"/my/requests/{bare.request.public_id}/")
    assert page.status_code == 200
    assert "Emergency plan" not in page.content.decode()
