"""What contracts promise of themselves: something held, a figure over cases."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.factories.archive import make_asset
from tests.factories.company import Member
from tests.factories.promises import make_contract, open_fault, publish

from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts.models import Contract
from yinuo.domains.customers.models import Customer
from yinuo.domains.obligations.models import FactRow, ObligationRow
from yinuo.domains.obligations.services.following import go_round
from yinuo.domains.obligations.services.holding import Held, hold_duty
from yinuo.domains.obligations.services.looking import look_at_contracts

FIGURE = """
plan: figure
title: {zh: 指标, en: Figure}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - {id: respond, title: {zh: 响应, en: Response}, promise: respond, start: reported, end: responded, limit: 30 minutes}
  - id: share
    kind: measure
    title: {zh: 响应及时率, en: In time}
    promise: timeliness
    figure: share
    of: respond
    period: month
    target: {at_least: 95 %}
"""
KEEPING = """
plan: keeping
title: {zh: 储备与驻场, en: Stock and people}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - {id: respond, title: {zh: 响应, en: Response}, promise: respond, start: reported, end: responded, limit: 30 minutes}
  - id: depot
    kind: coverage
    number: "7.1"
    title: {zh: 备件库储备, en: Depot stock}
    promise: stock
    kept: stock
    each: 1
    by: model
  - id: guards
    kind: coverage
    number: "7.2"
    title: {zh: 驻场人员, en: People on site}
    promise: people
    kept: people
    each: 2
"""


def look_around(now: datetime) -> None:
    """What a worker does about contracts within a minute."""
    go_round(now=now)
    while look_at_contracts(now=now):
        pass


def make_holding(by: Member, contract: Contract, clause: str = "visits") -> FactRow:
    """A visit of the contract held today."""
    now = datetime.now(UTC)
    made = hold_duty(
        actor=by.actor,
        contract_id=contract.public_id,
        held=Held(clause, now.date()),
        source="test",
        now=now,
    )
    return FactRow.objects.get(public_id=made)


def make_kept_contract(admin: Member, by: Member, customer: Customer) -> Contract:
    """A contract that keeps a part of each model in stock, with assets of two models."""
    for model, count in (("BC-9", 1), ("TX-1", 2)):
        for _each in range(count):
            asset = make_asset(by, customer)
            Asset.objects.filter(pk=asset.pk).update(model=model)
    contract = make_contract(by, customer, publish(admin, KEEPING))
    look_around(datetime.now(UTC))
    return contract


def make_figure(admin: Member, by: Member, customer: Customer) -> ObligationRow:
    """The share in time of the present month, of a contract with a case."""
    contract = make_contract(by, customer, publish(admin, FIGURE))
    open_fault(by, customer, level="")
    look_around(datetime.now(UTC))
    found = ObligationRow.objects.filter(subject_id=contract.public_id, clause="share")
    return found.order_by("-due_at")[0]
