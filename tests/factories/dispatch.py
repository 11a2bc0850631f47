"""Decisions about who goes, through the service a dispatcher uses."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.factories.company import Company, Member, make_member
from tests.factories.work import fresh, issue

from yinuo.domains.dispatch.going import who_can_go
from yinuo.domains.dispatch.models import Decision, PlanLine, PlanRun
from yinuo.domains.dispatch.plan_types import Mode
from yinuo.domains.dispatch.services import send_engineer, set_weights, start_plan, take_lines
from yinuo.domains.dispatch.weighing import Figures
from yinuo.domains.network.models import Person, ServiceUnit


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


def make_waiting_plan(by: Member, unit: ServiceUnit) -> PlanRun:
    """A plan of tomorrow that no worker has taken up."""
    now = datetime.now(UTC)
    return start_plan(
        actor=by.actor,
        unit_id=unit.public_id,
        first_on=now.date() + timedelta(days=1),
        days=1,
        mode=Mode.LEAST,
        now=now,
    )


def make_proposal(by: Member, unit: ServiceUnit, goer: Person, request: Any) -> PlanRun:
    """A finished plan with one line for a new sheet, without the route engine."""
    now = datetime.now(UTC)
    begins = now + timedelta(days=1)
    run = make_waiting_plan(by, unit)
    order = fresh(issue(by, request))
    PlanLine.objects.create(
        run=run,
        number=1,
        work_order=order,
        order_version=order.version,
        change="new",
        person=goer,
        leaves_at=begins,
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        content={"due_at": None, "late": "0.00", "options": [], "broken": {}},
    )
    amounts = {"late": "0.00", "travel": "0.00", "overtime": "0.00", "total": "0.00", "left": 1}
    run.state, run.percent, run.ended_at, run.weights = "done", 100, now, "v1"
    figures = {"sheets": 1, "people": 1, "rounds": 1, "saved": "0.00"}
    run.summary = {**figures, "before": amounts, "after": {**amounts, "left": 0}}
    run.save()
    return run


def make_taken(by: Member, unit: ServiceUnit, goer: Person, request: Any) -> PlanRun:
    """The same, taken over."""
    run = make_proposal(by, unit, goer, request)
    now = datetime.now(UTC)
    taken = take_lines(actor=by.actor, run_id=run.public_id, line_ids=None, source="test", now=now)
    assert taken.taken == 1, taken.refused
    return run


def weigh(by: Member, *, version: int = 1, reason: str = "核算调整", **changed: Any) -> None:
    """Let other figures count."""
    set_weights(
        actor=by.actor,
        figures={**asdict(Figures()), **changed},
        version=version,
        reason=reason,
        now=datetime.now(UTC),
    )
