"""Notices, outbox and today's promises through the pages of the console."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.factories import (
    Company,
    Member,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_unit,
    open_fault,
    publish,
)

from yinuo.domains.notices.models import Notice
from yinuo.domains.obligations import today
from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake

pytestmark = pytest.mark.django_db


class World:
    """Two centres; in the first a consultant with an open fault half an hour from its answer."""

    def __init__(self) -> None:
        self.company: Company = make_company()
        admin = self.company.administrator
        self.unit = make_unit(admin, self.company.headquarters, "SZ")
        self.owner = self.member(["service_consultant"], self.unit)
        self.manager = self.member(["service_manager"], self.unit)
        self.customer = make_customer(self.owner, self.unit)
        self.seller = self.member(["account_manager"], self.unit)
        self.contract = make_contract(self.seller, self.customer, publish(admin))
        self.request = open_fault(self.owner, self.customer)

    def member(self, roles: Sequence[str], unit: object) -> Member:
        return make_member(self.company.administrator, unit, roles)

    def run_clocks(self, minutes: int) -> None:
        act_on_due(now=datetime.now(UTC) + timedelta(minutes=minutes))


@pytest.fixture
def world() -> World:
    return World()


def browser(member: Member) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    member.user.refresh_from_db()
    client.force_login(member.user)
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_warning_stands_in_the_owners_inbox_with_its_case_and_a_count(world: World) -> None:
    world.run_clocks(16)
    client = browser(world.owner)
    page = text(client, "/notices/")
    assert "50% of the time has gone" in page
    assert world.request.number in page
    assert 'data-unread="/notices/version/"' in page
    # Half the time for the answer has gone, and half of that for remote help.
    assert client.get("/notices/version/").content == b"2"


def test_opening_a_notice_goes_to_the_case_and_marks_it_read(world: World) -> None:
    world.run_clocks(16)
    client = browser(world.owner)
    notice = Notice.objects.filter(person=world.owner.person).earliest("id")
    answer = client.post(f"/notices/{notice.public_id}/read/", {"do": "open"})
    assert answer["Location"] == f"/requests/{world.request.public_id}/"
    assert client.get("/notices/version/").content == b"1"
    client.post(f"/notices/{notice.public_id}/read/", {"do": "unread"})
    assert client.get("/notices/version/").content == b"2"
    client.post("/notices/read/")
    assert client.get("/notices/version/").content == b"0"
    assert "Nothing fits" in text(client, "/notices/?show=unread")


@pytest.mark.req("R02", "R03")
def test_a_notice_of_somebody_else_is_absent(world: World) -> None:
    world.run_clocks(16)
    notice = Notice.objects.filter(person=world.owner.person).earliest("id")
    answer = browser(world.manager).post(f"/notices/{notice.public_id}/read/")
    assert answer.status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.req("R47")
def test_the_outbox_says_what_waits_and_what_failed_and_why(world: World) -> None:
    world.run_clocks(25)
    client = browser(world.company.administrator)
    page = text(client, "/outbox/")
    assert "no transport for phone, SMS, e-mail or work chat is set up yet" in page
    assert "This person has no number or address for this channel." in text(
        client, "/outbox/?state=failed"
    )
    notice = Notice.objects.filter(channel="sms").earliest("id")
    answer = client.post(f"/outbox/{notice.public_id}/told/", {"query": "state=failed"})
    assert answer["Location"] == "/outbox/?state=failed"
    notice.refresh_from_db()
    assert notice.state == "sent"
    assert client.post(f"/outbox/{notice.public_id}/retry/").status_code == 409


@pytest.mark.req("R01")
def test_only_who_manages_the_outbox_sees_it(world: World) -> None:
    assert browser(world.manager).get("/outbox/").status_code == 403


@pytest.mark.req("B-02")
def test_todays_list_narrows_by_whose_customer_contract_kind_and_state(world: World) -> None:
    other = world.member(["service_consultant"], world.company.headquarters)
    stranger = make_customer(other, world.company.headquarters)
    make_contract(world.company.administrator, stranger, world.contract.plan_version)
    foreign = open_fault(other, stranger)
    mine, theirs = world.request.number, foreign.number
    client = browser(other)
    everything = text(client, "/promises/")
    assert mine in everything
    assert theirs in everything
    for narrowed in (
        "whose=mine",
        "whose=unit",
        f"customer={stranger.public_id}",
        "promise=respond&whose=mine",
    ):
        page = text(client, f"/promises/?{narrowed}")
        assert theirs in page, narrowed
        assert mine not in page, narrowed
    page = text(client, f"/promises/?contract={world.contract.public_id}")
    assert mine in page
    assert theirs not in page
    assert "Nothing fits" in text(client, "/promises/?state=missed")


@pytest.mark.req("R03")
def test_a_customer_outside_the_scope_is_absent_in_the_filter(world: World) -> None:
    elsewhere = make_unit(world.company.administrator, world.company.headquarters, "BJ")
    foreign = make_customer(world.member(["service_consultant"], elsewhere), elsewhere)
    client = browser(world.owner)
    assert client.get(f"/promises/?customer={foreign.public_id}").status_code == 404
    for nonsense in ("whose=all", "promise=%00", "state=met", "customer=x"):
        assert client.get(f"/promises/?{nonsense}").status_code in (200, 400)


def test_the_counter_of_todays_list_moves_when_a_worker_marks_a_miss(world: World) -> None:
    client = browser(world.owner)
    before = client.get("/promises/version/").content
    assert client.get("/promises/version/").content == before
    world.run_clocks(31)
    assert client.get("/promises/version/").content != before


def test_what_happens_in_other_units_leaves_ones_counter_alone(world: World) -> None:
    elsewhere = make_unit(world.company.administrator, world.company.headquarters, "BJ")
    other = world.member(["service_consultant"], elsewhere)
    client = browser(other)
    before = client.get("/promises/version/").content
    world.run_clocks(31)
    assert client.get("/promises/version/").content == before


@pytest.mark.req("B-04")
def test_why_a_promise_stands_as_it_does_shows_what_changed_it_and_who_was_told(
    world: World,
) -> None:
    world.run_clocks(31)
    row = ObligationRow.objects.get(subject_id=world.request.public_id, promise="respond")
    page = text(browser(world.owner), f"/promises/{row.public_id}/")
    assert "How it changed" in page
    assert "time passed" in page
    assert "Running → <strong>Missed</strong>" in page
    assert "Told so far" in page


def test_a_running_case_keeps_the_figures_of_the_contract_it_began_with(world: World) -> None:
    """The contract's figure changes; the case under way keeps the old one, a new one gets it."""
    from tests.console.test_archive_contracts import WITH_FIGURE

    from yinuo.domains.contracts.services import ContractData, create_contract, edit_contract

    now = datetime.now(UTC)
    version = publish(world.company.administrator, WITH_FIGURE)
    customer = make_customer(world.owner, world.unit)
    data = ContractData("HT-F", version.public_id, now.date() - timedelta(days=2),
                        parameters={"on_site_hours": 8})  # fmt: skip
    contract = create_contract(
        actor=world.seller.actor, customer_id=customer.public_id, data=data, now=now
    )
    case = Intake(customer_id=customer.public_id, symptom="不通")
    first = open_request(actor=world.owner.actor, intake=case, now=now)
    data = ContractData("HT-F", version.public_id, now.date() - timedelta(days=2),
                        parameters={"on_site_hours": 4})  # fmt: skip
    edit_contract(
        actor=world.seller.actor, contract_id=contract.public_id, version=1, data=data, now=now
    )
    act_on_due(now=now + timedelta(hours=5))
    second = open_request(actor=world.owner.actor, intake=case, now=now)
    dues = {
        row.subject_id: row.due_at - row.started_at
        for row in ObligationRow.objects.filter(promise="on_site", customer_id=customer.pk)
    }
    assert dues == {
        first.public_id: timedelta(hours=8),
        second.public_id: timedelta(hours=4),
    }


def test_the_counter_moves_when_somebody_takes_in_a_case(world: World) -> None:
    client = browser(world.manager)
    before = client.get("/promises/version/").content
    open_fault(world.owner, world.customer)
    assert client.get("/promises/version/").content != before


def test_the_head_of_the_list_counts_what_runs_out_and_says_when_there_is_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(world.manager)

    def counted() -> list[str]:
        head = re.findall(r'class="figures">([^<]*)</strong>', text(client, "/promises/"))
        return [one.strip() for one in head]

    first = counted()
    for _ in range(3):
        open_fault(world.owner, world.customer)
    assert [int(one) for one in counted()] == [int(one) * 4 for one in first]
    monkeypatch.setattr(today, "MOST_COUNTED", 3)
    assert "3+" in counted()
