"""Plans of days as the worker makes them; importing this loads the route engine."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.factories.company import Member

from yinuo.domains.dispatch.models import PlanRun
from yinuo.domains.dispatch.plan_types import Mode
from yinuo.domains.dispatch.planning.running import run_plan
from yinuo.domains.dispatch.services import start_plan
from yinuo.domains.network.models import ServiceUnit
from yinuo.kernel.dispatch.routes import of_rounds


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
