"""API tokens (R16): shown once, stored as a hash, limited in scope and time."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yinuo.platform.accounts.models import ApiToken, User
from yinuo.platform.errors import InvalidInput, NotFound

PREFIX = "yn_"
SECRET_BYTES = 32
LONGEST_LIFE = timedelta(days=366)

_SECRET = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


def check_scopes(words: Sequence[str], permissions: Iterable[str]) -> list[str]:
    """Scope words checked against the permission names, sorted, each once.

    A word is a permission `resource:action`, or one with `*` for either part, or `*` alone.
    Errors: `InvalidInput` naming the words that match no permission.

    >>> check_scopes(["request:*", "request:open", "request:*"], ["request:open"])
    ['request:*', 'request:open']
    """
    known = {tuple(permission.split(":")) for permission in permissions}
    allowed = {"*"} | {":".join(parts) for parts in known}
    allowed |= {f"{parts[0]}:*" for parts in known} | {f"*:{parts[-1]}" for parts in known}
    unknown = sorted(set(words) - allowed)
    if unknown or not words:
        raise InvalidInput({"scopes": ", ".join(unknown) or _("Name at least one scope.")})
    return sorted(set(words))


def create_token(
    *, user_id: int, name: str, scopes: Sequence[str], expires_at: datetime, now: datetime
) -> tuple[ApiToken, str]:
    """Create a token and return it with its secret, which nothing can show again.

    `scopes` have passed `check_scopes`. A token never gives its user more than the user's own
    roles: whoever looks it up applies both.
    Errors: `NotFound` for an absent or switched-off user, `InvalidInput` when it would not
    expire within 366 days from `now`.
    """
    if not now < expires_at <= now + LONGEST_LIFE:
        raise InvalidInput({"expires_at": _("A token lives from 1 to 366 days.")})
    if not User.objects.filter(pk=user_id, is_active=True).exists():
        raise NotFound
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken.objects.create(
        user_id=user_id,
        name=name,
        secret_hash=_hash(secret),
        scopes=list(scopes),
        created_at=now,
        expires_at=expires_at,
    )
    return token, secret


def revoke_token(*, public_id: UUID, now: datetime, user_id: int | None = None) -> ApiToken:
    """End a token at once; ending it twice is harmless. `user_id` limits it to that user's own.

    Errors: `NotFound`.
    """
    tokens = ApiToken.objects.filter(public_id=public_id)
    if user_id is not None:
        tokens = tokens.filter(user_id=user_id)
    tokens.filter(revoked_at=None).update(revoked_at=now)
    token = tokens.first()
    if token is None:
        raise NotFound
    return token


def list_tokens(*, user_id: int, now: datetime) -> QuerySet[ApiToken]:
    """The user's tokens that still work at `now`, newest first. The hash is left out."""
    live = Q(revoked_at=None, expires_at__gt=now)
    return ApiToken.objects.filter(live, user_id=user_id).defer("secret_hash").order_by("-id")


# Hand-written: this runs before every API call, and building the ORM query costs more than it.
# One row (user_id, token_id, scopes, last_used_on) for a live token; parameters: hash, instant.
IDENTIFY = """
SELECT token.user_id, token.id AS token_id, token.scopes, token.last_used_on
FROM accounts_apitoken AS token JOIN accounts_user AS holder ON holder.id = token.user_id
WHERE token.secret_hash = %s AND token.revoked_at IS NULL AND token.expires_at > %s
    AND holder.is_active
"""
_MARK_USED = """
UPDATE accounts_apitoken SET last_used_on = %s
WHERE id = %s AND last_used_on IS DISTINCT FROM %s
"""


def secret_hash(secret: str) -> bytes | None:
    """What is stored of a secret; None when it is not written like one."""
    return _hash(secret) if _SECRET.fullmatch(secret) else None


def mark_used(token_id: int, last_used_on: date | None, today: date) -> None:
    """Remember the day of a token's last use: one write a day and token."""
    if last_used_on != today:
        with connection.cursor() as cursor:
            cursor.execute(_MARK_USED, (today, token_id, today))


def _hash(secret: str) -> bytes:
    """SHA-256 is enough: the secret has 256 random bits, there is nothing to guess."""
    return hashlib.sha256(secret.encode()).digest()
