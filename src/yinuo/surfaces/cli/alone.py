"""`yinuo web` and `yinuo worker`: one part alone, any number of times, on any number of machines.

They use the server that `DATABASE_URL` names, or the one that `yinuo up` runs in the same folder.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from yinuo.platform.postgres import PostgresError, running_server, server_folder
from yinuo.platform.postgres.events import say
from yinuo.surfaces.cli import web
from yinuo.surfaces.cli.database import (
    django_environment,
    named_by_environment,
    require_fit_server,
)
from yinuo.surfaces.cli.exits import FAILED, RefusedError
from yinuo.surfaces.cli.up import LOGGER, WORKER_MODULE, var_folder


def environment_for(var: Path) -> dict[str, str]:
    """Environment of a part that runs alone, its server checked. Raises RefusedError,
    PostgresError.
    """
    database = named_by_environment()
    if database is None:
        running = running_server(server_folder(var))
        if running is None:
            raise RefusedError(
                f"no database: set DATABASE_URL, or run `yinuo up` with the folder {var}"
            )
        database = running[1].environment()
    require_fit_server(database["DATABASE_URL"])
    return django_environment(database)


def main_web(arguments: list[str]) -> int:
    """`yinuo web`: serves HTTP until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="yinuo web", description=web.__doc__)
    parser.add_argument("--var", type=Path, help="folder of a running `yinuo up` (./var)")
    web.add_arguments(parser)
    options = parser.parse_args(arguments)
    try:
        web.require_free_port(options.host, options.port)
        os.environ.update(environment_for(var_folder(options.var)))
    except (RefusedError, PostgresError) as error:
        say(LOGGER, "error", "cannot start the web server", reason=str(error))
        return FAILED
    os.environ.pop("DATABASE_OWNER_URL", None)
    return web.serve(options.host, options.port, options.web_workers)


def become_worker(environment: dict[str, str]) -> NoReturn:
    """This process goes on as the worker."""
    command = [sys.executable, "-P", "-m", WORKER_MODULE]
    os.execve(sys.executable, command, environment)  # noqa: S606 - our own module


def main_worker(arguments: list[str]) -> int:
    """`yinuo worker`: does background jobs until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="yinuo worker", description="Does background jobs.")
    parser.add_argument("--var", type=Path, help="folder of a running `yinuo up` (./var)")
    options = parser.parse_args(arguments)
    try:
        environment = environment_for(var_folder(options.var))
    except (RefusedError, PostgresError) as error:
        say(LOGGER, "error", "cannot start the worker", reason=str(error))
        return FAILED
    become_worker(environment)
