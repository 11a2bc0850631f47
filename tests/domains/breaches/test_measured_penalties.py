"""A figure a contract falls short of costs what its clause says, once its period is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests.factories import make_company, make_contract, make_customer, make_member, publish
from tests.factories.contract_promises import FIGURE, look_around

from yinuo.domains.breaches.models import Breach, Entry
from yinuo.domains.contracts.models import Contract
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, StepFact

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-08", "R41")]
PRICED = FIGURE + "    remedies: [{id: short, penalty: {amount: 120, per_short: 5}}]\n"
THIS_MONTH = datetime.now(UTC).replace(day=1, hour=12)
NEXT_MONTH = (THIS_MONTH + timedelta(days=32)).replace(day=2)


def half_in_time() -> Contract:
    """A contract of which one case was answered in time and one was not."""
    company = make_company()
    roles = ["service_manager", "account_manager", "service_consultant"]
    member = make_member(company.administrator, company.headquarters, roles)
    customer = make_customer(member, company.headquarters)
    contract = make_contract(member, customer, publish(company.administrator, PRICED))
    for minutes in (10, 50):
        now = THIS_MONTH
        request = open_request(actor=member.actor, intake=Intake(customer.public_id, "x"), now=now)
        answered = now + timedelta(minutes=minutes)
        steps = [StepFact("responded", answered)]
        record_steps(
            actor=member.actor,
            request_id=request.public_id,
            facts=steps,
            source="test",
            now=answered,
        )
    return contract


def test_a_share_of_half_against_95_costs_nine_steps_of_five_points_once() -> None:
    contract = half_in_time()
    look_around(THIS_MONTH + timedelta(hours=2))
    assert not Breach.objects.filter(clause="share").exists()
    for days in (0, 0, 3):
        look_around(NEXT_MONTH + timedelta(days=days))
    breach = Breach.objects.get(clause="share")
    assert (breach.subject_type, breach.subject_id) == ("contract", contract.public_id)
    assert breach.amount == Decimal("1080.00")
    assert [one.amount for one in Entry.objects.filter(breach=breach)] == [Decimal("1080.00")]
