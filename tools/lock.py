"""Resolve the dependencies of pyproject.toml into requirements/*.txt, with hashes.

Each later file is constrained by the one before, so a package has one version everywhere. No
download address is written.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = (
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--quiet",
)
# File, extras it adds, file that constrains it.
FILES = (
    ("run.txt", (), None),
    ("build.txt", ("build",), "run.txt"),
    ("dev.txt", ("build", "dev"), "build.txt"),
    ("bench.txt", ("bench",), "dev.txt"),
)


def compile_file(name: str, extras: tuple[str, ...], base: str | None, source: str) -> None:
    """Write one lock file from `source`."""
    command = [str(Path(sys.executable).with_name("uv")), "pip", "compile", source, *OPTIONS]
    command += [f"--extra={extra}" for extra in extras]
    command += [f"--constraints=requirements/{base}"] if base else []
    subprocess.run([*command, "-o", f"requirements/{name}"], cwd=ROOT, check=True)


def main() -> None:
    """Write all lock files."""
    compile_file("tools.txt", (), None, "requirements/tools.in")
    for name, extras, base in FILES:
        compile_file(name, extras, base, "pyproject.toml")


if __name__ == "__main__":
    main()
