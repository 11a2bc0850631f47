"""Marking entries as standing on a statement; called in the statement's own step."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from yinuo.domains.breaches.models import Stated
from yinuo.domains.breaches.types import EntryView
from yinuo.platform.errors import Conflict
from yinuo.platform.journal.work import Work


def mark_stated(
    entries: Iterable[EntryView], *, statement_id: UUID, statement_number: str, work: Work
) -> None:
    """Put entries on a statement. Each stands on one at most: the database refuses a second time.

    Raises Conflict when one stands on another already.
    """
    ids = [one.id for one in entries]
    if Stated.objects.filter(entry__in=ids).exists():
        raise Conflict
    work.add(
        *(
            Stated(
                entry_id=one,
                statement_id=statement_id,
                statement_number=statement_number,
                stated_at=work.now,
            )
            for one in ids
        )
    )
