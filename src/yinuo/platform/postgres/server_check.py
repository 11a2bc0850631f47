"""Whether a server may keep our promises: asked at every start, of every server (R44)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from yinuo.platform.postgres.errors import UnsafeServerError, WrongVersionError

OLDEST_MAJOR = 15
QUESTION = """
select current_setting('server_version_num')::int / 10000,
       current_setting('fsync') = 'on',
       current_setting('full_page_writes') = 'on',
       current_setting('synchronous_commit') <> 'off',
       current_user::text,
       rolsuper or rolbypassrls
from pg_roles where rolname = current_user
"""


class Connection(Protocol):
    """A database connection of Django or psycopg."""

    def cursor(self) -> AbstractContextManager[Any]: ...


@dataclass(frozen=True)
class ServerFacts:
    """What the server said of itself and of the role that asked."""

    major: int
    fsync: bool
    full_page_writes: bool
    synchronous_commit: bool
    role: str
    bypasses_row_security: bool


def check_server(connection: Connection, *, allow_unsafe: bool = False) -> ServerFacts:
    """Refuses a server older than 15 (WrongVersionError) or one that may lose acknowledged writes
    (UnsafeServerError: `fsync`, `full_page_writes` or `synchronous_commit` is off).

    `allow_unsafe` is for tests on a throw-away server only. Returns the facts, so that the caller
    may warn about a role that row-level security does not bind.
    """
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        facts = ServerFacts(*cursor.fetchone())
    if facts.major < OLDEST_MAJOR:
        raise WrongVersionError(
            f"the server is PostgreSQL {facts.major}; Yinuo needs {OLDEST_MAJOR} or newer"
        )
    unsafe = [
        name for name in ("fsync", "full_page_writes", "synchronous_commit")
        if not getattr(facts, name)
    ]  # fmt: skip
    if unsafe and not allow_unsafe:
        raise UnsafeServerError(
            f"the server runs with {', '.join(unsafe)} off and may lose acknowledged writes: "
            "switch it on in the server's configuration"
        )
    return facts
