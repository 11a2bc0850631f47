"""One-time keys of forms: a second click or the back button repeats the answer, not the effect."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from yinuo.domains.network.types import Actor
from yinuo.platform.journal.once import Answer, Once, performed_once

# Sent with a form, but no part of what it stands for.
ASIDE = frozenset(
    {"csrfmiddlewaretoken", "key", "newcomer_key", "q", "plan_shown", "questions_shown"}
)
SEE_OTHER = 303


def created_once(
    route: str,
    key: str,
    posted: QueryDict,
    create: Callable[[], UUID],
    *,
    actor: Actor,
    now: datetime,
) -> str:
    """Run `create` once for this key and content; gives the public id it made, then or earlier.

    Raises IdempotencyMismatch when the key was used for another content.
    """
    content = {name: posted.getlist(name) for name in sorted(posted) if name not in ASIDE}
    once = Once(route=route, key=key, body=json.dumps(content, sort_keys=True).encode())

    def action() -> Answer:
        return Answer(status=SEE_OTHER, body={"id": str(create())})

    answer = performed_once(once, action, actor=actor, now=now)
    return str(answer.body["id"])
