"""The embedded PostgreSQL server and its supervision; knows nothing of Django or of the business.

`EmbeddedPostgres(folder)` starts and stops a server, `running_server(folder)` finds the one that
another process runs, `database_environment(var)` finds or starts one for a command, and
`check_server(connection)` says whether any server may be used. Reasons are
in docs/adr/0002.
"""

from yinuo.platform.postgres.attach import database_environment, server_folder
from yinuo.platform.postgres.embedded import Addresses, EmbeddedPostgres, running_server
from yinuo.platform.postgres.errors import (
    FolderInUseError,
    FolderUnusableError,
    PostgresError,
    StartFailedError,
    UnsafeServerError,
    WrongVersionError,
)
from yinuo.platform.postgres.server_check import ServerFacts, check_server

__all__ = [
    "Addresses",
    "EmbeddedPostgres",
    "FolderInUseError",
    "FolderUnusableError",
    "PostgresError",
    "ServerFacts",
    "StartFailedError",
    "UnsafeServerError",
    "WrongVersionError",
    "check_server",
    "database_environment",
    "running_server",
    "server_folder",
]
