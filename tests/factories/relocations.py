"""Relocations planned, approved and carried out, each act through the service a person uses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories.company import Member

from yinuo.domains.customers.models import Customer
from yinuo.domains.relocations.models import Relocation, RelocationStep
from yinuo.domains.relocations.services import (
    add_step,
    approve_relocation,
    handle_step,
    plan_relocation,
    send_relocation,
)
from yinuo.domains.relocations.types import Signature, StepData, StepDoing

CHINA = ZoneInfo("Asia/Shanghai")


def plan(by: Member, customer: Customer, *steps: str, parallel: tuple[str, ...] = ()) -> Relocation:
    """A plan with these steps, an hour each, tomorrow; some beside the one before."""
    now = datetime.now(UTC)
    found = plan_relocation(
        actor=by.actor,
        customer_id=customer.public_id,
        title="机房搬迁",
        text="整体搬至新楼",
        now=now,
    )
    for number, what in enumerate(steps):
        begins = now + timedelta(days=1, hours=number)
        data = StepData(
            what,
            "李工",
            begins,
            begins + timedelta(hours=1),
            20,
            "业务连通",
            "切回原机",
            is_parallel=what in parallel,
        )
        found.refresh_from_db()
        add_step(
            actor=by.actor,
            relocation_id=found.public_id,
            version=found.version,
            data=data,
            now=now,
        )
    found.refresh_from_db()
    return found


def send(by: Member, found: Relocation) -> Relocation:
    """The plan as it stands, sent to the customer for his approval."""
    sent = send_relocation(
        actor=by.actor,
        relocation_id=found.public_id,
        version=found.version,
        now=datetime.now(UTC),
    )
    found.refresh_from_db()
    return sent


def approve(by: Member, found: Relocation) -> Relocation:
    """The plan as it stands, approved by the customer today."""
    now = datetime.now(UTC)
    approve_relocation(
        actor=by.actor,
        relocation_id=found.public_id,
        version=found.version,
        signed=Signature("周工", now.astimezone(CHINA).date()),
        now=now,
    )
    found.refresh_from_db()
    return found


def carry_out(by: Member, found: Relocation, position: int, *kinds: str) -> Relocation:
    """These acts on a step, one after the other."""
    step = RelocationStep.objects.get(relocation=found, position=position)
    for kind in kinds:
        found.refresh_from_db()
        handle_step(
            actor=by.actor,
            step_id=step.public_id,
            version=found.version,
            doing=StepDoing(kind, "已办理", None if kind == "started" else 15),
            now=datetime.now(UTC),
        )
    found.refresh_from_db()
    return found


def make_relocations(by: Member, customer: Customer) -> dict[str, Any]:
    """One at each stage, by the names their ids have in paths and bodies."""
    planned = plan(by, customer, "备份")
    approved = approve(by, plan(by, customer, "备份", "迁移"))
    sent = send(by, plan(by, customer, "搬迁"))
    done = carry_out(by, approve(by, plan(by, customer, "迁移")), 1, "started", "done")
    return {
        "relocation_id": planned,
        "planned_step_id": planned.steps.get(),
        "sent_relocation_id": sent,
        "approved_relocation_id": approved,
        "relocation_step_id": approved.steps.get(position=1),
        "done_relocation_id": done,
    }
