"""A broadcaster's customer, the consultant who takes his call, and two technicians."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.factories import (
    Company,
    Member,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_unit,
    publish,
)

from yinuo.domains.customers.models import Customer
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake, OpenedRequest

BROADCAST = Path(__file__).parents[3] / "plans" / "broadcast.yaml"


@dataclass(frozen=True)
class Desk:
    """A centre with a consultant and two technicians, and a customer under the shipped plan."""

    company: Company
    unit: ServiceUnit
    consultant: Member
    technician: Member
    colleague: Member
    customer: Customer

    def call(self, minutes_ago: int = 0, **more: Any) -> OpenedRequest:
        """A call taken in now that was reported so many minutes ago."""
        now = datetime.now(UTC)
        given: Mapping[str, Any] = {"level": "serious", "category": "link_down"} | more
        intake = Intake(
            customer_id=self.customer.public_id,
            symptom="播出链路中断，另外后台统计也不对",
            reported_at=now - timedelta(minutes=minutes_ago),
            **given,
        )
        return open_request(actor=self.consultant.actor, intake=intake, now=now)


@pytest.fixture
def desk(db: None) -> Desk:
    company = make_company()
    admin = company.administrator
    unit = make_unit(admin, company.headquarters, "SZ")
    consultant = make_member(admin, unit, ["service_consultant", "account_manager"], "林小雨")
    customer = make_customer(consultant, unit)
    version = publish(admin, BROADCAST.read_text(encoding="utf-8"))
    make_contract(consultant, customer, version)
    return Desk(
        company=company,
        unit=unit,
        consultant=consultant,
        technician=make_member(admin, unit, ["technician"], "赵强"),
        colleague=make_member(admin, unit, ["technician"], "孙伟"),
        customer=customer,
    )
