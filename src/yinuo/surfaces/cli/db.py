"""`yinuo db …`: looks at the database and prepares it, apart from `yinuo up`."""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
from pathlib import Path

import psycopg

from yinuo.platform.postgres import (
    PostgresError,
    database_environment,
    running_server,
    server_folder,
)
from yinuo.platform.postgres.settings import Passwords, role_statements
from yinuo.surfaces.cli.database import (
    migrate,
    named_by_environment,
    require_fit_server,
    run_django,
)
from yinuo.surfaces.cli.exits import CLEAN, FAILED, RefusedError
from yinuo.surfaces.cli.up import tell, var_folder


def show_status(options: argparse.Namespace) -> int:
    """Says which server is used and whether it is fit; 1 when none answers."""
    database = named_by_environment()
    if database is None:
        folder = server_folder(var_folder(options.var))
        running = running_server(folder)
        if running is None:
            tell(f"{folder}: no server runs")
            return FAILED
        holder, found = running
        tell(f"{folder}: runs for process {holder.owner_pid} (guardian {holder.guardian_pid})")
        database = found.environment()
    facts = require_fit_server(database["DATABASE_URL"])
    tell(f"PostgreSQL {facts.major}, role {facts.role}, durable")
    return CLEAN


def run_migrations(options: argparse.Namespace) -> int:
    """Brings the tables up to date; on a new folder it makes the server's data first."""
    with database_environment(var_folder(options.var)) as embedded:
        database = embedded or named_by_environment()
        assert database is not None
        require_fit_server(database["DATABASE_URL"])
        migrate(database)
    return CLEAN


def print_roles(_options: argparse.Namespace) -> int:
    """Prints the SQL that prepares another server: two roles, their limits, the database."""
    passwords = Passwords(*(secrets.token_urlsafe(32) for _ in range(3)))
    tell("-- Run once as a superuser of your server; keep the two passwords.")
    for statement in role_statements(passwords, for_tests=False):
        if not statement.startswith("ALTER ROLE postgres"):
            tell(f"{statement};")
    return CLEAN


def run_command(options: argparse.Namespace) -> int:
    """Runs any command with `DATABASE_URL` and `DATABASE_OWNER_URL` set; its exit code is ours."""
    with database_environment(var_folder(options.var)) as embedded:
        environment = {**os.environ, **embedded}
        done = subprocess.run(options.command, env=environment, check=False)  # noqa: S603
    return done.returncode


def check_invariants(options: argparse.Namespace) -> int:
    """Compares what is stored with a fresh computation; 1 when something differs."""
    with database_environment(var_folder(options.var)) as embedded:
        database = embedded or named_by_environment()
        assert database is not None
        tell(run_django(database, "check_invariants").rstrip())
    return CLEAN


VERBS = {
    "status": show_status,
    "migrate": run_migrations,
    "roles": print_roles,
    "run": run_command,
    "invariants": check_invariants,
}


def main(arguments: list[str]) -> int:
    """`yinuo db VERB` with the arguments after `db`."""
    parser = argparse.ArgumentParser(prog="yinuo db", description=__doc__)
    parser.add_argument("--var", type=Path, help="folder of everything written (./var)")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, action in VERBS.items():
        verb = verbs.add_parser(name, help=(action.__doc__ or "").splitlines()[0])
        if name == "run":
            verb.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    try:
        return VERBS[options.verb](options)
    except (PostgresError, RefusedError, psycopg.Error) as error:
        sys.stderr.write(f"yinuo db: {error}\n")
        return FAILED
