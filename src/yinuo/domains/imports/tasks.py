"""Jobs of imports: the rows of a file, in turns with other jobs; and runs that stand still."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic

from django.db import close_old_connections, transaction
from procrastinate.contrib.django import app

from yinuo.domains.imports.models import ImportRun
from yinuo.domains.imports.services import advance_run, forget_rows, resume_standing
from yinuo.domains.imports.services.queue import TASK, enqueue
from yinuo.platform.scoped import identity

# After so long a run goes to the end of the queue: other jobs get their turn, and a worker that is
# asked to stop need not be cut.
TURN_SECONDS = 8.0


@app.task(name=TASK)
def work_on(run: str) -> None:
    """Get on with a run for a turn, and queue what is left."""
    close_old_connections()
    ends = monotonic() + TURN_SECONDS
    while advance_run(run, now=datetime.now(UTC)):
        if monotonic() >= ends:
            with transaction.atomic():
                enqueue(ImportRun.objects.get(public_id=identity(run)))
            return


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="resume_imports")
def resume_imports(timestamp: int) -> None:
    """Take up runs whose worker was killed; `timestamp` is the scheduled second."""
    resume_standing(datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="10 4 * * *")
@app.task(queueing_lock="forget_import_rows")
def forget_import_rows(timestamp: int) -> None:
    """Delete rows of old runs; `timestamp` is the scheduled second."""
    forget_rows(datetime.fromtimestamp(timestamp, UTC))
