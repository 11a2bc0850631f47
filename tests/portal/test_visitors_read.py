"""What a customer sees: his own company's requests, what was promised and what happened (R06, R07)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import appliance_source, make_asset, make_contract, open_fault, publish
from tests.factories.sessions import count_as_seen
from tests.portal.conftest import SECRET_WORDS, World, browser, invited, make_side, shown

from yinuo.domains.contracts.models import Contract
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.requests.services import record_steps
from yinuo.domains.requests.types import StepFact

FEW, MANY = 3, 15


def page_of(world: World, request_id: object) -> str:
    answer = world.visitor.get(f"/my/requests/{request_id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def state(world: World, *facts: StepFact) -> None:
    """Somebody who works here records what happened."""
    record_steps(
        actor=world.member.actor,
        request_id=world.own.request.public_id,
        facts=facts,
        source="console",
        now=datetime.now(UTC),
    )


@pytest.mark.req("R01", "R03", "R06")
def test_another_customers_request_is_as_absent(world: World) -> None:
    theirs = world.foreign.request
    for end in ("", "version/"):
        foreign = world.visitor.get(f"/my/requests/{theirs.public_id}/{end}")
        absent = world.visitor.get(f"/my/requests/{uuid4()}/{end}")
        assert foreign.status_code == absent.status_code == 404
        assert shown(foreign) == shown(absent)
    for path in ("/my/", "/my/requests/", "/my/assets/", "/my/report/"):
        text = world.visitor.get(path).content.decode()
        assert theirs.number not in text
        assert str(world.foreign.asset.public_id) not in text
        assert world.foreign.asset.serial not in text
        assert world.foreign.customer.name not in text
    assert world.own.request.number in world.visitor.get("/my/").content.decode()


@pytest.mark.req("R07")
def test_only_words_meant_for_the_customer_are_shown(world: World) -> None:
    state(world, StepFact("responded", words={"analysis": SECRET_WORDS}))
    state(world, StepFact("noted", words={"text": SECRET_WORDS}))
    state(world, StepFact("noted", words={"text": "备件明天上午到"}, shown=True))
    text = page_of(world, world.own.request.public_id)
    assert SECRET_WORDS not in text
    assert "We answered" in text
    assert "备件明天上午到" in text
    assert text.count("Message for you") == 1
    everything = "".join(
        world.visitor.get(path).content.decode() for path in ("/my/", "/my/requests/")
    )
    assert SECRET_WORDS not in everything


@pytest.mark.req("R07")
def test_what_is_not_on_the_list_stays_internal(world: World) -> None:
    """Unknown kinds of facts, who recorded them, and what is computed inside."""
    state(world, StepFact("responded"))
    state(world, StepFact("point_deducted", attrs={"points": 3}), StepFact("part_requested"))
    text = page_of(world, world.own.request.public_id)
    for internal in ("point_deducted", "part_requested", "points", world.member.person.name):
        assert internal not in text
    assert "Message for you" not in text
    assert "Why this time" not in text
    assert "total" not in text


@pytest.mark.req("R07")
def test_what_our_supplier_owes_us_is_no_promise_to_the_customer(world: World) -> None:
    first = appliance_source().index("    promise: respond\n")
    source = appliance_source()
    source = source[:first] + "    owed_by: supplier\n" + source[first:]
    version = publish(world.member, source)
    side = make_side(world.member, version, "13900010008")
    client = browser(invited(world.member, side.contact, "qian.san"))
    whole = page_of(world, world.own.request.public_id)
    less = client.get(f"/my/requests/{side.request.public_id}/").content.decode()
    assert less.count('class="promise"') == whole.count('class="promise"') - 1


@pytest.mark.req("BP-02")
def test_promises_are_shown_running_kept_and_missed(world: World) -> None:
    running = page_of(world, world.own.request.public_id)
    assert 'data-tone="calm"' in running
    state(world, StepFact("responded"))
    assert "kept," in page_of(world, world.own.request.public_id)
    later = datetime.now(UTC) + timedelta(days=9)
    while act_on_due(now=later):
        pass
    with time_machine.travel(later, tick=False):
        # The session of nine days ago is over.
        client = browser(world.user)
        text = client.get(f"/my/requests/{world.own.request.public_id}/").content.decode()
        start = client.get("/my/").content.decode()
    assert 'data-tone="over"' in text
    assert "Promises of the last twelve months" in start


def test_finished_requests_move_to_their_own_list(world: World) -> None:
    state(world, StepFact("cancelled", words={"reason": SECRET_WORDS}))
    number = world.own.request.number
    assert number not in world.visitor.get("/my/").content.decode()
    ended = world.visitor.get("/my/requests/").content.decode()
    assert number in ended
    assert "Cancelled" in ended
    assert SECRET_WORDS not in ended + page_of(world, world.own.request.public_id)


def test_the_counter_of_a_page_moves_with_what_it_shows(world: World) -> None:
    address = f"/my/requests/{world.own.request.public_id}/version/"
    before = world.visitor.get(address).content
    assert world.visitor.get(address).content == before
    state(world, StepFact("responded"))
    assert world.visitor.get(address).content != before


@pytest.mark.req("B-22")
def test_devices_say_what_applies_to_them(world: World) -> None:
    text = world.visitor.get("/my/assets/").content.decode()
    assert world.own.asset.serial in text
    assert "Under contract" in text or "Free of charge" in text or "Charged" in text
    make_contract(
        world.member,
        world.own.customer,
        world.version,
        starts_on=date(2021, 1, 1),
        ends_on=date(2999, 1, 1),
        assets=[world.own.asset],
    )
    assert "Dec. 31, 2998" in world.visitor.get("/my/assets/").content.decode()
    found = world.visitor.get("/my/assets/", {"q": world.own.asset.serial[-4:]}).content.decode()
    assert world.own.asset.serial in found
    nothing = world.visitor.get("/my/assets/", {"q": world.foreign.asset.serial}).content.decode()
    assert "No device fits" in nothing


@pytest.mark.req("R30")
@pytest.mark.parametrize(
    "path",
    [
        "/my/?cursor=x",
        "/my/requests/?cursor=%F0%9F%98%80",
        "/my/assets/?cursor=1:2:3",
        "/my/assets/?q=%00",
        "/my/assets/?q=" + "x" * 5000,
        "/my/report/?asset=" + "y" * 5000,
        "/my/report/follows/?asset_id=%00",
        "/my/report/follows/?level=" + "z" * 5000,
        "/my/requests/not-an-id/",
    ],
)
def test_no_address_breaks_it(world: World, path: str) -> None:
    assert world.visitor.get(path).status_code in {200, 400, 404, 422}


def test_lists_and_pages_cost_the_same_for_few_requests_and_many(world: World) -> None:
    paths = ["/my/", "/my/assets/", "/my/report/", f"/my/requests/{world.own.request.public_id}/"]

    def grow(count: int) -> None:
        for _ in range(count):
            asset = make_asset(world.member, world.own.customer, world.own.site)
            open_fault(world.member, world.own.customer, asset=asset)

    def queries(path: str) -> int:
        world.visitor.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert world.visitor.get(path).status_code == 200
        return len(seen.captured_queries)

    count_as_seen(world.visitor)
    grow(FEW)
    few = {path: queries(path) for path in paths}
    grow(MANY - FEW)
    assert {path: queries(path) for path in paths} == few
    assert max(few.values()) <= 16, few


@pytest.mark.req("R06", "R07")
def test_the_page_of_promises_shows_his_own_by_contract_and_request_and_nothing_else(
    world: World,
) -> None:
    at = datetime.now(UTC)
    state(world, StepFact("responded", at, {}, {"analysis": SECRET_WORDS}))
    text = world.visitor.get("/my/promises/").content.decode()
    assert world.own.request.number in text
    assert world.foreign.request.number not in text
    assert SECRET_WORDS not in text
    own = Contract.objects.get(customer=world.own.customer)
    foreign = Contract.objects.get(customer=world.foreign.customer)
    assert own.number in text
    assert foreign.number not in text
    # Nothing of money: the total of the contract is no promise.
    assert "120000" not in text.replace(",", "")
