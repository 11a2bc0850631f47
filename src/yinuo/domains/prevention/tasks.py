"""Scheduled jobs of preventive work."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yinuo.domains.prevention.services.following import (
    follow_promises,
    look_at_results_again,
    renew_visits,
    take_results,
)
from yinuo.domains.prevention.services.telling import tell_of_visits

_STEPS = (
    follow_promises,
    renew_visits,
    take_results,
    look_at_results_again,
    tell_of_visits,
)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="follow_visits")
def follow_visits(timestamp: int) -> None:
    """Plan what fell due, take results of sheets, tell whoever is to speak to customers."""
    now = datetime.fromtimestamp(timestamp, UTC)
    for step in _STEPS:
        while step(now=now):
            pass
