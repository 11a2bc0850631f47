"""Contracts further on in their cycle, and what was agreed with them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from tests.factories.company import Member
from tests.factories.promises import make_contract

from yinuo.domains.contracts.models import Agreement, Contract, PlanVersion
from yinuo.domains.contracts.services import (
    AgreementData,
    QuotaData,
    add_agreement,
    grant_quota,
    suspend_contract,
)
from yinuo.domains.customers.models import Customer

BEGUN = date(2026, 1, 1)


def make_ready_contract(by: Member, customer: Customer, version: PlanVersion) -> Contract:
    """A contract of maintenance that may enter its service."""
    made = make_contract(by, customer, version, starts_on=BEGUN)
    Contract.objects.filter(pk=made.pk).update(kind="maintenance", stage="acceptance")
    return made


def make_moved_contract(by: Member, customer: Customer, version: PlanVersion) -> Contract:
    """A contract in its follow-up, suspended, with hours."""
    made = make_contract(by, customer, version, starts_on=BEGUN)
    now = datetime.now(UTC)
    hours = QuotaData("hours", Decimal(40), BEGUN)
    grant_quota(actor=by.actor, contract_id=made.public_id, data=hours, now=now)
    suspend_contract(
        actor=by.actor,
        contract_id=made.public_id,
        begins_on=date(2026, 2, 1),
        ends_on=None,
        reason="客户停工",
        now=now,
    )
    Contract.objects.filter(pk=made.pk).update(stage="follow_up")
    return made


def make_agreement(by: Member, contract: Contract) -> Agreement:
    """A term that is owed."""
    agreed = AgreementData("补交竣工图", date(2026, 1, 5), due_on=date(2026, 12, 31))
    return add_agreement(
        actor=by.actor, contract_id=contract.public_id, data=agreed, now=datetime.now(UTC)
    )
