"""Scheduled jobs of accounts."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yinuo.platform.accounts.services import sweep_accounts


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="sweep_accounts")
def sweep(timestamp: int) -> None:
    """Remove expired sessions and refilled limits; `timestamp` is the scheduled second."""
    sweep_accounts(datetime.fromtimestamp(timestamp, UTC))
