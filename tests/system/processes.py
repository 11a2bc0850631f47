"""Web and worker processes of our own on a database that stands already."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable

from tests.system.installation import free_port, wait_until

# The machine may be busy; nothing here is about speed.
PATIENCE_SECONDS = 60.0


class Part:
    """A process in a session of its own, its log in a file."""

    def __init__(self, module: str, environment: dict[str, str], *arguments: str) -> None:
        self._log = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - as long as the process
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )

    @property
    def log(self) -> str:
        return os.pread(self._log.fileno(), 1 << 24, 0).decode()

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def wait_for(self, is_so: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
        """Waits until something is so; fails with the log when it does not come to be."""
        if not wait_until(is_so, seconds):
            raise AssertionError(self.log[-4000:])

    def clear_up(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._log.close()


class Worker(Part):
    """`python -m yinuo.config.worker`."""

    def __init__(self, environment: dict[str, str]) -> None:
        super().__init__("yinuo.config.worker", environment)

    def wait_started(self) -> Worker:
        self.wait_for(lambda: "worker started" in self.log)
        return self


class Web(Part):
    """The web server as `yinuo up` starts it, one process."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = free_port()
        listening = ["--port", str(self.port), "--web-workers", "1"]
        super().__init__("yinuo.surfaces.cli.web", environment, *listening)

    def ask(
        self, method: str, path: str, body: str = "", seconds: float = 60.0, **headers: str
    ) -> tuple[int, bytes]:
        """Status and content; OSError or HTTPException where there is no answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        with contextlib.closing(asking):
            asking.request(method, path, body.encode() or None, named)
            answer = asking.getresponse()
            return answer.status, answer.read()

    def status(self, path: str) -> int:
        """The status of a question; 0 where nobody answers."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.ask("GET", path)[0]
        return 0

    def wait_started(self) -> Web:
        self.wait_for(lambda: self.status("/healthz") == 200)
        return self
