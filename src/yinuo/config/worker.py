"""The worker process: acts on promise clocks and runs scheduled jobs until it is asked to stop.

Any number of workers may run on any number of machines; each due promise is claimed by one.
"""

from __future__ import annotations

import os
import signal
import threading
from datetime import UTC, datetime
from logging import getLogger

import django

POLL_SECONDS = 1.0
# After a failure (database away) the worker waits this long and tries again.
REST_SECONDS = 5.0

_log = getLogger("yinuo.worker")


def run(stopping: threading.Event) -> None:
    """Act on due promises until `stopping` is set; a step under way is finished first."""
    from django.db import DatabaseError, close_old_connections

    from yinuo.domains.obligations.services import act_on_due

    while not stopping.is_set():
        try:
            acted = act_on_due(now=datetime.now(UTC))
        except DatabaseError:
            _log.exception("the database did not answer")
            close_old_connections()
            stopping.wait(REST_SECONDS)
            continue
        if acted == 0:
            stopping.wait(POLL_SECONDS)


def main() -> None:
    """Entry point of `python -m yinuo.config.worker`; SIGTERM and SIGINT end it cleanly."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinuo.config.settings")
    django.setup()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    _log.info("worker started", extra={"pid": os.getpid()})
    run(stopping)
    _log.info("worker stopped", extra={"pid": os.getpid()})


if __name__ == "__main__":
    main()
