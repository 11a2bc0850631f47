"""One business step: opened with its actor and instant, closed by one flush and one commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from yinuo.platform.errors import Conflict
from yinuo.platform.journal.bulk import insert_together
from yinuo.platform.journal.models import AuditEntry, OutboxEvent
from yinuo.platform.web.request_id import current_request_id


class Actor(Protocol):
    """Who acts, as far as the journal must know."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def label(self) -> str: ...


class Subject(Protocol):
    """What a step is about: any row with a public id."""

    public_id: UUID

    @property
    def _meta(self) -> Any: ...


@dataclass(slots=True)
class Work:
    """What the running step still has to write. Made by `writing`, never by hand."""

    actor: Actor
    now: datetime
    pending: list[Model] = field(default_factory=list)

    def add(self, *instances: Model) -> None:
        """Insert these append-only rows when the step ends, all in one statement."""
        self.pending.extend(instances)

    def write_down(self) -> None:
        """Insert what was added so far, where the rest of the same step has to read it."""
        insert_together(self.pending)
        self.pending.clear()

    def audit(
        self,
        action: str,
        subject: Subject,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        reason: str = "",
    ) -> None:
        """Record who did what. `before` and `after` hold only what changed, JSON-ready."""
        self.pending.append(
            AuditEntry(
                at=self.now,
                user_id=self.actor.user_id,
                actor_label=self.actor.label,
                request_id=current_request_id(),
                action=action,
                subject_type=subject._meta.label_lower,
                subject_id=subject.public_id,
                before=before,
                after=after,
                reason=reason,
            )
        )

    def emit(
        self,
        topic: str,
        subject: Subject,
        payload: Mapping[str, Any] | None = None,
        *,
        dedupe_key: str | None = None,
    ) -> None:
        """Tell other domains and live screens, past tense (`request.opened`).

        A subject with a `unit_id` belongs to that unit's screens.
        """
        self.pending.append(
            OutboxEvent(
                at=self.now,
                topic=topic,
                subject_id=subject.public_id,
                unit_id=getattr(subject, "unit_id", None),
                payload=dict(payload or {}),
                dedupe_key=dedupe_key,
            )
        )


_current: ContextVar[Work | None] = ContextVar("work", default=None)


@contextmanager
def writing(*, actor: Actor, now: datetime) -> Iterator[Work]:
    """The transaction of one business step; inside another step it joins that one.

    On leaving, everything added is written by one statement before the commit. An exception
    rolls all of it back.
    """
    if (outer := _current.get()) is not None:
        yield outer
        return
    work = Work(actor=actor, now=now)
    token = _current.set(work)
    try:
        with transaction.atomic():
            yield work
            insert_together(work.pending)
    finally:
        _current.reset(token)


def stored(instance: Any, *, expected_version: int | None, changes: Mapping[str, Any]) -> None:
    """Save `changes` on a versioned row if it still has `expected_version` (R38).

    `None` means the caller holds the row's lock and needs no check. Raises Conflict with the
    version in the database otherwise. The instance carries the new values afterwards.
    """
    held = instance.version if expected_version is None else expected_version
    updated = (
        type(instance)
        .objects.filter(pk=instance.pk, version=held)
        .update(**changes, version=held + 1)
    )
    if not updated:
        present = type(instance).objects.filter(pk=instance.pk).values("version").first()
        raise Conflict(details={"yours": held, "present": present["version"] if present else None})
    for name, value in changes.items():
        setattr(instance, name, value)
    instance.version = held + 1
