"""Gives a test run its own throw-away server: one for all workers, gone when the run ends.

Loaded with `-p yinuo.platform.postgres.pytest_plugin`, so that the variables are set before
pytest-django reads the settings. A run that finds `DATABASE_URL` set uses that server; workers
inherit the variables of the process that started them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from yinuo.platform.postgres.embedded import EmbeddedPostgres

MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 - the folder made in it is private
MEMORY_NEEDED_BYTES = 2_000_000_000
_servers: list[EmbeddedPostgres] = []


def start_throwaway() -> EmbeddedPostgres:
    """Starts a server in memory where there is room, else in the temporary folder, and points the
    variables of this process and its children at it, as the owner role.
    """
    roomy = MEMORY_FOLDER.is_dir() and shutil.disk_usage(MEMORY_FOLDER).free > MEMORY_NEEDED_BYTES
    folder = tempfile.mkdtemp(prefix="yinuo-test-", dir=MEMORY_FOLDER if roomy else None)
    server = EmbeddedPostgres(Path(folder), throwaway=True)
    os.environ.update(server.start().environment(), YINUO_DATABASE_ROLE="owner")
    return server


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Starts the server before any other plugin looks at the settings."""
    if not os.environ.get("DATABASE_URL"):
        _servers.append(start_throwaway())
    return (yield)


def pytest_unconfigure() -> None:
    """Ends the server; a killed run ends it too, because its guardian notices."""
    while _servers:
        _servers.pop().stop(immediate=True)
