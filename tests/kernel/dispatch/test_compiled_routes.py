"""The engine compiled and as plain Python: the same plan."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.kernel.dispatch.test_routes import made

from yinuo.kernel.dispatch.routes import of_rounds, plan, replan

ROOT = Path(__file__).resolve().parents[3]
COMPILED = """
import json
from tests.kernel.dispatch.test_compiled_routes import planned
print(json.dumps(planned()))
"""


def planned() -> list[object]:
    case = made(8, shifts=5, visits=25)
    first = plan(case, seed=3, effort=of_rounds(200))
    again = replan(case, first.orders, moved_cost=600, seed=4, effort=of_rounds(100))
    return [first.orders, first.cost, again.orders, again.cost, again.moved]


def test_compiling_changes_no_plan():
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(ROOT / "var" / "numba")}
    environment.pop("NUMBA_DISABLE_JIT", None)
    # The conftest beside this file is not loaded there, so that it compiles.
    done = subprocess.run(
        [sys.executable, "-c", COMPILED],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(json.dumps(planned()))
