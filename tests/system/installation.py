"""A real `yinuo up` in a folder of its own, looked at from outside."""

import contextlib
import http.client
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

YINUO = [sys.executable, "-c", "import sys; from yinuo.surfaces.cli import main; sys.exit(main())"]
READY_SECONDS = 300


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    last_moment = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > last_moment:
            return False
        time.sleep(0.05)
    return True


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def environment(**more: str) -> dict[str, str]:
    """Ours without a word about any database."""
    unwanted = ("DATABASE_", "YINUO_", "DJANGO_", "PYTEST_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
    return {**kept, **more}


def processes_about(mark: str) -> dict[int, str]:
    """Process ids and command lines of everything whose variables, words or folder name `mark`."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            words = (entry / "cmdline").read_bytes()
            known = (
                words + (entry / "environ").read_bytes() + os.fsencode((entry / "cwd").readlink())
            )
            if mark.encode() in known and words:
                found[int(entry.name)] = words.replace(b"\0", b" ").decode()
    return found


class Installation:
    """One `yinuo VERB --var FOLDER …` process, its output and its web port."""

    def __init__(self, var: Path, *arguments: str, verb: str = "up", **variables: str) -> None:
        self.var = var
        self.port = free_port()
        self.log: list[dict[str, object]] = []
        self.told: queue.Queue[str] = queue.Queue()
        listening = [] if verb == "worker" else ["--port", str(self.port), "--web-workers", "1"]
        self.process = subprocess.Popen(
            [*YINUO, verb, "--var", str(var), *listening, *arguments],
            env=environment(**variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        for reader in (self._read_log, self._read_told):
            threading.Thread(target=reader, daemon=True).start()

    def _read_log(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            try:
                self.log.append(json.loads(line))
            except ValueError:
                self.log.append({"message": line})

    def _read_told(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.put(line)

    def wait_ready(self) -> "Installation":
        line = ""
        with contextlib.suppress(queue.Empty):
            line = self.told.get(timeout=READY_SECONDS)
        assert "ready" in line, (line, self.log[-5:])
        return self

    def get(self, path: str, seconds: float = 10.0) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        with contextlib.closing(connection):
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def answers(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.get("/healthz")[0] == 200
        return False

    def is_ready(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.get("/readyz")[0] == 200
        return False

    def children(self, name: str) -> list[int]:
        """Process ids that were started as the child `name`, oldest first."""
        return [
            int(str(line["pid"]))
            for line in self.log
            if line.get("child") == name and line["message"] == "child started"
        ]

    def reasons(self) -> str:
        return " ".join(str(line.get("reason", "")) for line in self.log)

    def end(
        self, sent: signal.Signals = signal.SIGTERM, seconds: float = 20.0
    ) -> tuple[int, float]:
        """Sends the signal; the exit code and how many seconds the end took."""
        began = time.monotonic()
        self.process.send_signal(sent)
        code = self.process.wait(seconds)
        return code, time.monotonic() - began

    def clear_up(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for pid in self.children("web") + self.children("worker"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
