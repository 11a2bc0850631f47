"""Scheduled jobs of requests."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yinuo.domains.requests.services.silence import AT_ONCE, record_silences


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="record_silences")
def silences(timestamp: int) -> None:
    """Record that customers did not object to pauses in time; `timestamp` is the second meant."""
    now = datetime.fromtimestamp(timestamp, UTC)
    while record_silences(now=now) == AT_ONCE:
        pass
