"""How long `yinuo up --demo` takes until the web answers: a first and a second start.

    python -m bench.start [--json]

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
from pathlib import Path

from bench.company import wait_for

PORT = 8932


def seconds_to_answer(folder: Path) -> float:
    """One start in this folder, stopped again cleanly."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "yinuo", "up", "--demo", f"--var={folder}", f"--port={PORT}"]
    environment = {**os.environ, "YINUO_LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    try:
        for _ in range(10):
            try:
                wait_for(f"http://127.0.0.1:{PORT}/readyz")
            except SystemExit:
                continue
            break
        return time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def main() -> int:
    """Print both times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yinuo-bench-") as folder:
        cold = round(seconds_to_answer(Path(folder) / "var"), 1)
        warm = round(seconds_to_answer(Path(folder) / "var"), 1)
    figures = {"first_start_seconds": cold, "second_start_seconds": warm}
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:24}{value:>12}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
