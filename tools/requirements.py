"""Which requirement is proven by which tests: the catalogue against a run of the marked tests.

    python tools/requirements.py [--json]

One line per ID: `ID  proven|failing|untested  tests`. An ID is proven when it has tests and all of
them passed; where the catalogue counts several statements (`BP-16 (3)`), each of `BP-16a` … needs a
test of its own, or the ID stays untested. Exit status 0 unless a marked test failed.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "docs" / "requirements.md"
_LINE = re.compile(r"^- \*\*(?P<id>[A-Z]+-?\d+)\*\*(?: \((?P<count>\d+)\))? ", re.MULTILINE)
_MARK = re.compile(r"^(?P<id>[A-Z]+-?\d+)(?P<letter>[a-z]?)$")


@dataclass(frozen=True)
class Proof:
    """One requirement with the tests that carry it."""

    id: str
    status: str
    tests: list[str]


def catalogue() -> dict[str, int]:
    """Every ID with the number of its statements (1 when it is one statement)."""
    text = CATALOGUE.read_text(encoding="utf-8")
    return {found["id"]: int(found["count"] or 1) for found in _LINE.finditer(text)}


def outcomes() -> dict[str, dict[str, str]]:
    """Runs the marked tests; for each mark its tests with `passed`, `failed` or `skipped`.

    The browser tests have a process of their own, as in `make test`.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for where in ("tests/browser", "--ignore=tests/browser"):
        for mark, tests in _marks_of(where).items():
            found[mark].update(tests)
    return found


def _marks_of(where: str) -> dict[str, dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "marks.json"
        command = [sys.executable, "-m", "pytest", "-q", "-m", "req", f"--marks-to={report}"]
        done = subprocess.run(
            [*command, where], cwd=ROOT, check=False, capture_output=True, text=True
        )
        if not report.exists():
            sys.exit(done.stdout + done.stderr)
        marks: dict[str, dict[str, str]] = json.loads(report.read_text())
        return marks


def proofs(ids: dict[str, int], marks: dict[str, dict[str, str]]) -> list[Proof]:
    """The catalogue's order, each ID judged."""
    by_id: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for mark, tests in marks.items():
        found = _MARK.match(mark)
        if found is None or found["id"] not in ids:
            sys.exit(f"a test carries {mark!r}, which docs/requirements.md does not list")
        by_id[found["id"]][found["letter"]] = tests
    return [_judged(name, count, by_id[name]) for name, count in ids.items()]


def _judged(name: str, count: int, letters: dict[str, dict[str, str]]) -> Proof:
    tests = {test: result for found in letters.values() for test, result in found.items()}
    wanted = {chr(ord("a") + index) for index in range(count)} if count > 1 else set()
    results = set(tests.values())
    if "failed" in results:
        status = "failing"
    elif not tests or "skipped" in results or not wanted <= set(letters):
        status = "untested"
    else:
        status = "proven"
    return Proof(name, status, sorted(tests))


def main() -> int:
    """Print the table; 1 when a marked test failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    table = proofs(catalogue(), outcomes())
    if options.json:
        print(json.dumps([asdict(proof) for proof in table], indent=1))
    else:
        for proof in table:
            print(f"{proof.id:8}{proof.status:10}{' '.join(proof.tests)}".rstrip())
    return int(any(proof.status == "failing" for proof in table))


if __name__ == "__main__":
    sys.exit(main())
