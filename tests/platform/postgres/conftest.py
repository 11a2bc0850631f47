"""A data folder made once and copied, and starters as separate processes."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests.platform.postgres.processes import Started, server_processes, wait_until

import yinuo
from yinuo.platform.postgres import EmbeddedPostgres

STARTER = Path(__file__).with_name("starter.py")


def everybodys_python() -> tuple[str, dict[str, str]]:
    """A Python that an ordinary user may run, with our packages; ours may sit in root's home."""
    wanted = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = Path(psycopg.__file__).parents[1]
    for candidate in (Path(sys.executable).resolve(), Path("/usr/bin") / wanted):
        if candidate.exists() and all(
            p.stat().st_mode & 1 for p in (candidate, *candidate.parents)
        ):
            path = os.pathsep.join([str(Path(yinuo.__file__).parents[1]), str(packages)])
            return str(candidate), {"PYTHONPATH": path, "PATH": os.environ["PATH"]}
    pytest.skip("no Python that an ordinary user may run")


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="yinuo-made-")) / "postgres"
    with EmbeddedPostgres(folder):
        pass
    yield folder
    shutil.rmtree(folder.parent)


@pytest.fixture
def place() -> Iterator[Path]:
    """A private folder with a short name; pytest's own would be too long for a socket.

    In memory where there is room: a killed process loses nothing there either.
    """
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 1_000_000_000
    folder = Path(tempfile.mkdtemp(prefix="yinuo-place-", dir=memory if roomy else None))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder(made_once: Path, place: Path) -> Path:
    """A folder whose server has run before; a copy, so that starting takes no second."""
    subprocess.run(["cp", "-a", str(made_once), str(place)], check=True)
    return place / "postgres"


@pytest.fixture
def start() -> Iterator[Callable[..., Started]]:
    """Starts servers from processes of their own and ends whatever the test left."""
    all_started: list[Started] = []

    def run(folder: Path, *, must: bool = True, uid: int | None = None) -> Started:
        python, environment = (sys.executable, None) if uid is None else everybodys_python()
        process = subprocess.Popen(
            [python, str(STARTER), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            cwd="/",
            env=environment,
            user=uid,
            group=uid,
            extra_groups=None if uid is None else [],
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        started = Started(process, folder, json.loads(line) if line else {})
        all_started.append(started)
        if must and "pid" not in started.said:
            pytest.fail(f"the server did not start: {started.said}")
        return started

    yield run
    for started in all_started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.process.pid, signal.SIGKILL)
        started.process.wait()
        for pipe in (started.process.stdin, started.process.stdout):
            assert pipe is not None
            pipe.close()
    for started in all_started:
        assert wait_until(lambda: not server_processes(started.folder)), "a server is left"  # noqa: B023
