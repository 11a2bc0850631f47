"""The worker process: acts on promise clocks and runs scheduled jobs until it is asked to stop.

Any number of workers may run on any number of machines: each due promise is claimed by one, each
scheduled job is run once. Clocks have a thread of their own, so that no job delays a promise.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from asyncio.subprocess import DEVNULL
from datetime import UTC, datetime
from logging import getLogger
from typing import Any

import django

POLL_SECONDS = 1.0
FEWEST_AT_ONCE, MOST_AT_ONCE = 100, 800
# After a failure (database away) a worker waits this long and tries again.
REST_SECONDS = 5.0
# R48: whoever asks a worker to stop waits no longer than this, even when the database hangs; the
# step under way is then cut like by a power failure, and another worker takes it up.
STOP_SECONDS = 15.0
# A worker that lives so long has the route engine compiled, in a process of its own with what time
# the others leave: the first plan of a day then need not wait half a minute for it.
WARM_UP_AFTER = 30.0
WARM_UP = "import os; os.nice(15); from yinuo.kernel.dispatch.routes import warm_up; warm_up()"
# A worker that says nothing for so long within a step has lost it: the server ends the step, and
# another worker takes it up well within the time in which clocks have to act.
LEASE = "10s"

_log = getLogger("yinuo.worker")


def act_on_clocks(stopping: threading.Event) -> None:
    """Act on due promises until `stopping` is set; a step under way is finished first.

    Contracts to which something happened are looked at. While nothing is due, what was computed
    with an older table of holidays is computed anew.
    """
    from django.db import DatabaseError, close_old_connections

    from yinuo.domains.emergency.services import escalate_waiting_steps
    from yinuo.domains.obligations.services import act_on_due, compute_outdated
    from yinuo.domains.obligations.services.following import follow_contracts
    from yinuo.domains.obligations.services.joining import renew_joint_exposure
    from yinuo.domains.obligations.services.looking import look_at_contracts

    at_most = FEWEST_AT_ONCE
    while not stopping.is_set():
        try:
            acted = act_on_due(now=datetime.now(UTC), at_most=at_most)
            follow_contracts(now=datetime.now(UTC))
            acted += look_at_contracts(now=datetime.now(UTC))
            acted += escalate_waiting_steps(now=datetime.now(UTC))
            acted += renew_joint_exposure(now=datetime.now(UTC))
            acted = acted or compute_outdated(now=datetime.now(UTC), at_most=at_most)
        except DatabaseError:
            _log.exception("the database did not answer")
            close_old_connections()
            stopping.wait(REST_SECONDS)
            continue
        # Steps grow while there is more to do than fits one: their round trips and commits are
        # what a busy machine is slow at.
        at_most = min(at_most * 2, MOST_AT_ONCE) if acted >= at_most else FEWEST_AT_ONCE
        if acted == 0:
            stopping.wait(POLL_SECONDS)


async def run_jobs(stopping: asyncio.Event) -> None:
    """Run scheduled jobs until `stopping` is set; when the database goes away, come back."""
    from procrastinate.contrib.django import app

    while not stopping.is_set():
        jobs = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
        try:
            async with jobs.open_async():
                working = asyncio.create_task(
                    jobs.run_worker_async(install_signal_handlers=False, delete_jobs="successful")
                )
                stopped = asyncio.create_task(stopping.wait())
                await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
        except Exception:
            _log.exception("scheduled jobs were interrupted")
        if not stopping.is_set():
            await asyncio.sleep(REST_SECONDS)


async def warm_engine(stopping: asyncio.Event) -> None:
    """Compile the route engine once the worker has settled, unless it is asked to stop before."""
    try:
        await asyncio.wait_for(stopping.wait(), WARM_UP_AFTER)
        return
    except TimeoutError:
        pass
    compiling = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WARM_UP, stdin=DEVNULL, stdout=DEVNULL
    )
    ended, stopped = asyncio.create_task(compiling.wait()), asyncio.create_task(stopping.wait())
    await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if compiling.returncode is None:
        compiling.kill()
    await ended
    stopped.cancel()


async def run() -> None:
    """Clocks and jobs side by side until SIGTERM or SIGINT."""
    stopping, clocks_stopping = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        stopping.set()
        loop.call_later(STOP_SECONDS, os._exit, 1)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    clocks = threading.Thread(target=act_on_clocks, args=[clocks_stopping], name="clocks")
    clocks.start()
    _log.info("worker started", extra={"pid": os.getpid()})
    warming = asyncio.create_task(warm_engine(stopping))
    await run_jobs(stopping)
    await warming
    clocks_stopping.set()
    await asyncio.to_thread(clocks.join)
    _log.info("worker stopped", extra={"pid": os.getpid()})


def take_lease(connection: Any, **_: Any) -> None:
    """Ask the server to end a step of ours that stands still for longer than the lease."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{LEASE}'")


def main() -> None:
    """Entry point of `python -m yinuo.config.worker`."""
    from django.db.backends.signals import connection_created

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinuo.config.settings")
    django.setup()
    connection_created.connect(take_lease)
    asyncio.run(run())


if __name__ == "__main__":
    main()
