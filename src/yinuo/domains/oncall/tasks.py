"""Scheduled jobs of duty."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yinuo.domains.oncall.services.calling import AT_ONCE, act_on_calls
from yinuo.domains.oncall.services.handing import escalate_handovers, hand_over_turns


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="duty_calls")
def duty_calls(timestamp: int) -> None:
    """Ask for calls whose time has come, hand over turns that ended, tell of unread logs."""
    now = datetime.fromtimestamp(timestamp, UTC)
    while act_on_calls(now=now) == AT_ONCE:
        pass
    hand_over_turns(now=now)
    while escalate_handovers(now=now) == AT_ONCE:
        pass
