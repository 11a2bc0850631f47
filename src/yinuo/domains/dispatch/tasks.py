"""Jobs of dispatch: planning, plans that stand still, ways as they were recorded."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import close_old_connections
from procrastinate.contrib.django import app

from yinuo.domains.dispatch.services.planning import TASK, resume_plans
from yinuo.domains.dispatch.ways import calibrate


@app.task(name=TASK)
def make_plan(run: str) -> None:
    """Make a plan and keep what is proposed."""
    # Only a worker's job loads the compiler; every other process reads this file too.
    from yinuo.domains.dispatch.planning.running import run_plan

    close_old_connections()
    run_plan(run, now=datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="resume_plans")
def resume(timestamp: int) -> None:
    """Take up plans whose worker was killed; `timestamp` is the scheduled second."""
    resume_plans(datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="calibrate_travel")
def calibrate_travel(timestamp: int) -> None:
    """Correct the estimate of ways by recorded trips; `timestamp` is the scheduled second."""
    calibrate(datetime.fromtimestamp(timestamp, UTC))
