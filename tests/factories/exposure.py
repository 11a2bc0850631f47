"""A case whose answer came too late and whose restoration has a price, for each centre."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.factories.archive import make_customer
from tests.factories.company import Member
from tests.factories.promises import publish

from yinuo.domains.contracts.services import ContractData, create_contract
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, StepFact

TWO_PRICES = """
plan: two_prices
title: {zh: 两项有价的承诺, en: Two promises with a price}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - id: respond
    number: P-1
    title: {zh: 响应, en: Response}
    text: {zh: 半小时内响应, en: A response within half an hour}
    promise: respond
    start: reported
    end: responded
    limit: 30 minutes
    remedies:
      - {id: late, penalty: {amount: 100, per_started: 1 hour}}
  - id: restore
    number: P-2
    title: {zh: 恢复, en: Restoration}
    text: {zh: 一天内恢复, en: Restored within a day}
    promise: restore
    start: reported
    end: restored
    limit: 24 hours
    remedies:
      - {id: late, penalty: {amount: 100, per_started: 1 hour}}
"""
_MONTH = timedelta(days=30)


def make_exposed(by: Member, unit: ServiceUnit) -> Request:
    """Under way: its answer came late and cost 200.00, its restoration may still cost."""
    now = datetime.now(UTC)
    customer = make_customer(by, unit)
    data = ContractData(
        f"LP-{customer.pk}",
        publish(by, TWO_PRICES).public_id,
        starts_on=now.date() - _MONTH,
        ends_on=now.date() + _MONTH,
    )
    create_contract(actor=by.actor, customer_id=customer.public_id, data=data, now=now)
    intake = Intake(customer.public_id, "设备不通")
    opened = open_request(actor=by.actor, intake=intake, now=now - timedelta(hours=2))
    record_steps(
        actor=by.actor,
        request_id=opened.public_id,
        facts=[StepFact("responded")],
        source="test",
        now=now,
    )
    return Request.objects.get(public_id=opened.public_id)
