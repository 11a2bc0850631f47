"""No list and no page asks the database more often because more rows are there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import (
    Member,
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_notice,
    make_site,
    open_fault,
    publish,
)
from tests.factories.after import make_complaint
from tests.factories.billing import make_charge, publish_prices
from tests.factories.clinic import make_seat
from tests.factories.duty import make_call, make_handover, make_rota, make_turn, rotate
from tests.factories.emergency import another, make_plan, make_small_vendor
from tests.factories.goods import make_item, order_goods, send_goods
from tests.factories.plan_drafts import make_draft
from tests.factories.qualified import make_certificate
from tests.factories.relocations import make_relocations
from tests.factories.repair_orders import send_in
from tests.factories.routing import make_offer
from tests.factories.sessions import count_as_seen
from tests.factories.software import make_release
from tests.factories.standby import make_loan
from tests.factories.work import issue

from yinuo.domains.contracts.models import PlanVersion
from yinuo.domains.customers.models import Customer
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.domains.requests.types import OpenedRequest

FEW, MANY = 5, 50
ROLES = ("administrator", "service_consultant", "account_manager", "service_manager")
PAGES = (
    *("/requests/", "/customers/", "/assets/", "/contracts/", "/promises/", "/plans/"),
    *("/plans/drafts/", "/notices/", "/outbox/", "/work/", "/breaches/"),
    *("/exposure/", "/exposure/?by=promise", "/quality/"),
    *("/certificates/", "/duty/", "/emergency/", "/emergency/?view=approvals"),
    *("/board/", "/board/?days=7", "/board/plans/", "/settings/weights/"),
    *("/checklists/", "/offers/", "/offers/?show=all", "/clinic/", "/clinic/?show=all"),
    *("/duty/calls/", "/duty/turns/", "/duty/turns/?period=2026"),
    *("/duty/mine/", "/complaints/", "/complaints/?state=all", "/call-backs/", "/queues/"),
    *("/goods/", "/goods/?state=", "/relocations/?state=", "/software/"),
    *("/repairs/", "/repairs/?state=", "/standby/"),
    *("/emergency/?view=my_turn", "/emergency/?view=all"),
    *("/quotes/", "/statements/", "/costs/", "/costs/ours/"),
)
READS = (
    *("charges", "statements", "exposure", "day-plans", "emergency-plans"),
    *("requests", "offers", "expert-invitations", "complaints", "repair-orders"),
    *("goods-orders", "relocations", "software-releases"),
    *("standby-units", "loans", "duty-calls", "duty-turns"),
    "checklist-templates",
    "customers",
    "assets",
    "contracts",
    "obligations",
    "notices",
    "work-orders",
    "breaches",
    "certificates",
    "plan-drafts",
)


class Archive:
    """A member's company that grows, each customer with a contract, an asset and a request."""

    def __init__(self) -> None:
        company = make_company()
        self.unit = company.headquarters
        self.member: Member = make_member(company.administrator, self.unit, ROLES)
        self.version: PlanVersion = publish(company.administrator)
        self.prices = publish_prices(company.administrator)
        self.vendor = make_small_vendor(company, self.unit, self.member, self.member)
        self.customer = make_customer(self.member, self.unit)
        self.colleague = make_member(company.administrator, self.unit, ROLES)
        self.turn = make_turn(self.member, self.unit, self.member)
        self.item = make_item(self.member)
        self.device = make_asset(self.member, self.customer)
        self.rows = 0
        self.browser = Client(headers={"Accept-Language": "en"})
        self.member.user.refresh_from_db()  # receiving roles ends older sessions
        self.browser.force_login(self.member.user)
        count_as_seen(self.browser)
        self.api = Client(headers={"Authorization": f"Bearer {self.member.token()}"})

    def grow(self, rows: int) -> None:
        while self.rows < rows:
            customer = make_customer(self.member, self.unit)
            make_contract(self.member, customer, self.version)
            site = make_site(self.member, customer)
            asset = make_asset(self.member, customer, site)
            request = open_fault(self.member, customer, asset=asset)
            make_notice(self.member, request)
            until = datetime.now(UTC).date() + timedelta(days=10)
            make_certificate(self.member, self.member.person, line=f"线{self.rows}", until=until)
            make_rota(self.member, self.unit, f"值班{self.rows}")
            make_draft(self.member)
            issue(self.member, request)
            make_plan(another(self.vendor))
            make_charge(self.member, request, self.prices)
            self._grow_help(request)
            self.rows += 1

    def _grow_help(self, request: OpenedRequest) -> None:
        """What waits for whom: an offer, an invitation, a call on duty, a complaint."""
        routed = open_fault(self.member, self.customer, level="")
        make_offer(self.member, routed)
        make_seat(self.colleague, self.member, request)
        make_call(self.member, self.turn)
        rota = make_rota(self.member, self.unit, f"交班{self.rows}")
        today = datetime.now(UTC).date()
        make_handover(self.member, rotate(self.member, rota, [self.colleague], today, 1)[0])
        make_complaint(self.member, request)
        send_in(self.member, request)
        make_loan(self.member, self.unit, request)
        make_relocations(self.member, self.customer)
        make_release(self.member, self.device)
        send_goods(self.member, order_goods(self.member, self.customer, self.item), self.item, 1)


def queries(client: Client, address: str) -> list[str]:
    """The statements of one answer, after one that has filled what is kept in memory."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return [one["sql"] for one in seen.captured_queries]


def test_lists_of_console_and_api_cost_the_same_for_five_rows_and_fifty(db: None) -> None:
    archive = Archive()
    asked = [(archive.browser, page) for page in PAGES]
    asked += [(archive.api, f"/api/v1/{name}?limit=100") for name in READS]
    archive.grow(FEW)
    few = {address: queries(client, address) for client, address in asked}
    archive.grow(MANY)
    for client, address in asked:
        many = queries(client, address)
        assert len(many) == len(few[address]), (address, many[-3:])


@pytest.fixture
def archive(db: None) -> Archive:
    return Archive()


def test_a_request_page_costs_the_same_for_few_facts_and_many(archive: Archive) -> None:
    customer: Customer = make_customer(archive.member, archive.unit)
    make_contract(archive.member, customer, archive.version)
    request = open_fault(archive.member, customer)
    addresses = {
        f"/requests/{request.public_id}/": archive.browser,
        f"/api/v1/requests/{request.public_id}": archive.api,
        f"/api/v1/requests/{request.public_id}/facts": archive.api,
    }

    def record(count: int) -> None:
        for _ in range(count):
            now = datetime.now(UTC)
            fact = NewFact("noted", now, "test")
            record_facts(request.public_id, [fact], actor=archive.member.actor, now=now)

    record(FEW)
    few = {address: queries(client, address) for address, client in addresses.items()}
    record(MANY - FEW)
    for address, client in addresses.items():
        assert len(queries(client, address)) == len(few[address]), address
