"""Scheduled jobs of contracts."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yinuo.domains.contracts.services import remind_of_contracts


@app.periodic(cron="15 0 * * *")
@app.task(queueing_lock="remind_of_contracts")
def remind(timestamp: int) -> None:
    """Tell of contracts that end and agreements that fall due; `timestamp` is the second meant."""
    remind_of_contracts(now=datetime.fromtimestamp(timestamp, UTC))
