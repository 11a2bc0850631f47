"""Scheduled jobs of feedback."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yinuo.domains.feedback.services.reckoning import follow_promises, recount_cases
from yinuo.domains.feedback.services.sheets import take_sheet_answers


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_sheet_answers")
def take_answers(timestamp: int) -> None:
    """Take the answers of sheets signed meanwhile; `timestamp` is the scheduled second."""
    now = datetime.fromtimestamp(timestamp, UTC)
    while take_sheet_answers(now=now):
        pass


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="reckon_scored_cases")
def reckon_scored_cases(timestamp: int) -> None:
    """Keep the fair score's cases in step with promises and weights; `timestamp` as above."""
    now = datetime.fromtimestamp(timestamp, UTC)
    while follow_promises(now=now):
        pass
    while recount_cases(now=now):
        pass
