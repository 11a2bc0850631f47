"""Child processes that are started again when they crash and stopped in order."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from yinuo.platform.postgres.account import die_with_parent
from yinuo.platform.postgres.events import say

LOGGER = "yinuo.supervision"
# The first time at once: whoever ended it, people wait.
RESTART_DELAYS_SECONDS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
CALM_SECONDS = 60.0
POLL_SECONDS = 0.05


class KeepsCrashingError(Exception):
    """A child ended soon after every start; starting it again would not help."""


@dataclass
class Child:
    """One process to keep running.

    `stop_seconds` is how long it may take to finish what it is doing before it is killed.
    """

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    stop_seconds: float
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started_at: float = 0.0
    start_again_at: float | None = field(default=None)

    def start(self) -> None:
        """Starts it in a session of its own: a terminal's Ctrl-C reaches only its supervisor.

        It is killed when the supervisor is: their database may be going away at that moment, and
        everything they do survives a kill.
        """
        self.start_again_at = None
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGKILL),  # noqa: PLW1509 - one thread only
        )
        say(LOGGER, "info", "child started", child=self.name, pid=self.process.pid)

    def look_after(self) -> None:
        """Notices a crash and starts the child again when its delay is over.

        Raises KeepsCrashingError after the last delay.
        """
        now = time.monotonic()
        if self.start_again_at is None and self.process is not None:
            self._note_end(self.process, now)
        if self.start_again_at is not None and now >= self.start_again_at:
            self.start()

    def _note_end(self, process: subprocess.Popen[bytes], now: float) -> None:
        if process.poll() is None:
            return
        if now - self.started_at > CALM_SECONDS:
            self.failures = 0
        code = process.returncode
        if self.failures == len(RESTART_DELAYS_SECONDS):
            raise KeepsCrashingError(f"{self.name} keeps ending (exit code {code})")
        delay = RESTART_DELAYS_SECONDS[self.failures]
        say(LOGGER, "error", "child ended", child=self.name, exit_code=code, again_in_seconds=delay)
        self.failures += 1
        self._signal(signal.SIGKILL)  # what it may have left behind
        self.start_again_at = now + delay

    def stop(self, is_hurried: Sequence[object]) -> None:
        """Asks it to finish, and kills it and its own children when its time is over.

        `is_hurried` becomes non-empty when the operator does not want to wait.
        """
        if self.process is None:
            return
        self._signal(signal.SIGTERM, only_leader=True)
        last_moment = time.monotonic() + self.stop_seconds
        while self.process.poll() is None and time.monotonic() < last_moment and not is_hurried:
            time.sleep(POLL_SECONDS)
        killed = self.process.poll() is None
        self._signal(signal.SIGKILL)
        code = self.process.wait()
        level = "warning" if killed else "info"
        say(LOGGER, level, "child stopped", child=self.name, exit_code=code, killed=killed)

    def _signal(self, sent: signal.Signals, *, only_leader: bool = False) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            if only_leader:
                self.process.send_signal(sent)
            else:
                os.killpg(self.process.pid, sent)
