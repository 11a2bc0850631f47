"""Decisions about who goes, through the service a dispatcher uses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.factories.company import Company, Member, make_member
from tests.factories.work import fresh, issue

from yinuo.domains.dispatch.going import who_can_go
from yinuo.domains.dispatch.models import Decision, PlanRun
from yinuo.domains.dispatch.plan_types import Mode
from yinuo.domains.dispatch.planning.running import run_plan
from yinuo.domains.dispatch.services import send_engineer, start_plan
from yinuo.domains.network.models import ServiceUnit
from yinuo.kernel.dispatch.routes import of_rounds


def make_decision(company: Company, request: Any) -> Decision:
    """A new sheet of a request at headquarters, for which the first who can go is sent."""
    admin, unit = company.administrator, company.headquarters
    sender = make_member(admin, unit, ["service_manager"])
    make_member(admin, unit, ["technician"])
    order = fresh(issue(sender, request))
    now = datetime.now(UTC)
    goer = who_can_go(sender.actor, order.public_id, now=now).goers[0]
    return send_engineer(
        actor=sender.actor,
        work_order_id=order.public_id,
        person_id=goer.public_id,
        version=order.version,
        source="test",
        now=now,
    )


def make_plan(
    by: Member,
    unit: ServiceUnit,
    *,
    first_on: date,
    days: int = 1,
    mode: Mode = Mode.LEAST,
    rounds: int = 30,
) -> PlanRun:
    """A plan of a unit, made the way the worker makes it, without its queue."""
    now = datetime.now(UTC)
    run = start_plan(
        actor=by.actor, unit_id=unit.public_id, first_on=first_on, days=days, mode=mode, now=now
    )
    run_plan(run.public_id, now=now, effort=of_rounds(rounds))
    run.refresh_from_db()
    return run
