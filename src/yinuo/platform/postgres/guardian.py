"""The small process between Yinuo and its database server, so that no server is ever orphaned.

It runs in its own session (a terminal's Ctrl-C does not reach it), holds the folder's lock, makes
the data when there are none, starts the server and starts it again when it crashes. It stops the
server when its standard input closes or its starter's process id is no longer its parent, which
covers every way the starter can end, KILL included. If the guardian itself is killed, Linux sends
the server the signal to stop.

    python -m yinuo.platform.postgres.guardian FOLDER OWNER_PID [--throwaway]

It says one line of JSON on standard output, `{"ready": …}` or `{"error": code, "message": …}`,
and then only logs on standard error. SIGTERM stops the server fast, SIGQUIT at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from yinuo.platform.postgres import settings
from yinuo.platform.postgres.account import server_account
from yinuo.platform.postgres.binaries import program_folder
from yinuo.platform.postgres.cluster import AbandonedError, Toolbox, failure, initialise
from yinuo.platform.postgres.errors import FolderInUseError, PostgresError
from yinuo.platform.postgres.events import say
from yinuo.platform.postgres.folder import (
    SOCKET_NAME,
    Holder,
    ServerFolder,
    is_alive,
    socket_fits,
    unusable,
)

LOCK_PATIENCE_SECONDS = 20.0
FAST_STOP_SECONDS = 5.0
IMMEDIATE_STOP_SECONDS = 1.5
LOOK_UP_SECONDS = 0.25
READY_POLL_SECONDS = 0.01
RESTART_DELAYS_SECONDS = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0)
CALM_SECONDS = 60.0
READY_LINE = 7
LOGGER = "yinuo.postgres"


class Guardian:
    """Owns one server of one folder from the lock to the last process."""

    def __init__(self, folder: ServerFolder, owner_pid: int, *, throwaway: bool) -> None:
        self.folder = folder
        self.owner_pid = owner_pid
        self.throwaway = throwaway
        self.stop_signal: signal.Signals | None = None
        self.server: subprocess.Popen[bytes] | None = None
        self.log_start = 0
        self.alias: Path | None = None
        account = server_account(folder.data)
        self.toolbox = Toolbox(program_folder(account), account, self.is_abandoned)

    # -- when to stop

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.stop_signal = signal.SIGQUIT if number == signal.SIGQUIT else signal.SIGINT

    def is_abandoned(self, wait_seconds: float = 0.0) -> bool:
        """True when the server is to stop; looks for up to `wait_seconds`."""
        if self.stop_signal is None:
            readable, _, _ = select.select([sys.stdin], [], [], wait_seconds)
            closed = bool(readable) and not os.read(sys.stdin.fileno(), 4096)
            if closed or os.getppid() != self.owner_pid:
                self.stop_signal = signal.SIGINT
        return self.stop_signal is not None

    # -- from lock to ready

    def bring_up(self) -> Holder:
        """Takes the lock, makes the data if need be, starts the server; returns when it is ready.

        Raises PostgresError, or AbandonedError when nobody waits any more.
        """
        self.folder.prepare()
        self.toolbox.lock_descriptor = self.folder.acquire(LOCK_PATIENCE_SECONDS)
        self._sweep_after_crash()
        initialise(self.folder, self.toolbox, throwaway=self.throwaway)
        socket_folder = self._socket_folder()
        holder = Holder(self.owner_pid, os.getpid(), str(socket_folder))
        self.folder.write_holder(holder)
        self._launch()
        self._wait_until_ready()
        ready = Holder(self.owner_pid, os.getpid(), str(socket_folder), ready=True)
        self.folder.write_holder(ready)
        return ready

    def _sweep_after_crash(self) -> None:
        """Removes what a killed server left, once it is certain that it is gone.

        We hold the lock that every server process inherits, so left process id files are stale,
        even if the system has given the number to another process or keeps a zombie of it. The
        exception is a server started by hand: it has our data as its working directory.
        """
        earlier = self.folder.read_holder()
        if earlier and Path(earlier.socket_folder) != self.folder.data:
            shutil.rmtree(Path(earlier.socket_folder).parent, ignore_errors=True)
        self.folder.holder.unlink(missing_ok=True)
        pid_file = self.folder.data / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int(pid_file.read_text(encoding="utf-8").split()[0])
            if is_alive(pid) and Path(f"/proc/{pid}/cwd").samefile(self.folder.data):
                raise FolderInUseError(
                    f"{self.folder.data} is in use by a PostgreSQL server that was started by "
                    f"hand (process {pid}): stop it first"
                )
        pid_file.unlink(missing_ok=True)
        (self.folder.data / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)

    def _socket_folder(self) -> Path:
        """Where clients find the socket: the data folder, or a short private link to it."""
        if socket_fits(self.folder.data):
            return self.folder.data
        private = Path(tempfile.mkdtemp(prefix="yinuo-"))
        if not socket_fits(private / "db"):
            private.rmdir()
            private = Path(tempfile.mkdtemp(prefix="yinuo-", dir="/tmp"))
        self.alias = private
        link = private / "db"
        link.symlink_to(self.folder.data)
        return link

    def _launch(self) -> None:
        account, data = self.toolbox.account, self.folder.data
        chosen = settings.FIXED | (settings.THROWAWAY if self.throwaway else settings.DURABLE)
        arguments = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        with self.folder.log.open("ab") as log:
            self.log_start = log.tell()
            self.folder.log.chmod(0o600)
            self.folder.give_to_owner(self.folder.log)
            self.server = subprocess.Popen(  # noqa: S603 - our own program and arguments
                [
                    str(self.toolbox.programs / "postgres"),
                    "-D",
                    account.data_argument(data),
                    *arguments,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[self.toolbox.lock_descriptor],
                env=self.toolbox.environment(),
                **account.popen_options(data),
            )

    def _wait_until_ready(self) -> None:
        """Returns when the server accepts connections; recovery may take as long as it needs."""
        assert self.server is not None
        while True:
            if self.server.poll() is not None:
                with self.folder.log.open("rb") as log:
                    log.seek(self.log_start)
                    said = log.read().decode(errors="replace")
                raise failure("the database server did not start", said)
            if self.is_abandoned(READY_POLL_SECONDS):
                raise AbandonedError
            with contextlib.suppress(OSError, IndexError):
                text = (self.folder.data / "postmaster.pid").read_text(encoding="utf-8")
                lines = text.splitlines()
                if lines[0] == str(self.server.pid) and lines[READY_LINE].strip() == "ready":
                    return

    # -- while it runs

    def watch(self) -> bool:
        """Keeps the server up until it is to stop; False when it would not stay up."""
        failures, started = 0, time.monotonic()
        while not self.is_abandoned(LOOK_UP_SECONDS):
            assert self.server is not None
            if self.server.poll() is None:
                continue
            if time.monotonic() - started > CALM_SECONDS:
                failures = 0
            say(LOGGER, "error", "database server ended", exit_code=self.server.returncode)
            if failures == len(RESTART_DELAYS_SECONDS):
                return False
            if self.is_abandoned(RESTART_DELAYS_SECONDS[failures]):
                break
            failures, started = failures + 1, time.monotonic()
            self._restart()
        return True

    def _restart(self) -> None:
        # The process id file stays: with it the server notices processes of its killed
        # predecessor that still have the shared memory, refuses, and is tried again.
        self._launch()
        try:
            self._wait_until_ready()
        except PostgresError as error:
            say(LOGGER, "error", "database server did not start again", reason=str(error))
        except AbandonedError:
            return
        else:
            say(LOGGER, "warning", "database server started again")

    # -- down

    def bring_down(self) -> None:
        """Stops the server, politely first, and clears up; nothing of it runs afterwards."""
        if self.server is not None:
            steps = [
                (signal.SIGINT, FAST_STOP_SECONDS),
                (signal.SIGQUIT, IMMEDIATE_STOP_SECONDS),
                (signal.SIGKILL, IMMEDIATE_STOP_SECONDS),
            ]
            for sent, patience in steps[1 if self.stop_signal == signal.SIGQUIT else 0 :]:
                if self._wait_for_end(sent, patience):
                    break
        if self.alias is not None:
            shutil.rmtree(self.alias, ignore_errors=True)
        holds_lock = self.toolbox.lock_descriptor >= 0
        if holds_lock and self.throwaway:
            shutil.rmtree(self.folder.root, ignore_errors=True)
        elif holds_lock:
            self.folder.holder.unlink(missing_ok=True)

    def _wait_for_end(self, sent: signal.Signals, patience: float) -> bool:
        assert self.server is not None
        last_moment = time.monotonic() + patience
        if self.server.poll() is None:
            self.server.send_signal(sent)
        while self.server.poll() is None:
            if time.monotonic() > last_moment:
                return False
            if self.stop_signal == signal.SIGQUIT and sent == signal.SIGINT:
                return False
            time.sleep(READY_POLL_SECONDS)
        return True


def tell_starter(**content: object) -> None:
    """The one line the starter waits for; it may be gone already."""
    with contextlib.suppress(OSError):
        os.write(1, (json.dumps(content) + "\n").encode())
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.close(quiet)


def main(arguments: list[str]) -> int:
    """Runs the guardian; returns 0 after a clean stop, 1 when the server failed."""
    folder = ServerFolder(Path(arguments[0]))
    guardian = None
    try:
        guardian = Guardian(folder, int(arguments[1]), throwaway="--throwaway" in arguments)
        for number in (signal.SIGTERM, signal.SIGQUIT):
            signal.signal(number, guardian.on_signal)
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        holder = guardian.bring_up()
        tell_starter(ready=True, socket_folder=holder.socket_folder)
        return 0 if guardian.watch() else 1
    except AbandonedError:
        return 0
    except PostgresError as error:
        tell_starter(error=error.code, message=str(error))
        return 1
    except OSError as error:
        refusal = unusable(folder.root, error)
        tell_starter(error=refusal.code, message=str(refusal))
        return 1
    finally:
        if guardian is not None:
            guardian.bring_down()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
