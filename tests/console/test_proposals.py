"""Charges proposed from finished sheets: by the customer's list, confirmed by a person, once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.console.conftest import Browser, browser_of
from tests.console.test_quotes import plain
from tests.factories import Member, make_asset, make_customer, make_member, make_site, open_fault
from tests.factories.billing import publish_prices
from tests.factories.centre import Centre, make_centre
from tests.factories.letters import make_sent_letter
from tests.factories.work import REPORT, advance, fresh, issue, make_work_order, step, take

from yinuo.domains.billing.models import Charge
from yinuo.domains.billing.proposals import propose_charges
from yinuo.domains.billing.services.letter_answers import mark_wrong_diagnosis
from yinuo.domains.customers.models import Site
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(db: None) -> Centre:
    made = make_centre()
    publish_prices(made.company.administrator)
    return made


@pytest.fixture
def manager(centre: Centre) -> Member:
    return make_member(centre.company.administrator, centre.unit, ["service_manager"])


def desk(member: Member) -> Browser:
    return browser_of(User.objects.get(pk=member.user.pk))


def paid_request(centre: Centre, zone: str = "inner") -> Any:
    """A fault of a customer without any contract, at a site in a price zone."""
    customer = make_customer(centre.specialist, centre.unit)
    site = make_site(centre.specialist, customer)
    Site.objects.filter(pk=site.pk).update(price_zone=zone)
    asset = make_asset(centre.specialist, customer, site)
    return open_fault(centre.specialist, customer, level="", asset=asset)


def worked(centre: Centre, request: Any, hours: int = 2, after: Any = None, **report: Any) -> Any:
    """A sheet of a visit that lasted so many hours."""
    order = issue(centre.specialist, request, after=after)
    take(centre.technician, order)
    advance(centre.technician, order, "arrived")
    step(centre.technician, order, "worked", report=replace(REPORT, **report))
    order = fresh(order)
    began = order.finished_at - timedelta(hours=hours)
    WorkOrder.objects.filter(pk=order.pk).update(departed_at=began, arrived_at=began)
    return fresh(order)


def sent_of(page: str) -> dict[str, str]:
    """What the form would send as it stands."""
    form = page.partition('id="editor"')[2]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        found = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if found.get("type") == "radio" and "checked" not in tag:
            continue
        if name := found.get("name"):
            fields[name] = found.get("value", "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)', form):
        fields[name] = text.strip()
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


@pytest.mark.req("LV-10", "B-70")
def test_a_finished_sheet_proposes_its_visit_and_a_person_confirms_it_once(
    centre: Centre, manager: Member
) -> None:
    request = paid_request(centre)
    order = worked(centre, request)
    browser = desk(manager)
    address = f"/requests/{request.public_id}/charges/new/?sheet={order.public_id}"
    assert address in browser.read(f"/requests/{request.public_id}/")
    sent = sent_of(browser.read(address))
    assert (sent["line-0-code"], sent["line-0-zone"]) == ("visit", "inner")
    assert (sent["borne_by"], sent["work_order_id"]) == ("customer", str(order.public_id))
    sent["line-0-persons"] = "2"
    made = browser.send(address, sent)
    assert made.status_code == 302, plain(made)
    row = Charge.objects.get()
    assert (str(row.amount), row.work_order_id) == ("800.00", order.pk)
    assert address not in browser.read(f"/requests/{request.public_id}/")
    fresh = sent_of(browser.read(address.partition("?")[0]))
    again = browser.send(address, sent | {"key": fresh["key"]})
    assert again.status_code == 409
    assert "was charged already" in plain(again)
    assert Charge.objects.count() == 1


@pytest.mark.req("LV-10", "BP-20")
def test_second_visits_long_visits_and_parts_are_proposed_as_the_list_says(
    centre: Centre, manager: Member
) -> None:
    request = paid_request(centre, "outer")
    first = worked(centre, request, hours=9, parts_used="电源模块 1 个")
    worked(centre, request, after=first)
    proposals = propose_charges(manager.actor, request.public_id)
    assert [[item.code for item in one.items] for one in proposals] == [
        ["visit", "part"],
        ["second_visit"],
    ]
    visit, part = proposals[0].items
    assert (visit.zone, str(visit.hours)) == ("outer", "9.00")
    assert (part.cost, part.note) == (None, "电源模块 1 个")
    browser = desk(manager)
    address = f"/requests/{request.public_id}/charges/new/?sheet={first.public_id}"
    sent = sent_of(browser.read(address))
    unfinished = browser.send(address, sent)
    assert unfinished.status_code == 422, "what the part cost is not known yet"
    assert browser.send(address, sent | {"line-1-cost": "86.5"}).status_code == 302
    amounts = [str(one.amount) for one in Charge.objects.order_by("id")]
    assert amounts == ["1200.00", "86.50"], "nine hours count as two visits of eight"


@pytest.mark.req("BP-19")
def test_nothing_is_proposed_where_the_contract_bears_it(centre: Centre, manager: Member) -> None:
    make_work_order(centre.specialist, centre.technician, centre.request, "worked")
    assert propose_charges(manager.actor, centre.request.public_id) == ()
    assert "To be charged" not in desk(manager).read(f"/requests/{centre.request.public_id}/")


@pytest.mark.req("LV-11")
def test_after_a_wrong_diagnosis_the_visit_is_proposed_at_our_cost(
    centre: Centre, manager: Member
) -> None:
    request = paid_request(centre)
    order = worked(centre, request)
    letter = make_sent_letter(centre.manager, request)
    known = {"letter_id": letter.public_id, "version": letter.version}
    mark_wrong_diagnosis(
        actor=centre.manager.actor, reason="实为接线错误", now=timezone.now(), **known
    )
    (proposal,) = propose_charges(manager.actor, request.public_id)
    assert (proposal.borne_by, proposal.reason) == ("misdiagnosis", "实为接线错误")
    browser = desk(manager)
    address = f"/requests/{request.public_id}/charges/new/?sheet={order.public_id}"
    assert browser.send(address, sent_of(browser.read(address))).status_code == 302
    page = plain(browser.read(f"/requests/{request.public_id}/charges/"))
    assert "At our cost 400.00 CNY" in page
    assert "The customer pays 0.00 CNY" in page


@pytest.mark.req("R01")
def test_who_may_not_charge_is_proposed_nothing(centre: Centre) -> None:
    request = paid_request(centre)
    worked(centre, request)
    assert propose_charges(centre.technician.actor, request.public_id) == ()
