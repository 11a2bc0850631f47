"""`yinuo up` as an operator meets it: started, stopped, killed, doubled, crowded out."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from tests.platform.postgres.processes import server_processes
from tests.system.installation import (
    YINUO,
    Installation,
    environment,
    processes_about,
    wait_until,
)

from yinuo.platform.postgres import Addresses, EmbeddedPostgres, running_server, server_folder

Begin = Callable[..., Installation]


@dataclass(frozen=True)
class FirstLife:
    """What was seen of an installation from its first start to its end."""

    var: Path
    was_ready: bool
    told: str
    answers_in_flight: list[int]
    exit_code: int
    end_seconds: float
    left: dict[int, str]


@pytest.fixture(scope="module")
def first_life() -> Iterator[FirstLife]:
    """Starts on nothing, and gets a TERM while a request waits for a lock in the database."""
    var = Path(tempfile.mkdtemp(prefix="yinuo-var-")) / "new" / "var"
    up = Installation(var)
    try:
        up.wait_ready()
        told = "".join(up.told.queue)
        was_ready = up.answers() and up.is_ready()
        answers: list[int] = []
        asking = threading.Thread(target=lambda: answers.append(up.get("/readyz", 20)[0]))
        with psycopg.connect(addresses(var).owner_url) as connection:
            connection.execute("lock table obligations_obligation")
            asking.start()
            waits = "select exists (select from pg_locks where not granted)"
            with psycopg.connect(addresses(var).superuser_url, autocommit=True) as looking:
                assert wait_until(lambda: looking.execute(waits).fetchone() == (True,), 10)
            began = time.monotonic()
            up.process.send_signal(signal.SIGTERM)
            time.sleep(1)
            assert up.process.poll() is None
        asking.join(20)
        code = up.process.wait(20)
        seconds = time.monotonic() - began
    finally:
        up.clear_up()
    yield FirstLife(
        var, was_ready, told, answers, code, seconds, processes_about(str(var.parent.parent))
    )
    shutil.rmtree(var.parent.parent)


@pytest.fixture(scope="module")
def standing(first_life: FirstLife) -> Iterator[Installation]:
    """One that runs for every test that leaves it running."""
    copy = first_life.var.parent / "standing"
    subprocess.run(["cp", "-a", str(first_life.var), str(copy)], check=True)
    up = Installation(copy)
    try:
        yield up.wait_ready()
        assert up.end(signal.SIGINT)[0] == 0
    finally:
        up.clear_up()


@pytest.fixture
def place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="yinuo-up-"))
    yield folder
    assert wait_until(lambda: not processes_about(str(folder)), 10), processes_about(str(folder))
    shutil.rmtree(folder)


@pytest.fixture
def begin(place: Path) -> Iterator[Begin]:
    all_begun: list[Installation] = []

    def run(var: Path, *arguments: str, verb: str = "up", **variables: str) -> Installation:
        all_begun.append(Installation(var, *arguments, verb=verb, **variables))
        return all_begun[-1]

    yield run
    for begun in reversed(all_begun):
        begun.clear_up()


@pytest.fixture(scope="module")
def untouched(migrated: Path) -> Path:
    """A copy of it that nothing runs on, to copy again."""
    subprocess.run(["cp", "-a", str(migrated), str(migrated.parent / "untouched")], check=True)
    return migrated.parent / "untouched"


@pytest.fixture
def var(first_life: FirstLife, place: Path) -> Path:
    subprocess.run(["cp", "-a", str(first_life.var), str(place / "var")], check=True)
    return place / "var"


def addresses(var: Path) -> Addresses:
    found = running_server(server_folder(var))
    assert found is not None
    return found[1]


@pytest.mark.req("R48")
def test_first_start_serves_and_tells_an_empty_installation_how_to_begin(
    first_life: FirstLife,
) -> None:
    assert first_life.was_ready
    assert "/setup/" in first_life.told
    assert first_life.var.stat().st_mode & 0o777 == 0o700
    assert first_life.var.parent.stat().st_mode & 0o777 != 0o777


@pytest.mark.req("R48")
def test_term_answers_the_request_in_flight_and_leaves_only_data(first_life: FirstLife) -> None:
    assert first_life.answers_in_flight == [200]
    assert first_life.exit_code == 0
    assert first_life.end_seconds < 20
    assert not first_life.left
    assert (first_life.var / "postgres" / "data" / "PG_VERSION").exists()


@pytest.mark.req("G10")
def test_kill_leaves_no_process_and_the_next_start_needs_no_hand(var: Path, begin: Begin) -> None:
    up = begin(var).wait_ready()
    with psycopg.connect(addresses(var).owner_url) as connection:
        connection.execute("create table kept as select 42 n")
    up.end(signal.SIGKILL)
    assert wait_until(lambda: not processes_about(str(var)), 10), processes_about(str(var))
    assert begin(var).wait_ready().is_ready()
    with psycopg.connect(addresses(var).owner_url) as connection:
        assert connection.execute("select n from kept").fetchone() == (42,)


@pytest.mark.req("G10")
def test_killed_parts_come_back_by_themselves(standing: Installation) -> None:
    """How soon is a question for `bench.start`: at most ten seconds where nothing else computes."""
    up = standing
    holder = running_server(server_folder(up.var))
    assert holder is not None
    web, worker = up.children("web")[0], up.children("worker")[0]
    for pid in (web, worker, holder[0].guardian_pid):
        os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: up.children("web")[-1] != web and up.is_ready(), 60), up.log[-5:]
    assert wait_until(lambda: up.children("worker")[-1] != worker, 60)
    assert up.process.poll() is None


@pytest.mark.req("R48")
def test_frozen_parts_do_not_hold_up_the_end(var: Path, begin: Begin) -> None:
    up = begin(var).wait_ready()
    for name in ("web", "worker"):
        os.kill(up.children(name)[0], signal.SIGSTOP)
    assert up.end()[1] < 20
    assert not processes_about(str(var))


def test_second_interrupt_ends_at_once(var: Path, begin: Begin) -> None:
    up = begin(var).wait_ready()
    for name in ("web", "worker"):
        os.kill(up.children(name)[0], signal.SIGSTOP)
    up.process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert up.process.poll() is None
    assert up.end(signal.SIGINT)[1] < 3


def test_parts_run_alone_beside_it_and_a_crowded_start_says_why(
    standing: Installation, begin: Begin
) -> None:
    up, var = standing, standing.var
    second = begin(var)
    assert second.process.wait(20) == 1
    assert f"started by process {up.process.pid}" in second.reasons()

    blocked = begin(var, "--port", str(up.port))
    assert blocked.process.wait(20) == 1
    assert "another program may be using the port" in blocked.reasons()

    web, worker = begin(var, verb="web"), begin(var, verb="worker")
    assert wait_until(web.is_ready, 20)
    assert wait_until(lambda: any(x["message"] == "worker started" for x in worker.log), 20)
    assert web.end()[0] == 0
    assert worker.end()[0] == 0
    assert up.is_ready()


def test_parts_without_a_database_say_what_to_set(place: Path, begin: Begin) -> None:
    for verb in ("web", "worker"):
        alone = begin(place / "none", verb=verb)
        assert alone.process.wait(20) == 1
        assert "set DATABASE_URL, or run `yinuo up`" in alone.reasons()


@pytest.mark.req("R51")
def test_two_nodes_start_at_once_on_one_empty_database(place: Path, begin: Begin) -> None:
    with EmbeddedPostgres(place / "postgres") as found:
        nodes = [begin(place / name, **found.environment()) for name in ("one", "two")]
        for node in nodes:
            node.wait_ready()
            assert node.is_ready()
            assert not (node.var / "postgres").exists()
        assert [node.end()[0] for node in nodes] == [0, 0]


@pytest.mark.req("R44")
def test_server_that_may_lose_writes_is_refused(place: Path, begin: Begin) -> None:
    with EmbeddedPostgres(place / "postgres", throwaway=True) as found:
        for verb in ("up", "web", "worker"):
            refused = begin(place / "var", verb=verb, **found.environment())
            assert refused.process.wait(20) == 1
            assert "fsync" in refused.reasons()


def test_processes_that_serve_requests_never_hold_the_owners_password(
    standing: Installation,
) -> None:
    owner = addresses(standing.var).owner_url
    for name in ("web", "worker"):
        variables = Path(f"/proc/{standing.children(name)[-1]}/environ").read_text()
        assert "DATABASE_URL=" in variables
        assert owner not in variables


def test_db_verbs_use_the_running_server_and_else_one_of_their_own(
    standing: Installation, var: Path
) -> None:
    def ask(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        command = [*YINUO, "db", "--var", str(folder), *words]
        return subprocess.run(
            command, env=environment(), capture_output=True, text=True, check=False
        )

    question = ["run", "printenv", "DATABASE_OWNER_URL"]
    assert ask(standing.var, *question).stdout.strip() == addresses(standing.var).owner_url
    assert "yinuo_owner" in ask(var, *question).stdout
    assert running_server(server_folder(var)) is None
    assert f"process {standing.process.pid} " in ask(standing.var, "status").stdout
    assert ask(var, "status").returncode == 1


@pytest.mark.req("R48")
def test_worker_ends_in_time_while_its_database_hangs(var: Path, begin: Begin) -> None:
    with EmbeddedPostgres(server_folder(var)) as found:
        worker = begin(var, verb="worker", **found.environment())
        assert wait_until(lambda: any(x["message"] == "worker started" for x in worker.log), 30)
        time.sleep(1)
        servers = server_processes(server_folder(var))
        assert servers
        for pid in servers:
            os.kill(pid, signal.SIGSTOP)
        try:
            assert worker.end()[1] < 20
        finally:
            for pid in servers:
                os.kill(pid, signal.SIGCONT)


def test_database_that_does_not_let_us_in_is_named_without_its_password(
    standing: Installation, place: Path, begin: Begin
) -> None:
    good = addresses(standing.var).application_url
    password = urlsplit(good).password
    assert password is not None
    for url, said in (
        (good.replace(password, "not-this-secret"), "password authentication failed"),
        ("postgresql:/not-this-secret", "no address of the form"),
    ):
        refused = begin(place / "var", DATABASE_URL=url)
        assert refused.process.wait(20) == 1
        assert said in refused.reasons()
        assert "not-this-secret" not in str(refused.log)


def test_wrong_usage_ends_with_status_two(place: Path, begin: Begin) -> None:
    for arguments in (["--port", "70000"], ["--web-workers", "0"], ["--demon"]):
        assert begin(place / "var", *arguments).process.wait(20) == 2
    assert not (place / "var").exists()
