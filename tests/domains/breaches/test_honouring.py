"""What follows from a breach beside money takes effect: warranty, contract, something owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.factories import Company, Member, make_company, make_customer, make_member, publish
from tests.factories.archive import make_asset, make_site

from yinuo.domains.assets.models import Asset, Prolongation
from yinuo.domains.breaches.models import Right
from yinuo.domains.breaches.services import decide_right
from yinuo.domains.breaches.services.granting import NOTHING_MORE
from yinuo.domains.breaches.services.honouring import Giving
from yinuo.domains.contracts.covers import Covered, find_cover
from yinuo.domains.contracts.models import Agreement, Contract
from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.contracts.services import ContractData, create_contract
from yinuo.domains.contracts.types import Cover, CoverKind
from yinuo.domains.contracts.warranty import Dates
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, StepFact
from yinuo.kernel.instants import shift_date
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-08")]
NOW = datetime.now(UTC)
TODAY = NOW.date()
BOUGHT = TODAY - timedelta(days=350)
PLAN = """
plan: honoured
title: {zh: 非金钱责任, en: Remedies that are not money}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - id: respond
    title: {zh: 响应, en: Response}
    promise: respond
    start: reported
    end: responded
    limit: 30 minutes
    remedies:
      - REMEDY
  - id: warranty
    kind: warranty
    title: {zh: 保修, en: Warranty}
    promise: warranty
    covers: [parts, labour]
    start: {date: purchased_on, of: asset}
    term: 1 year
"""
LONGER = "{id: longer, extend: {of: warranty, by: 3 months}}"
MONTHS = "{id: longer, extend: {of: contract, by: 2 months}}"
SWAP = "{id: swap, grant: {kind: replacement, text: {zh: 更换新机, en: A new unit}}}"
END = "{id: end, grant: {kind: end_contract, text: {zh: 可解除合同, en: May end the contract}}}"


@dataclass
class World:
    company: Company
    member: Member
    asset: Asset
    contract: Contract

    @property
    def right(self) -> Right:
        return Right.objects.get()

    def decide(self, giving: Giving = NOTHING_MORE, given: bool = True) -> Right:
        return decide_right(
            actor=self.member.actor,
            right_id=self.right.public_id,
            given=given,
            reason="按条款处理",
            version=self.right.version,
            now=NOW,
            giving=giving,
        )

    def cover(self, at: datetime) -> Cover:
        dates = Dates(BOUGHT)
        thing = Covered(self.asset.customer_id, None, self.asset.pk, "Asia/Shanghai", dates)
        return find_cover(thing, at)


def make_world(remedy: str) -> World:
    company = make_company()
    roles = ["administrator", "service_manager", "account_manager", "service_consultant"]
    member, busy = (
        make_member(company.administrator, company.headquarters, roles) for _ in range(2)
    )
    customer = make_customer(member, company.headquarters)
    asset = make_asset(member, customer, make_site(member, customer))
    version = publish(company.administrator, PLAN.replace("REMEDY", remedy))
    data = ContractData("FJ-1", version.public_id, starts_on=BOUGHT, ends_on=date(2035, 1, 31))
    contract = create_contract(
        actor=member.actor, customer_id=customer.public_id, data=data, now=NOW
    )
    intake = Intake(customer.public_id, "不通", asset_id=asset.public_id)
    request = open_request(actor=busy.actor, intake=intake, now=NOW - timedelta(hours=2))
    late: dict[str, Any] = {"facts": [StepFact("responded")], "source": "test", "now": NOW}
    record_steps(actor=busy.actor, request_id=request.public_id, **late)
    return World(company, member, asset, contract)


def test_more_warranty_moves_the_cover_decision_from_when_it_is_given() -> None:
    world = make_world(LONGER)
    assert (world.right.extends, world.right.extends_months) == ("warranty", 3)
    after = NOW + timedelta(days=40)
    ended = world.cover(NOW).until
    assert ended is not None
    assert world.cover(after).kind is CoverKind.PAID
    world.decide(Giving(asset_id=world.asset.public_id))
    assert world.cover(after).kind is CoverKind.WARRANTY
    assert world.cover(after).until == shift_date(ended, months=3)
    assert world.cover(NOW + timedelta(days=200)).kind is CoverKind.PAID
    # What was decided before it was given stays as it was.
    assert world.cover(NOW - timedelta(seconds=1)).until == ended
    with pytest.raises(IllegalMove):
        world.decide(Giving(asset_id=world.asset.public_id))
    assert Prolongation.objects.count() == 1


def test_warranty_grows_only_for_an_asset_of_the_customer() -> None:
    world = make_world(LONGER)
    other = make_customer(world.member, world.company.headquarters)
    foreign = make_asset(world.member, other, make_site(world.member, other))
    with pytest.raises(NotFound):
        world.decide(Giving(asset_id=foreign.public_id))
    with pytest.raises(InvalidInput):
        world.decide()
    assert world.right.state == "open"
    world.decide(given=False)
    assert not Prolongation.objects.exists()


def test_months_of_the_contract_move_its_end_by_the_calendar() -> None:
    world = make_world(MONTHS)
    world.decide()
    shown = get_contract(world.member.actor, world.contract.public_id)
    assert shown.runs_until(TODAY + timedelta(days=1)) == date(2035, 3, 31)


def test_what_is_to_be_done_by_a_day_is_owed_by_the_contract() -> None:
    world = make_world(SWAP)
    with pytest.raises(InvalidInput):
        world.decide(Giving(due_on=TODAY - timedelta(days=3)))
    due = TODAY + timedelta(days=5)
    world.decide(Giving(due_on=due))
    owed = Agreement.objects.get(contract=world.contract)
    assert owed.due_on == due
    assert "更换新机" in owed.text
    assert world.right.state == "given"


def test_what_is_done_already_leaves_nothing_owed() -> None:
    world = make_world(SWAP)
    world.decide()
    assert not Agreement.objects.exists()


def test_the_right_to_end_the_contract_stands_with_it() -> None:
    world = make_world(END)
    world.decide()
    term = Agreement.objects.get(contract=world.contract)
    assert (term.due_on, "解除合同" in term.text) == (None, True)
