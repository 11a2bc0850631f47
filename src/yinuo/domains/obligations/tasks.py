"""Scheduled jobs of obligations."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yinuo.domains.obligations.services.following import follow_cases, go_round


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="follow_cases")
def follow(timestamp: int) -> None:
    """Let figures of contracts follow their cases; go round the contracts a little further."""
    now = datetime.fromtimestamp(timestamp, UTC)
    while follow_cases(now=now):
        pass
    go_round(now=now)
