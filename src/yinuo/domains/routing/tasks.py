"""Scheduled jobs of routing."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yinuo.domains.routing.services.passing import AT_ONCE, pass_on_late


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="pass_on_late_offers")
def late_offers(timestamp: int) -> None:
    """Pass on what was not answered in time; `timestamp` is the second meant."""
    now = datetime.fromtimestamp(timestamp, UTC)
    while pass_on_late(now=now) == AT_ONCE:
        pass
