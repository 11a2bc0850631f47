"""A seller's unit with a customer, and the question which cover applies to his things."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.factories import (
    make_asset,
    make_company,
    make_customer,
    make_member,
    make_site,
    make_unit,
    publish,
)
from tests.factories.promises import PLANS

from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts.candidates import Explanation, Question, explain_cover
from yinuo.domains.contracts.models import Contract, PlanVersion
from yinuo.domains.contracts.services import ContractData, create_contract

BEIJING = ZoneInfo("Asia/Shanghai")


class Seller:
    """Somebody who may write contracts, his customer, and the plans he sells under."""

    def __init__(self) -> None:
        company = make_company()
        self.admin = company.administrator
        self.unit = make_unit(self.admin, company.headquarters)
        roles = ["account_manager", "service_consultant", "service_manager", "administrator"]
        self.member = make_member(self.admin, self.unit, roles)
        self.customer = make_customer(self.member, self.unit)
        self.site = make_site(self.member, self.customer)

    @property
    def actor(self) -> Any:
        return self.member.actor

    def plan(self, name: str) -> PlanVersion:
        source = (PLANS / f"{name}.yaml").read_text(encoding="utf-8")
        return publish(self.admin, source)

    def asset(self, purchased_on: date | None = None, *, site: bool = True) -> Asset:
        made = make_asset(self.member, self.customer, self.site if site else None)
        Asset.objects.filter(pk=made.pk).update(purchased_on=purchased_on)
        return made

    def contract(self, plan: PlanVersion, number: str, **more: Any) -> Contract:
        data = ContractData(
            number=number,
            plan_version_id=plan.public_id,
            **{"starts_on": date(2025, 1, 1), **more},
        )
        return create_contract(
            actor=self.actor,
            customer_id=self.customer.public_id,
            data=data,
            now=datetime.now(UTC),
        )

    def why(self, asset: Asset | None, on: str, **known: Any) -> Explanation:
        at = datetime.fromisoformat(on).replace(tzinfo=BEIJING)
        question = Question(
            customer_id=self.customer.public_id,
            asset_id=asset.public_id if asset else None,
            at=at,
            **known,
        )
        return explain_cover(self.actor, question)


@pytest.fixture
def seller(db: None) -> Seller:
    return Seller()


def kinds(found: Explanation) -> dict[str, str]:
    """What applies to each part of the bill."""
    return {part.item: part.kind.value for part in found.cover.parts}


def losses(found: Explanation) -> dict[str, str]:
    """Why each contract's candidate covers nothing, by contract number and kind."""
    return {f"{one.contract_number} {one.kind}": one.why for one in found.candidates}


YUAN = Decimal
