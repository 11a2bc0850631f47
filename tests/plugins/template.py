"""One migrated database for all workers of a run, remembered from run to run.

Applying all migrations costs Django most of a minute, because it draws the models anew after each
step. What comes out depends on nothing but their text: it is kept as a dump under the digest of
every migration, and the test databases are made from it. Django still asks afterwards whether
something is left to migrate. Without the programs that write dumps everything works, slower.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from yinuo.platform.postgres.account import Account
from yinuo.platform.postgres.binaries import program_folder

NAME = "migrated"
# Any number that nothing else locks in this server.
LOCK = 7_401_882
SOURCES = Path(__file__).parents[2] / "src" / "yinuo"
KEPT = 5


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Test databases begin as copies of the migrated one."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        known = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if known is None:
            _make(owner)
    connection.settings_dict["TEST"]["TEMPLATE"] = NAME


def _make(owner: psycopg.Connection) -> None:
    kept = _folder() / f"{_digest()}.sql"
    unfinished = f"{NAME}_unfinished"
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(unfinished)))
    owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
    if kept.exists():
        _run("psql", unfinished, "--quiet", "--set=ON_ERROR_STOP=1", f"--file={kept}")
        kept.touch()
    else:
        _migrate(unfinished)
        _keep(unfinished, kept)
    renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    owner.execute(renamed.format(sql.Identifier(unfinished), sql.Identifier(NAME)))


def _migrate(database: str) -> None:
    urls = {one: _address(one, database) for one in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    settings_of = {"DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
    subprocess.run(command, check=True, env={**os.environ, **settings_of, **urls})


def _keep(database: str, target: Path) -> None:
    if not _program("pg_dump").exists():
        return
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as unfinished:
        _run("pg_dump", database, "--no-comments", f"--file={unfinished.name}")
    Path(unfinished.name).rename(target)
    by_use = sorted(target.parent.glob("*.sql"), key=lambda one: one.stat().st_mtime)
    for old in by_use[:-KEPT]:
        old.unlink(missing_ok=True)


def _run(program: str, database: str, *arguments: str) -> None:
    address = _address("DATABASE_OWNER_URL", database)
    command = [str(_program(program)), f"--dbname={address}", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _program(name: str) -> Path:
    ours = Account(name="", uid=os.geteuid(), gid=os.getegid())
    return program_folder(ours) / name


def _address(variable: str, database: str) -> str:
    return urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{database}"))


def _digest() -> str:
    """Of everything that a migrated database depends on: migrations and what they import of us."""
    files = set(SOURCES.rglob("migrations/*.py"))
    texts = "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))
    for module in re.findall(r"^(?:from|import) yinuo\.([\w.]+)", texts, re.MULTILINE):
        path = SOURCES / module.replace(".", "/")
        files |= {one for one in (path.with_suffix(".py"), path / "__init__.py") if one.exists()}
    told = hashlib.sha256(repr(settings.INSTALLED_APPS).encode())
    for file in sorted(files):
        told.update(str(file.relative_to(SOURCES)).encode() + file.read_bytes())
    return told.hexdigest()[:20]


def _folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(home) / "yinuo" / "migrated"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
