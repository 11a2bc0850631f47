"""Scheduled jobs of routing."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from yinuo.domains.requests.services.wishing import TASK
from yinuo.domains.routing.services.passing import AT_ONCE, pass_on_late
from yinuo.domains.routing.services.starting import start_wished


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="pass_on_late_offers")
def late_offers(timestamp: int) -> None:
    """Pass on what was not answered in time; `timestamp` is the second meant."""
    now = datetime.fromtimestamp(timestamp, UTC)
    while pass_on_late(now=now) == AT_ONCE:
        pass


@app.task(name=TASK)
def offer_wanted() -> None:
    """Ask the first unit for every request that is to be offered."""
    start_wished(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="offer_what_waits")
def offer_what_waits(timestamp: int) -> None:
    """The same for wishes whose call was lost; `timestamp` is the second meant."""
    start_wished(now=datetime.fromtimestamp(timestamp, UTC))
