"""Turning a signed-in user or a token into an Actor, with one query."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from yinuo.domains.network.permissions import EVERY, Permission, granted_by
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import SignInNeeded

_SQL = """
SELECT p.id, p.public_id, p.name, p.unit_id, r.permissions,
       ARRAY(SELECT below.id FROM network_unit below WHERE below.path LIKE u.path || '%%')
FROM network_person p
JOIN accounts_user account ON account.id = p.user_id AND account.is_active
LEFT JOIN network_assignment a ON a.person_id = p.id
LEFT JOIN network_role r ON r.id = a.role_id
LEFT JOIN network_unit u ON u.id = a.unit_id AND u.active
WHERE p.user_id = %s AND p.active
"""


def get_actor(user_id: int, *, scopes: Iterable[str] | None = None) -> Actor:
    """The actor behind an active user, limited to a token's scopes when given.

    Read anew for every call, so a moved, demoted or deactivated person loses his rights at once
    (R06). Raises SignInNeeded when the user has no active person.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [user_id])
        rows = cursor.fetchall()
    if not rows:
        raise SignInNeeded
    allowed = EVERY if scopes is None else granted_by(scopes)
    grants: dict[Permission, frozenset[int]] = {}
    for *_, rights, units in rows:
        held = frozenset(units or ())
        for right in allowed & granted_by(rights or ()):
            grants[right] = grants.get(right, frozenset()) | held
    person_id, public_id, name, unit_id, *_ = rows[0]
    return Actor(
        user_id=user_id,
        person_id=person_id,
        person_public_id=public_id,
        name=name,
        unit_id=unit_id,
        grants=grants,
    )
