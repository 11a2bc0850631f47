"""Scheduled jobs of contracts."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yinuo.domains.contracts.services import remind_of_contracts
from yinuo.domains.contracts.services.warning import warn_of_certificates


@app.periodic(cron="15 0 * * *")
@app.task(queueing_lock="remind_of_contracts")
def remind(timestamp: int) -> None:
    """Tell of contracts that end and agreements that fall due; `timestamp` is the second meant."""
    remind_of_contracts(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="20 0 * * *")
@app.task(queueing_lock="warn_of_certificates")
def warn(timestamp: int) -> None:
    """Tell of certificates that end soon; `timestamp` is the second meant."""
    warn_of_certificates(now=datetime.fromtimestamp(timestamp, UTC))
