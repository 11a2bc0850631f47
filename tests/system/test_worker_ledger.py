"""A real worker lets the breach ledger grow, at the instant the next hour of a miss starts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.factories import make_company, publish
from tests.factories.subjects import ONE_PROMISE, RESPOND_WITHIN, report
from tests.plugins.committed import CommittedDatabase
from tests.system.processes import Worker

HOURLY = "    remedies: [{id: late, penalty: {amount: 100, per_started: 1 hour}}]\n"
UNTIL_THE_NEXT_HOUR = timedelta(seconds=6)


@pytest.mark.req("R41", "SG-10")
def test_the_third_hour_is_posted_when_it_starts_and_not_before(
    committed: CommittedDatabase, tmp_path: Path
) -> None:
    version = publish(make_company().administrator, ONE_PROMISE + HOURLY)
    environment = committed.environment(YINUO_VAR=str(tmp_path))
    worker = Worker(environment)
    try:
        worker.wait_started()
        third_hour = datetime.now(UTC) + UNTIL_THE_NEXT_HOUR
        report(version.pk, third_hour - timedelta(hours=2) - RESPOND_WITHIN)
        asked = "SELECT amount, entered_at FROM breaches_entry ORDER BY id"
        worker.wait_for(lambda: len(committed.ask(asked)) == 2)
        [(first, before), (second, after)] = committed.ask(asked)
        assert (first, second) == (Decimal(200), Decimal(100))
        assert before < third_hour < after < third_hour + timedelta(seconds=10)
    finally:
        worker.clear_up()
