"""What can go wrong with the database server: a stable code, and a text that says what to do."""

from __future__ import annotations


class PostgresError(Exception):
    """Base of all refusals of this package; `code` is stable, the text is for the operator."""

    code = "postgres_failed"


class FolderInUseError(PostgresError):
    """Another process runs a server on the same folder; its process id is in the text."""

    code = "postgres_folder_in_use"


class FolderUnusableError(PostgresError):
    """The folder cannot be created, read or written: rights, owner, full or read-only disk."""

    code = "postgres_folder_unusable"


class WrongVersionError(PostgresError):
    """The data belong to another PostgreSQL major version than the server's."""

    code = "postgres_wrong_version"


class UnsafeServerError(PostgresError):
    """The server may lose acknowledged writes (`fsync` or `full_page_writes` is off)."""

    code = "postgres_unsafe"


class StartFailedError(PostgresError):
    """The server did not come up; the end of its log is in the text."""

    code = "postgres_start_failed"


BY_CODE: dict[str, type[PostgresError]] = {
    kind.code: kind
    for kind in (
        PostgresError,
        FolderInUseError,
        FolderUnusableError,
        WrongVersionError,
        UnsafeServerError,
        StartFailedError,
    )
}
