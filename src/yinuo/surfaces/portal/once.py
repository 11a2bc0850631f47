"""A visitor's form takes effect once, however often it is sent (R37)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.requests.services.visiting import actor_for
from yinuo.platform.journal.once import Answer, Once, performed_once

SEE_OTHER = 303
# Sent with the form, but no part of what it stands for.
ASIDE = frozenset({"csrfmiddlewaretoken", "key", "do"})


def sent_once(
    request: HttpRequest,
    visitor: Visitor,
    *,
    route: str,
    key: str,
    act: Callable[[], UUID],
    now: datetime,
) -> str:
    """Run `act` once for the form's key; sent again, it gives the same public id.

    Raises IdempotencyMismatch for the same key with other words, IdempotencyKeyMissing without one.
    """
    posted = request.POST
    content = {name: posted.getlist(name) for name in sorted(posted) if name not in ASIDE}
    once = Once(route, key, json.dumps(content, sort_keys=True).encode())
    answer = performed_once(
        once, lambda: Answer(SEE_OTHER, {"id": str(act())}), actor=actor_for(visitor), now=now
    )
    return str(answer.body["id"])
