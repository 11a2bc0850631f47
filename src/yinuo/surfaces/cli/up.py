"""`yinuo up`: database, migrations, web and worker from one command, on one machine.

Exit codes: 0 stopped as asked, 1 something failed, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import ssl
import sys
import time
from pathlib import Path
from types import FrameType

from yinuo.platform.postgres import EmbeddedPostgres, PostgresError, server_folder
from yinuo.platform.postgres.events import say
from yinuo.surfaces.cli import https, web
from yinuo.surfaces.cli.certificates import Certificates
from yinuo.surfaces.cli.children import Child, KeepsCrashingError
from yinuo.surfaces.cli.database import (
    django_environment,
    migrate,
    named_by_environment,
    require_fit_server,
    run_django,
)
from yinuo.surfaces.cli.exits import CLEAN, FAILED, RefusedError

LOGGER = "yinuo.supervision"
WORKER_MODULE = "yinuo.config.worker"
WEB_MODULE = "yinuo.surfaces.cli.web"
# R48 allows 20 s: web, then worker, then database (its guardian needs up to 8 s).
WEB_STOP_SECONDS = web.DRAIN_SECONDS + 1.0
WORKER_STOP_SECONDS = 4.0
LOOK_UP_SECONDS = 0.2
ANSWER_SECONDS = 60.0


class StopAsked(Exception):
    """The operator asked to stop, by SIGINT, SIGTERM or a closed terminal."""


class Up:
    """Everything `yinuo up` has started, in the order it is started; stopped in reverse."""

    def __init__(self, var: Path, listening: argparse.Namespace) -> None:
        self.var = var
        self.listening = listening
        self.embedded: EmbeddedPostgres | None = None
        self.database: dict[str, str] = {}
        self.children: list[Child] = []
        self.hurried: list[int] = []
        self.is_stopping = False
        self.tls: Certificates | None = None

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        """The first signal begins the stop, every further one makes it harder."""
        if self.is_stopping:
            self.hurried.append(number)
            return
        self.is_stopping = True
        raise StopAsked

    def start(self, *, demo: bool) -> None:
        """Starts everything and returns when the web answers. Raises RefusedError, PostgresError,
        KeepsCrashingError.
        """
        web.require_free_port(self.listening.host, self.listening.port)
        make_private(self.var)
        os.environ["YINUO_VAR"] = str(self.var)
        if self.listening.https:
            self.tls = https.secured(self.var)
        self.database = named_by_environment() or self._start_embedded()
        require_fit_server(self.database["DATABASE_URL"])
        migrate(self.database)
        how_to_begin = run_django(self.database, "load_demo") if demo else ""
        self.children = [self._web(), self._worker()]
        for child in self.children:
            child.start()
        if not demo:
            how_to_begin = run_django(self.database, "how_to_begin")  # while the web server loads
        self._wait_for_answer()
        tell(f"Yinuo is ready at {self.address}\n{how_to_begin}".rstrip())
        if self.tls is not None:
            tell(https.how_to_trust(self.tls, self.listening.port))

    @property
    def address(self) -> str:
        host = reachable(self.listening.host)
        shown = f"[{host}]" if ":" in host else host
        return f"http{'s' if self.tls else ''}://{shown}:{self.listening.port}/"

    def _start_embedded(self) -> dict[str, str]:
        self.embedded = EmbeddedPostgres(server_folder(self.var))
        began = time.monotonic()
        found = self.embedded.start().environment()
        seconds = round(time.monotonic() - began, 3)
        say(LOGGER, "info", "database started", folder=str(server_folder(self.var)), took=seconds)
        return found

    def _web(self) -> Child:
        options = ["--host", self.listening.host, "--port", str(self.listening.port)]
        options += ["--web-workers", str(self.listening.web_workers)]
        if self.tls is not None:
            options += ["--certificate", str(self.tls.certificate), "--key", str(self.tls.key)]
        command = [sys.executable, "-P", "-m", WEB_MODULE, *options]
        return Child("web", command, django_environment(self.database), WEB_STOP_SECONDS)

    def _worker(self) -> Child:
        command = [sys.executable, "-P", "-m", WORKER_MODULE]
        return Child("worker", command, django_environment(self.database), WORKER_STOP_SECONDS)

    def _wait_for_answer(self) -> None:
        last_moment = time.monotonic() + ANSWER_SECONDS
        while not answers(self.listening.host, self.listening.port, self.tls):
            for child in self.children:
                child.look_after()
            if time.monotonic() > last_moment:
                raise RefusedError("the web server does not answer after 60 s; see the log above")
            time.sleep(LOOK_UP_SECONDS)

    def watch(self) -> None:
        """Keeps everything running until a signal. Raises KeepsCrashingError, PostgresError."""
        while True:
            time.sleep(LOOK_UP_SECONDS)
            for child in self.children:
                child.look_after()  # first: they load while their database comes back
            if self.embedded is not None and not self.embedded.is_running():
                self._restart_embedded(self.embedded)

    def _restart_embedded(self, embedded: EmbeddedPostgres) -> None:
        """Brings back a server whose guardian was killed or gave up."""
        say(LOGGER, "error", "database guardian ended; starting it again")
        embedded.stop()
        found = embedded.start().environment()
        if found == self.database:
            return
        self.database = found  # its socket has moved: the children must follow
        for child in self.children:
            child.stop(self.hurried)
            child.environment = django_environment(found)
            child.start()

    def stop(self) -> None:
        """Stops web, worker and database, in this order, within 20 s."""
        self.is_stopping = True
        for child in self.children:
            child.stop(self.hurried)
        if self.embedded is not None:
            self.embedded.stop(immediate=bool(self.hurried))
        say(LOGGER, "info", "stopped")


def answers(host: str, port: int, tls: Certificates | None = None) -> bool:
    """True when the web server gives any HTTP answer to its liveness question."""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=5)
    if tls is not None:
        trust = ssl.create_default_context(cafile=str(tls.authority))
        # Whatever address it listens on: the one asked here is this machine itself.
        trust.check_hostname = False
        connection = http.client.HTTPSConnection(reachable(host), port, timeout=5, context=trust)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def reachable(host: str) -> str:
    """Where this machine reaches a server that listens on `host`, which may mean everywhere."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def make_private(folder: Path) -> None:
    """Makes the folder for nobody else; one that is there stays as it is. Raises RefusedError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(
            f"the folder {folder} cannot be made ({error.strerror}): name another with --var"
        ) from None


def tell(text: str) -> None:
    """A line for the person at the console; everything else goes to the log."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def var_folder(named: Path | None) -> Path:
    """The folder of everything we write: the one named, else `YINUO_VAR`, else ./var."""
    return (named or Path(os.environ.get("YINUO_VAR", "").strip() or "var")).absolute()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `yinuo up`."""
    parser.add_argument("--var", type=Path, help="folder for everything written (./var)")
    parser.add_argument("--demo", action="store_true", help="load the invented company")
    parser.add_argument(
        "--https",
        action="store_true",
        help="serve phones of the same network, with a certificate authority of the folder",
    )
    web.add_arguments(parser)
    parser.set_defaults(host="")


def run(options: argparse.Namespace) -> int:
    """Runs until SIGINT or SIGTERM. A second signal stops without waiting."""
    options.host = options.host or (https.EVERYWHERE if options.https else web.LOCAL)
    up = Up(var_folder(options.var), options)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, up.on_signal)
    try:
        up.start(demo=options.demo)
        up.watch()
    except StopAsked:
        say(LOGGER, "info", "stopping")
    except (RefusedError, PostgresError, KeepsCrashingError) as error:
        say(LOGGER, "error", "cannot go on", reason=str(error))
        return FAILED
    finally:
        up.stop()
    return CLEAN


def main(arguments: list[str]) -> int:
    """`yinuo up` with the arguments after the verb."""
    parser = argparse.ArgumentParser(prog="yinuo up", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(arguments))
