"""Subjects with promises and nothing around them, for tests of clocks and workers."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from tests.factories.company import Member
from tests.factories.promises import publish

from yinuo.domains.contracts.models import PlanVersion
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.services import bind_subject
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.platform.identifiers import new_public_id

RESPOND_WITHIN = timedelta(minutes=30)
ONE_PROMISE = """
plan: one_promise
title: {zh: 一项承诺, en: One promise}
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
"""


def publish_one_promise(by: Member) -> PlanVersion:
    """A plan whose only clause asks for a response within half an hour, at any hour."""
    return publish(by, ONE_PROMISE)


def broken_plan() -> PlanVersion:
    """A stored version that no longer reads, as after a downgrade of the product."""
    now = datetime.fromisoformat("2020-01-01T00:00+00:00")
    return PlanVersion.objects.create(
        code="broken", number=1, title_zh="坏", title_en="broken", source="plan: [",
        content_hash="0" * 64, published_at=now, published_by="test",
    )  # fmt: skip


def _somebody(unit_id: int) -> int:
    """A customer of the unit, by internal id."""
    found, _ = Customer.objects.get_or_create(unit_id=unit_id, name="某客户", name_key="mou kehu")
    return found.pk


def report(plan_version_id: int | None, at: datetime) -> UUID:
    """A case reported and entered at this instant; its id."""
    unit_id = ServiceUnit.objects.order_by("id").values_list("id", flat=True)[0]
    binding = Binding(
        "request",
        new_public_id(),
        _somebody(unit_id),
        unit_id,
        plan_version_id,
        None,
        "Asia/Shanghai",
    )
    bind_subject(binding, [NewFact("reported", at, "test")], actor=SYSTEM, now=at)
    return binding.subject_id


def report_in(
    unit_id: int,
    plan_version_id: int,
    at: datetime,
    *,
    level: str,
    owner_id: int | None = None,
) -> UUID:
    """A case of a unit, reported with a level and in somebody's charge; its id."""
    binding = Binding(
        "request",
        new_public_id(),
        _somebody(unit_id),
        unit_id,
        plan_version_id,
        None,
        "Asia/Shanghai",
        owner_id=owner_id,
    )
    facts = [NewFact("reported", at, "test", {"level": level})]
    bind_subject(binding, facts, actor=SYSTEM, now=at)
    return binding.subject_id
