"""Runs every measurement, one process each, and prints its table.

    python -m bench [--full] [--json]

`--json` prints one object, the measurement's name to its figures.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

# Name, module, arguments of the quick and of the full size.
MEASUREMENTS = (
    ("calendars", "bench.kernel_calendars", [], []),
    ("evaluation", "bench.kernel_evaluate", ["--requests=20000"], ["--requests=100000"]),
    ("requests", "bench.create_requests", ["--seconds=10"], ["--seconds=120"]),
    (
        "large",
        "bench.large",
        ["--requests=5000", "--contacts=10000"],
        ["--requests=150000", "--contacts=200000"],
    ),
    ("covers", "bench.covers", ["--assets=4000", "--contracts=1000"], []),
    ("clocks", "bench.clocks", ["--open=20000", "--due=2000"], []),
    ("exposure", "bench.exposure", ["--live=5000", "--times=20"], []),
    ("scores", "bench.scores", ["--answers=20000", "--times=20"], ["--answers=200000"]),
    ("start", "bench.start", [], []),
    ("kills", "bench.kills", ["--kills=5"], ["--kills=100"]),
    ("field", "bench.field", ["--phones=10"], ["--phones=50"]),
    ("phone kills", "bench.phone_kills", ["--kills=5"], ["--kills=100"]),
    (
        "stock",
        "bench.stock",
        [],
        ["--clients=50", "--parts=1000", "--seconds=120"],
    ),
    ("imports", "bench.imports", ["--rows=2000"], ["--rows=100000"]),
    ("pdfs", "bench.pdfs", [], ["--times=100"]),
    ("dispatch", "bench.dispatch", [], ["--full"]),
    ("regions", "bench.regions", ["--seconds=8"], ["--seconds=27", "--seeds=3"]),
    (
        "region against a long search",
        "bench.regions",
        ["--sheets=300", "--largest=150", "--seconds=3", "--whole=15"],
        ["--sheets=2000", "--people=400", "--largest=1000", "--seconds=60", "--whole=600"],
    ),
    ("objectives", "bench.objectives", ["--seconds=3"], ["--seconds=20"]),
    ("candidates", "bench.candidates", [], ["--times=300"]),
    ("callers", "bench.callers", ["--customers=20000", "--times=20"], ["--customers=200000"]),
)


def main() -> int:
    """1 when a measurement could not be made."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    failed = 0
    for name, module, quick, full in MEASUREMENTS:
        command = [sys.executable, "-m", module, *(full if options.full else quick)]
        if not options.json:
            print(f"\n== {name}", flush=True)
            failed += subprocess.run(command, check=False).returncode != 0
            continue
        done = subprocess.run([*command, "--json"], check=False, capture_output=True, text=True)
        failed += done.returncode != 0
        figures[name] = json.loads(done.stdout) if done.returncode == 0 else done.stderr[-2000:]
    if options.json:
        print(json.dumps(figures, indent=1))
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
