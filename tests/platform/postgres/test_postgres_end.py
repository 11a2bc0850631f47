"""However the starter, the guardian or the server ends: nothing is orphaned, nothing is lost."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from tests.platform.postgres.processes import Started, postmaster, server_processes, wait_until

from yinuo.platform.postgres.folder import is_alive

Start = Callable[..., Started]
END_SECONDS = 10.0


def kill(*pids: int) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.req("G10", "R45")
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_server_is_left_when_its_starter_ends(
    folder: Path, start: Start, sent: signal.Signals
) -> None:
    started = start(folder)
    started.note("before")
    assert server_processes(folder)
    os.killpg(started.process.pid, sent)  # as a terminal does: to the whole group
    started.process.wait(END_SECONDS)
    assert wait_until(lambda: not server_processes(folder), END_SECONDS)
    assert start(folder).notes() == ["before"]


@pytest.mark.req("G10")
def test_start_right_after_a_killed_starter_waits_for_its_server_to_end(
    folder: Path, start: Start
) -> None:
    started = start(folder)
    started.note("before")
    os.kill(started.process.pid, signal.SIGKILL)
    started.process.wait()
    assert start(folder).notes() == ["before"]


@pytest.mark.req("G10")
def test_server_ends_when_its_guardian_is_killed(folder: Path, start: Start) -> None:
    started = start(folder)
    started.note("before")
    kill(started.guardian)
    assert wait_until(lambda: not server_processes(folder), END_SECONDS)
    kill(started.process.pid)
    assert start(folder).notes() == ["before"]


@pytest.mark.req("G10")
def test_killed_server_comes_back_within_ten_seconds_at_the_same_address(
    folder: Path, start: Start
) -> None:
    started = start(folder)
    started.note("before")
    old = postmaster(folder)
    kill(old)

    def answers() -> bool:
        with contextlib.suppress(psycopg.OperationalError):
            return started.notes() == ["before"]
        return False

    assert wait_until(answers, END_SECONDS)
    assert postmaster(folder) != old


@pytest.mark.req("G10")
def test_kill_of_everything_at_random_moments_loses_no_acknowledged_write(
    folder: Path, start: Start
) -> None:
    seed = random.randrange(1_000_000)
    moments = random.Random(seed)
    acknowledged: list[int] = []
    next_number = iter(range(1_000_000))

    def write(url: str) -> None:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url) as connection:
            while True:
                number = next(next_number)
                connection.execute("insert into written values (%s)", [number])
                connection.commit()
                acknowledged.append(number)

    started = start(folder)
    with psycopg.connect(started.said["owner_url"]) as connection:
        connection.execute("create table written (number int)")
    for _ in range(4):
        writer = threading.Thread(target=write, args=[started.said["owner_url"]])
        writer.start()
        time.sleep(moments.uniform(0.02, 0.4))
        kill(started.process.pid, started.guardian, *server_processes(folder))
        writer.join(END_SECONDS)
        assert not writer.is_alive()
        began = time.monotonic()
        started = start(folder)
        assert time.monotonic() - began < END_SECONDS
        with psycopg.connect(started.said["owner_url"]) as connection:
            there = {row[0] for row in connection.execute("select number from written")}
        assert set(acknowledged) <= there, f"seed {seed}"
    assert acknowledged


@pytest.mark.req("G10")
@pytest.mark.parametrize("after_seconds", [0.15, 0.35, 0.6, 0.8])
def test_first_start_killed_halfway_is_finished_by_the_next(
    place: Path, start: Start, after_seconds: float
) -> None:
    folder = place / "postgres"
    beginning = threading.Thread(target=start, args=[folder], kwargs={"must": False})
    beginning.start()
    time.sleep(after_seconds)
    kill(*_named(folder))
    beginning.join()
    started = start(folder)
    started.note("works")
    assert started.notes() == ["works"]
    assert not list(folder.glob("unfinished-*"))


BEGINNING = """
import pathlib, signal, subprocess, sys
from yinuo.platform.postgres.account import server_account
signal.signal(signal.SIGINT, signal.SIG_IGN)  # as the guardian does
place = pathlib.Path(sys.argv[1])
options = server_account(place).popen_options(place)
print(subprocess.Popen(["sleep", "60"], **options).pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.req("G10")
def test_program_that_has_not_set_its_signals_yet_ends_with_a_killed_guardian(place: Path) -> None:
    guardian = subprocess.Popen(
        [sys.executable, "-c", BEGINNING, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with guardian:
        assert guardian.stdout is not None
        program = int(guardian.stdout.readline())
        guardian.kill()
    try:
        assert wait_until(lambda: not is_alive(program), END_SECONDS)
    finally:
        kill(program)


def _command_of(entry: Path) -> bytes:
    with contextlib.suppress(OSError):
        return (entry / "cmdline").read_bytes()
    return b""


def _held(pid: int) -> bool:
    """Stopped where it is; False when it ended by itself meanwhile."""
    try:
        os.kill(pid, signal.SIGSTOP)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.req("G10")
def test_next_start_waits_for_what_a_killed_first_start_left_running(
    place: Path, start: Start
) -> None:
    folder = place / "postgres"

    def at_work() -> list[int]:
        return [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and str(folder / "unfinished-") in _folder_of(entry)
        ]

    beginning = threading.Thread(target=start, args=[folder], kwargs={"must": False})
    beginning.start()
    assert wait_until(lambda: bool(at_work()), 20)
    left = [pid for pid in at_work() if _held(pid)]
    assert left
    unfinished = list(folder.glob("unfinished-*"))
    kill(*(pid for pid in _named(folder) if pid not in left))
    beginning.join()
    next_starts: list[Started] = []
    waiting = threading.Thread(target=lambda: next_starts.append(start(folder)))
    waiting.start()
    time.sleep(1)
    assert list(folder.glob("unfinished-*")) == unfinished, "taken from under its feet"
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)
    waiting.join(30)
    assert "application_url" in next_starts[0].said


def _folder_of(entry: Path) -> str:
    with contextlib.suppress(OSError):
        return str((entry / "cwd").readlink())
    return ""


def _named(folder: Path) -> list[int]:
    """The starter and its guardian: everything whose command line names the folder."""
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and str(folder).encode() in _command_of(entry)
    ]


@pytest.mark.req("G10")
def test_stale_process_id_file_that_names_a_living_stranger_does_not_stop_the_start(
    folder: Path, start: Start
) -> None:
    started = start(folder)
    file = folder / "data" / "postmaster.pid"
    lines = file.read_text().splitlines()
    kill(started.process.pid, started.guardian, *server_processes(folder))
    assert wait_until(lambda: not server_processes(folder))
    # Of the server's own account: PostgreSQL takes others' processes for strangers by itself.
    stranger = subprocess.Popen(["sleep", "60"], user=file.stat().st_uid)
    try:
        file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        assert "application_url" in start(folder).said
    finally:
        stranger.kill()
        stranger.wait()
