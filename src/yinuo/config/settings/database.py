"""PostgreSQL only. Two roles: the owner migrates, the application role works.

`DATABASE_URL` is the application role, `DATABASE_OWNER_URL` the owner. A process that migrates
sets `YINUO_DATABASE_ROLE=owner`. `yinuo up` fills both variables when it runs its own server.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from yinuo.config.settings.environment import text
from yinuo.platform.postgres.settings import FENCED_ROLE


def connection(url: str) -> dict[str, Any]:
    """Django's settings for a `postgresql://user:password@host:port/name?host=/socket` address."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Prepared statements: the writing path sends few, large, constant statements.
        "OPTIONS": {"prepare_threshold": 3, "server_side_binding": True, **query},
        "TEST": {"TEMPLATE": "template0"},
    }


# R45, whatever server it is. The embedded one also sets them for its roles, so that they hold for
# every other client too.
TIMEOUTS = {
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
    "synchronous_commit": "on",
}
MIGRATION_TIMEOUTS = TIMEOUTS | {
    "statement_timeout": "1h",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "5min",
}


def session_settings(settings: dict[str, str]) -> str:
    """The connection option that sets these for every session: `-c name=value …`."""
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


APPLICATION_URL = text("DATABASE_URL", "postgresql://yinuo_app@/yinuo?host=/tmp")
OWNER_URL = text("DATABASE_OWNER_URL", APPLICATION_URL)
AS_OWNER = text("YINUO_DATABASE_ROLE") == "owner"

DATABASES = {"default": connection(OWNER_URL if AS_OWNER else APPLICATION_URL)}
# An `options` in the address wins: a pooler may refuse them.
DATABASES["default"]["OPTIONS"].setdefault(
    "options", session_settings(MIGRATION_TIMEOUTS if AS_OWNER else TIMEOUTS)
)
# The role that migrations grant the work rights to.
DATABASE_APPLICATION_ROLE = connection(APPLICATION_URL)["USER"]
# What the application role changes to while it reads for somebody who sees a part only.
DATABASE_FENCED_ROLE = FENCED_ROLE

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
    }
}
