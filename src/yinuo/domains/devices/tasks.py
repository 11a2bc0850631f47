"""Scheduled jobs of devices."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yinuo.domains.devices.services.photographing import sweep_photos


@app.periodic(cron="35 3 * * *")
@app.task(queueing_lock="sweep_photos")
def sweep_unfinished_photos(timestamp: int) -> None:
    """Forget photographs that never arrived whole; `timestamp` is the scheduled second."""
    sweep_photos(datetime.fromtimestamp(timestamp, UTC))
