"""Scheduled jobs of billing."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yinuo.domains.billing.services import expire_quotes
from yinuo.domains.billing.services.letter_answers import expire_letters


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="expire_quotes")
def expire(timestamp: int) -> None:
    """End quotes nobody answered in time; `timestamp` is the scheduled second."""
    while expire_quotes(now=datetime.fromtimestamp(timestamp, UTC)):
        pass


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="expire_letters")
def expire_unanswered_letters(timestamp: int) -> None:
    """End letters nobody answered in time; `timestamp` is the scheduled second."""
    while expire_letters(now=datetime.fromtimestamp(timestamp, UTC)):
        pass
