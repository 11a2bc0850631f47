"""Requests that stand still, with the customer's word on it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.factories.archive import make_customer
from tests.factories.company import Member
from tests.factories.promises import make_contract, publish

from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.obligations.models import FactRow
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.services.claiming import ToldAnswer, note_answer
from yinuo.domains.requests.types import Intake, StepFact

PAUSING = """
plan: pausing
title: {zh: 暂停方案, en: Pausing}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - id: repair
    title: {zh: 修复, en: Repair}
    promise: restore
    start: reported
    end: restored
    limit: 8 hours
    stops:
      - {reason: waiting_for_customer, acknowledgement: unless_objected, objection_window: 2 hours, budget: 3 days}
"""


def make_pause(by: Member, busy: Member, unit: ServiceUnit, *, objected: bool = False) -> FactRow:
    """A request that waits for the customer since now, as `busy` recorded it; the fact.

    The customer may object for two hours; he does, on the phone with `by`, when asked for.
    """
    now = datetime.now(UTC)
    customer = make_customer(by, unit)
    make_contract(by, customer, publish(by, PAUSING))
    request = open_request(actor=busy.actor, intake=Intake(customer.public_id, "停机"), now=now)
    pause(busy, request.public_id, now)
    fact = FactRow.objects.get(subject_id=request.public_id, kind="paused")
    if objected:
        note_answer(
            actor=by.actor,
            request_id=request.public_id,
            pause_id=fact.public_id,
            answer=ToldAnswer(objects=True, said_by="王工", how="来电", reason="我们一直在等"),
            source="test",
            now=now,
        )
    return fact


def pause(by: Member, request_id: object, at: datetime) -> None:
    """The clock stands still because the customer is waited for."""
    fact = StepFact("paused", at, {"reason": "waiting_for_customer"})
    record_steps(actor=by.actor, request_id=request_id, facts=[fact], source="test", now=at)
