"""Who holds a token, by the statement that every API call runs."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from yinuo.platform.accounts.services.tokens import IDENTIFY, mark_used, secret_hash


class Holder(NamedTuple):
    """The row of a live token."""

    user_id: int
    token_id: int
    scopes: tuple[str, ...]


def holder_of(secret: str, now: datetime) -> Holder | None:
    """Who holds this secret at `now`, else None; using it is noted as a call would."""
    hashed = secret_hash(secret)
    if hashed is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(IDENTIFY, (hashed, now))
        row = cursor.fetchone()
    if row is None:
        return None
    user_id, token_id, scopes, last_used_on = row
    mark_used(token_id, last_used_on, now.date())
    return Holder(user_id, token_id, tuple(scopes))
