"""Charges proposed from finished sheets: by the customer's list, confirmed by a person, once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from tests.console.conftest import Browser, browser_of
from tests.console.test_quotes import plain
from tests.factories import (
    Member,
    appliance_source,
    make_asset,
    make_customer,
    make_member,
    make_site,
    open_fault,
    publish,
)
from tests.factories.billing import publish_prices
from tests.factories.centre import Centre, make_centre
from tests.factories.letters import make_sent_letter
from tests.factories.work import REPORT, advance, fresh, issue, make_work_order, step, take

from yinuo.domains.billing.models import Charge
from yinuo.domains.billing.office_hours import office_hours_of
from yinuo.domains.billing.proposals import propose_charges
from yinuo.domains.billing.services import agree_prices, publish_price_list
from yinuo.domains.billing.services.letter_answers import mark_wrong_diagnosis
from yinuo.domains.customers.models import Site
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.requests.models import Request
from yinuo.planfile.pricelists import load_price_list
from yinuo.platform.accounts.models import User
from yinuo.platform.journal.models import AuditEntry

pytestmark = pytest.mark.django_db
APPLIANCE = Path(__file__).parents[2] / "prices" / "appliance.yaml"


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
    order = worked(centre, request, persons=2)
    browser = desk(manager)
    address = f"/requests/{request.public_id}/charges/new/?sheet={order.public_id}"
    assert address in browser.read(f"/requests/{request.public_id}/")
    sent = sent_of(browser.read(address))
    assert (sent["line-0-code"], sent["line-0-zone"]) == ("visit", "inner")
    assert (sent["borne_by"], sent["work_order_id"]) == ("customer", str(order.public_id))
    assert sent["line-0-persons"] == "2", "as many as the sheet says"
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


def visited(centre: Centre, request: Any, begin: str, end: str, **report: Any) -> Any:
    """A sheet of a visit between two times on the clocks of Shanghai."""
    order = worked(centre, request, **report)
    began, ended = (datetime.fromisoformat(f"{one}+08:00").astimezone(UTC) for one in (begin, end))
    WorkOrder.objects.filter(pk=order.pk).update(
        departed_at=began, arrived_at=began, finished_at=ended
    )
    return fresh(order)


@pytest.mark.req("LV-10", "B-70")
def test_hours_outside_the_office_hours_of_the_list_are_proposed_for_every_person(
    manager: Member, centre: Centre
) -> None:
    goods = APPLIANCE.read_text("utf-8")
    prices = publish_price_list(
        actor=centre.company.administrator.actor,
        source=goods,
        source_name="prices",
        now=timezone.now(),
    )
    request = paid_request(centre)
    customer = Request.objects.get(public_id=request.public_id).customer
    seller = make_member(centre.company.administrator, centre.unit, ["account_manager"])
    agree_prices(
        actor=seller.actor,
        customer_id=customer.public_id,
        price_list_id=prices.public_id,
        now=timezone.now(),
    )
    # A Friday: 17:10 to 18:00 are office hours, 18:00 to 19:20 are not.
    order = visited(centre, request, "2026-11-20T17:10", "2026-11-20T19:20", persons=2)
    (proposal,) = propose_charges(manager.actor, request.public_id)
    found = {item.code: item for item in proposal.items}
    assert str(found["overtime"].quantity) == "2.68", "1 h 20 min each, in hundredths upwards"
    browser = desk(manager)
    address = f"/requests/{request.public_id}/charges/new/?sheet={order.public_id}"
    sent = sent_of(browser.read(address))
    place = next(key for key, value in sent.items() if value == "overtime")
    assert "office hours" in sent[place.replace("code", "note")]
    travel = next(key for key, value in sent.items() if value == "travel")
    sent |= {travel.replace("code", "cost"): "60", travel.replace("code", "ceiling"): "80"}
    assert browser.send(address, sent).status_code == 302
    charged = Charge.objects.get(line__code="overtime")
    assert str(charged.amount) == "675.00", "3 hours of 150.00 × 1.5"


@pytest.mark.req("LV-10")
@pytest.mark.parametrize(
    ("begin", "end", "hours"),
    [
        ("2026-11-20T09:00", "2026-11-20T12:00", None),
        ("2026-11-20T13:30", "2026-11-20T18:00", None),
        ("2026-11-20T11:30", "2026-11-20T14:00", "1.50"),
        ("2026-11-21T10:00", "2026-11-21T11:00", "1.00"),
        ("2026-10-01T10:00", "2026-10-01T12:00", "2.00"),
        ("2026-10-10T09:00", "2026-10-10T11:00", None),
    ],
)
def test_overtime_knows_lunch_weekends_holidays_and_make_up_days(
    begin: str, end: str, hours: str | None
) -> None:
    list_ = load_price_list(APPLIANCE.read_text("utf-8"))
    nobody = SimpleNamespace(site=None, plan_version_id=None)
    office = office_hours_of(list_, nobody)
    assert office is not None
    began, ended = (datetime.fromisoformat(f"{one}+08:00") for one in (begin, end))
    beyond = office.outside(began, ended)
    assert beyond == timedelta(hours=float(hours or 0))


@pytest.mark.req("LV-10")
def test_the_contract_says_what_overtime_is_before_the_list_does(
    manager: Member, centre: Centre
) -> None:
    plan = appliance_source().replace(
        'mon-fri: ["08:30-12:00", "13:30-18:00"]', 'all: ["07:00-22:00"]'
    )
    version = publish(centre.company.administrator, plan)
    list_ = load_price_list(APPLIANCE.read_text("utf-8"))
    under = SimpleNamespace(site=None, plan_version_id=version.pk)
    office = office_hours_of(list_, under)
    assert office is not None
    assert "contract" in office.said
    sunday = datetime.fromisoformat("2026-11-22T21:00+08:00")
    assert office.outside(sunday, sunday + timedelta(hours=2)) == timedelta(hours=1)


@pytest.mark.req("LV-10", "R42")
def test_a_sheet_that_is_not_charged_says_why_and_is_proposed_no_more(
    centre: Centre, manager: Member
) -> None:
    request = paid_request(centre)
    order = worked(centre, request)
    browser, address = desk(manager), f"/work/{order.public_id}/not-charged/"
    assert address in browser.read(f"/requests/{request.public_id}/charges/")
    assert browser.fill(address, reason=" ").status_code == 422
    assert browser.fill(address, reason="首次上门免收").status_code == 302
    assert address not in browser.read(f"/requests/{request.public_id}/charges/")
    again = browser.fill(address, reason="再说一次")
    assert again.status_code == 409
    told = AuditEntry.objects.get(action="charge.reject")
    assert (told.reason, told.after) == ("首次上门免收", {"work_order": order.number})
    assert desk(centre.technician).get(address).status_code == 403
