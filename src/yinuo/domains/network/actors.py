"""Turning a signed-in user or a token into an Actor, with one query each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from yinuo.domains.network.permissions import EVERY, Permission, granted_by
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.services.tokens import IDENTIFY, mark_used, secret_hash
from yinuo.platform.errors import SignInNeeded

_HELD = """
SELECT p.user_id, p.id, p.public_id, p.name, p.unit_id, r.permissions,
       ARRAY(SELECT below.id FROM network_unit below WHERE below.path LIKE u.path || '%%'),
       u.id IS NOT NULL AND u.parent_id IS NULL
FROM network_person p
JOIN accounts_user account ON account.id = p.user_id AND account.is_active
LEFT JOIN network_assignment a ON a.person_id = p.id
LEFT JOIN network_role r ON r.id = a.role_id
LEFT JOIN network_unit u ON u.id = a.unit_id AND u.active
"""
_OF_USER = f"{_HELD} WHERE p.user_id = %s AND p.active"
# The token is looked up and its holder's rights are read in one statement: every API call waits
# for it. What makes a token live stays the accounts' business.
_OF_TOKEN = f"""
WITH live AS ({IDENTIFY})
SELECT live.token_id, live.scopes, live.last_used_on, held.*
FROM live JOIN LATERAL ({_HELD} WHERE p.user_id = live.user_id AND p.active) AS held ON true
"""  # noqa: S608 - made of constants


def get_actor(user_id: int, *, scopes: Iterable[str] | None = None) -> Actor:
    """The actor behind an active user, limited to a token's scopes when given.

    Read anew for every call, so a moved, demoted or deactivated person loses his rights at once
    (R06). Raises SignInNeeded when the user has no active person.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_USER, [user_id])
        rows = cursor.fetchall()
    return _actor(rows, EVERY if scopes is None else granted_by(scopes))


def get_token_actor(secret: str, now: datetime) -> Actor:
    """The actor behind a bearer token at `now`, limited to the token's scopes.

    Read anew for every call, like get_actor. Raises SignInNeeded for a wrong, expired or revoked
    token, and when its user has no active person.
    """
    hashed = secret_hash(secret)
    if hashed is None:
        raise SignInNeeded
    with connection.cursor() as cursor:
        cursor.execute(_OF_TOKEN, [hashed, now])
        rows = cursor.fetchall()
    if not rows:
        raise SignInNeeded
    token_id, scopes, last_used_on, *_ = rows[0]
    mark_used(token_id, last_used_on, now.date())
    return _actor([held for _, _, _, *held in rows], granted_by(scopes))


def _actor(rows: Sequence[Sequence[Any]], allowed: frozenset[Permission]) -> Actor:
    """The actor whose person, roles and units these rows hold, one row for each role."""
    if not rows:
        raise SignInNeeded
    grants: dict[Permission, frozenset[int]] = {}
    for *_, rights, units, _is_whole in rows:
        held = frozenset(units or ())
        for right in allowed & granted_by(rights or ()):
            grants[right] = grants.get(right, frozenset()) | held
    user_id, person_id, public_id, name, unit_id, *_ = rows[0]
    return Actor(
        user_id=user_id,
        person_id=person_id,
        person_public_id=public_id,
        name=name,
        unit_id=unit_id,
        grants=grants,
        sees_whole=any(is_whole for *_, is_whole in rows),
    )
