"""How the embedded server runs: what is fixed for safety, and what is sized to the machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
DATABASE = "yinuo"
OWNER_ROLE = "yinuo_owner"
APPLICATION_ROLE = "yinuo_app"
# What the application role changes to while it reads for somebody who sees a part only.
FENCED_ROLE = "yinuo_fenced"
SUPERUSER_ROLE = "postgres"

# R45. A role's own limits hold for every client that signs in with it.
APPLICATION_TIMEOUTS = {
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
}
# A migration may rewrite a large table, but never waits long for a lock while others queue
# behind it.
OWNER_TIMEOUTS = {
    "statement_timeout": "1h",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "5min",
}

# Given on the command line, which no file in the data folder overrides.
FIXED = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0777",  # the folder above is private; passwords do the rest
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # R58: the log carries neither statements nor values.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
THROWAWAY = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "200",
}

SIGN_IN_RULES = """\
# Passwords for everybody, over the Unix socket only.
local all all scram-sha-256
local replication all scram-sha-256
"""


@dataclass(frozen=True)
class Passwords:
    """Random passwords of the three roles."""

    superuser: str
    owner: str
    application: str


def machine_memory_bytes() -> int:
    """Memory this process may use: the machine's, or its container's limit when that is less."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
    except OSError:
        return memory
    return min(memory, int(limit)) if limit.isdigit() else memory


def initial_configuration(memory_bytes: int) -> str:
    """Text of `postgresql.conf` for a new data folder; the operator may edit it afterwards."""

    def share(divisor: int, least: int, most: int) -> str:
        return f"{min(max(memory_bytes // divisor // MEGABYTE, least), most)}MB"

    lines = {
        "max_connections": "100",
        "shared_buffers": share(8, 64, 2048),
        "effective_cache_size": share(2, 256, 65536),
        "maintenance_work_mem": share(32, 32, 512),
        "work_mem": "16MB",
        "max_wal_size": "2GB",
        "min_wal_size": "128MB",
        "random_page_cost": "1.1",
        "wal_compression": "on",
        "jit": "off",
    }
    text = "\n".join(f"{name} = '{value}'" for name, value in lines.items())
    return f"# Sized to the machine when the folder was made; yours to change.\n{text}\n"


def role_statements(passwords: Passwords, *, for_tests: bool) -> list[str]:
    """SQL that makes the roles and the database; run once by the superuser of a new server.

    The application role inherits nothing: the fence binds it only while it has changed its role.
    `for_tests` lets the owner create test databases and change to the other roles.
    """
    create = "CREATEDB" if for_tests else "NOCREATEDB"
    statements = [
        f"CREATE ROLE {OWNER_ROLE} LOGIN NOSUPERUSER {create} NOCREATEROLE NOBYPASSRLS "
        f"PASSWORD '{passwords.owner}'",
        f"CREATE ROLE {APPLICATION_ROLE} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE "
        f"NOBYPASSRLS PASSWORD '{passwords.application}'",
        f"CREATE ROLE {FENCED_ROLE} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
        f"GRANT {FENCED_ROLE} TO {APPLICATION_ROLE}",
        f"ALTER ROLE {SUPERUSER_ROLE} PASSWORD '{passwords.superuser}'",
    ]
    for role, limits in ((OWNER_ROLE, OWNER_TIMEOUTS), (APPLICATION_ROLE, APPLICATION_TIMEOUTS)):
        statements += [f"ALTER ROLE {role} SET {name} = '{v}'" for name, v in limits.items()]
    if for_tests:
        statements += [
            f"GRANT {role} TO {OWNER_ROLE} WITH INHERIT FALSE"
            for role in (APPLICATION_ROLE, FENCED_ROLE)
        ]
    return [
        *statements,
        f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}",
        f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APPLICATION_ROLE}",
    ]
