"""The database of a command: the one the environment names, a running one, or one of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yinuo.platform.postgres.embedded import EmbeddedPostgres, running_server


def server_folder(var: Path) -> Path:
    """Where the embedded server lives inside the folder that holds everything we write."""
    return var / "postgres"


@contextmanager
def database_environment(var: Path) -> Iterator[dict[str, str]]:
    """`DATABASE_URL` and `DATABASE_OWNER_URL` for a command, for as long as the block runs.

    Empty when `DATABASE_URL` is set already. Otherwise the addresses of the server that another
    process (`yinuo up`) runs in `var`; when none does, a server is started for the block. Raises
    PostgresError.
    """
    if os.environ.get("DATABASE_URL", "").strip():
        yield {}
        return
    running = running_server(server_folder(var))
    if running is not None:
        yield running[1].environment()
        return
    with EmbeddedPostgres(server_folder(var)) as addresses:
        yield addresses.environment()
