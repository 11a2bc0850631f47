"""A maker of signs whose response and restoration came too late: story 2 and its money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories.archive import make_customer
from tests.factories.company import Company, Member, make_member
from tests.factories.promises import PLANS, publish

from yinuo.domains.breaches.models import Breach
from yinuo.domains.breaches.selectors import entries_to_state
from yinuo.domains.breaches.services import (
    LegData,
    approve_breach,
    correct_leg,
    dispute_breach,
)
from yinuo.domains.breaches.services.stating import mark_stated
from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.services import ContractData, create_contract
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, OpenedRequest, StepFact
from yinuo.platform.identifiers import new_public_id
from yinuo.platform.journal.work import writing


def clock(text: str) -> datetime:
    """`07-11 09:00` of 2026 on the clock of Shanghai."""
    return datetime.fromisoformat(f"2026-{text.replace(' ', 'T')}+08:00").astimezone(UTC)


CALLED, ANSWERED = clock("07-11 09:00"), clock("07-11 14:20")
AGREED, RESTORED = clock("07-13 18:00"), clock("07-15 10:30")


@dataclass(frozen=True, slots=True)
class Signs:
    """The maker's people and the contract: a consultant, who takes the call, and two deciders."""

    company: Company
    consultant: Member
    manager: Member
    director: Member
    customer: Customer
    contract: Contract

    def open(self, at: datetime = CALLED) -> OpenedRequest:
        """The light box of the main gate is loose; major."""
        intake = Intake(self.customer.public_id, "正门灯箱松动", level="major", category="light")
        return open_request(actor=self.consultant.actor, intake=intake, now=at)

    def record(self, request: OpenedRequest, *facts: StepFact, now: datetime) -> None:
        """Steps of a request, entered at `now`."""
        record_steps(
            actor=self.consultant.actor,
            request_id=request.public_id,
            facts=list(facts),
            source="console",
            now=now,
        )

    def live_through(self) -> OpenedRequest:
        """The whole story: two breaches that come to 14,580.00, one without a price."""
        request = self.open()
        self.record(request, StepFact("responded", ANSWERED), now=ANSWERED)
        self.record(request, StepFact("measures_taken", ANSWERED), now=ANSWERED)
        arrived = clock("07-11 16:10")
        self.record(request, StepFact("arrived", arrived), now=arrived)
        agreed = clock("07-11 16:40")
        until = StepFact("restoration_agreed", agreed, {"until": AGREED.isoformat()})
        self.record(request, until, now=agreed)
        self.record(request, StepFact("restored", RESTORED), now=RESTORED)
        return request

    def breach(self, clause: str) -> Breach:
        """The one breach of a clause."""
        return Breach.objects.get(clause=clause)


def make_signs(company: Company, total: Decimal = Decimal("486000.00")) -> Signs:
    """A company that sells signs, with a contract of 486,000.00 on the shipped plan."""
    unit = company.headquarters
    consultant = make_member(company.administrator, unit, ["service_specialist", "account_manager"])
    manager = make_member(company.administrator, unit, ["service_manager"])
    director = make_member(company.administrator, unit, ["service_director"])
    customer = make_customer(consultant, unit)
    version = publish(company.administrator, (PLANS / "signage.yaml").read_text(encoding="utf-8"))
    data = ContractData(
        f"BP-{version.pk}-{customer.pk}",
        version.public_id,
        starts_on=date(2026, 1, 12),
        ends_on=date(2028, 1, 12),
        total=total,
        parameters={"on_site_hours": 8, "free_years": 2},
    )
    contract = create_contract(
        actor=consultant.actor, customer_id=customer.public_id, data=data, now=CALLED - MONTH
    )
    return Signs(company, consultant, manager, director, customer, contract)


MONTH = timedelta(days=30)
ONE_PRICE = """
plan: one_price
title: {zh: 一项有价的承诺, en: One promise with a price}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - id: respond
    number: T-1
    title: {zh: 响应, en: Response}
    text: {zh: 半小时内响应, en: A response within half an hour}
    promise: respond
    start: reported
    end: responded
    limit: 30 minutes
    remedies:
      - {id: late, penalty: {amount: 100, per_started: 1 hour}}
      - {id: longer, extend: {of: contract, by: 7 days}}
"""


def make_breach(by: Member, busy: Member, unit: ServiceUnit, *, disputed: bool = False) -> Breach:
    """A response of `busy` that came an hour and a half late: 200.00 and seven days more.

    `by` may decide about it, because somebody else missed it.
    """
    now = datetime.now(UTC)
    customer = make_customer(by, unit)
    day = now.date()
    data = ContractData(
        f"YJ-{customer.pk}",
        publish(by, ONE_PRICE).public_id,
        starts_on=day - MONTH,
        ends_on=day + MONTH,
    )
    create_contract(actor=by.actor, customer_id=customer.public_id, data=data, now=now)
    intake = Intake(customer.public_id, "设备不通")
    request = open_request(actor=busy.actor, intake=intake, now=now - timedelta(hours=2))
    steps = [StepFact("responded")]
    record_steps(
        actor=busy.actor, request_id=request.public_id, facts=steps, source="test", now=now
    )
    breach = Breach.objects.get(subject_id=request.public_id)
    if disputed:
        dispute_breach(
            actor=by.actor,
            breach_id=breach.public_id,
            side="customer",
            reason="客户不同意",
            version=breach.version,
            now=now,
        )
    return breach


def make_settled_breach(company: Company) -> Breach:
    """A breach in other hands for a while, approved and on a statement."""
    unit, roles = company.headquarters, ["administrator", "service_manager", "account_manager"]
    by, busy = (make_member(company.administrator, unit, roles) for _ in range(2))
    breach = make_breach(by, busy, unit)
    now = breach.posted_at
    assert breach.started_at is not None
    data = LegData(breach.started_at, now, "customer", None, "客户不在")
    who: dict[str, Any] = {"actor": by.actor, "breach_id": breach.public_id, "now": now}
    breach = correct_leg(data=data, version=breach.version, **who)
    approve_breach(version=breach.version, **who)
    found = entries_to_state(
        by.actor,
        customer_id=breach.customer_id,
        contract_id=breach.contract_id,
        until=now.date() + timedelta(days=1),
        zone=ZoneInfo("Asia/Shanghai"),
    )
    with writing(actor=by.actor, now=now) as work:
        mark_stated(found, statement_id=new_public_id(), statement_number="ZD-1", work=work)
    return breach
