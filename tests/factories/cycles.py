"""Contracts further on in their cycle, and what was agreed with them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from tests.factories.company import Member
from tests.factories.promises import make_contract

from yinuo.domains.contracts.models import Agreement, Contract, PlanVersion, Supplement
from yinuo.domains.contracts.services import (
    AgreementData,
    QuotaData,
    SupplementData,
    add_agreement,
    add_supplement,
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


def make_supplement(by: Member, contract: Contract) -> Supplement:
    """An agreement about papers alone: no figure of the contract changes."""
    data = SupplementData("BC-2026-1", date(2026, 3, 1), note="竣工资料改为电子版")
    return add_supplement(
        actor=by.actor, contract_id=contract.public_id, data=data, now=datetime.now(UTC)
    )


def make_agreement(by: Member, contract: Contract) -> Agreement:
    """A term that is owed."""
    agreed = AgreementData("补交竣工图", date(2026, 1, 5), due_on=date(2026, 12, 31))
    return add_agreement(
        actor=by.actor, contract_id=contract.public_id, data=agreed, now=datetime.now(UTC)
    )
