"""Scheduled jobs of files."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yinuo.platform.files.services import sweep_orphans


@app.periodic(cron="50 3 * * *")
@app.task(queueing_lock="sweep_files")
def sweep_files(timestamp: int) -> None:
    """Remove bytes that no row names; `timestamp` is the scheduled second."""
    sweep_orphans(datetime.fromtimestamp(timestamp, UTC))
