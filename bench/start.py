"""How long `yinuo up --demo` takes until the web answers: a first start, a second, after a kill.

    python -m bench.start [--json]

The kill takes web, worker and database at once; nobody starts anything by hand (G10: 10 s).

The packages are installed and the assets built already; see the README for a whole first start.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from bench.company import wait_for

PORT = 8932


@contextmanager
def started(folder: Path) -> Iterator[float]:
    """The seconds of one start in this folder, which is stopped again cleanly."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "yinuo", "up", "--demo", f"--var={folder}", f"--port={PORT}"]
    environment = {**os.environ, "YINUO_LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    try:
        wait_until_ready()
        yield time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait_until_ready() -> None:
    """Returns when the web answers and reaches its database; a first start takes a while."""
    for _ in range(10):
        try:
            return wait_for(f"http://127.0.0.1:{PORT}/readyz")
        except SystemExit:
            continue
    raise SystemExit("the web did not get ready")


def seconds_to_recover(folder: Path) -> float:
    """Kills every process that this installation started but its supervisor."""
    supervisor, *parts = (one for one in psutil.process_iter(["cmdline"]) if _belongs(one, folder))
    for one in [*supervisor.children(recursive=True), *parts]:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    began = time.perf_counter()
    wait_until_ready()
    return time.perf_counter() - began


def _belongs(process: psutil.Process, folder: Path) -> bool:
    return any(str(folder) in word for word in process.info["cmdline"] or ())


def main() -> int:
    """Print both times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yinuo-bench-") as folder:
        var = Path(folder) / "var"
        with started(var) as cold:
            pass
        with started(var) as warm:
            recovered = seconds_to_recover(var)
    figures = {
        "first_start_seconds": round(cold, 1),
        "second_start_seconds": round(warm, 1),
        "ready_after_kill_seconds": round(recovered, 1),
    }
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:24}{value:>12}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
