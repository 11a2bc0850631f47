"""Idempotency: the same key with the same content takes effect once and is answered alike (R37).

The key is stored in the step's own transaction. Two calls, at the same time or one after the
other, both do the work; the unique constraint lets one commit, and the other is rolled back and
answered with the first one's answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError

from yinuo.platform.errors import IdempotencyKeyMissing, IdempotencyMismatch, YinuoError
from yinuo.platform.journal.models import IdempotencyKey
from yinuo.platform.journal.work import Actor, writing

_KEY = re.compile(r"[\x21-\x7e]{8,128}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller got: an HTTP status and a JSON-ready body. `repeated` when given again."""

    status: int
    body: Any
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Once:
    """Names one intended effect: the route, the caller's key, and the content it stands for."""

    route: str
    key: str
    body: bytes

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise IdempotencyKeyMissing

    @property
    def body_hash(self) -> bytes:
        return sha256(self.body).digest()


def performed_once(
    once: Once, action: Callable[[], Answer], *, actor: Actor, now: datetime
) -> Answer:
    """Run `action` in one transaction with its key, or give the answer it gave before.

    A repeated call is noticed when it fails, at its key at the latest: nothing of it stays, and
    calls that are not repeated, nearly all, pay no look-up. Raises IdempotencyMismatch when the
    key stands for another content.
    """
    assert actor.user_id is not None
    try:
        with writing(actor=actor, now=now) as work:
            answer = action()
            work.add(
                IdempotencyKey(
                    user_id=actor.user_id,
                    route=once.route,
                    key=once.key,
                    body_hash=once.body_hash,
                    status=answer.status,
                    answer=answer.body,
                    at=now,
                )
            )
            return answer
    except (IntegrityError, YinuoError):
        if earlier := _earlier(once, actor.user_id):
            return earlier
        raise


def _earlier(once: Once, user_id: int) -> Answer | None:
    row = (
        IdempotencyKey.objects.filter(user_id=user_id, route=once.route, key=once.key)
        .values_list("body_hash", "status", "answer")
        .first()
    )
    if row is None:
        return None
    body_hash, status, body = row
    if bytes(body_hash) != once.body_hash:
        raise IdempotencyMismatch
    return Answer(status=status, body=body, repeated=True)
