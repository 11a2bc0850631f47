"""Scheduled jobs of the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from yinuo.platform.journal.models import IdempotencyKey

# A client that has not repeated its call for a week will not repeat it (R37 asks for a day).
KEYS_KEPT = timedelta(days=7)


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="forget_keys")
def forget_keys(timestamp: int) -> None:
    """Delete idempotency keys older than a week; `timestamp` is the scheduled second."""
    before = datetime.fromtimestamp(timestamp, UTC) - KEYS_KEPT
    IdempotencyKey.objects.filter(at__lt=before).delete()
