"""Reading notices: one's own inbox, and the outbox of those who manage it."""

from __future__ import annotations

from django.db.models import Count, Q

from yinuo.domains.network.types import Actor
from yinuo.domains.notices.models import Notice
from yinuo.domains.notices.policies import managed_notices, own_notices
from yinuo.domains.notices.types import NoticeRow, State
from yinuo.platform.paging import Page, page_of

# The bell shows no larger number.
MOST_COUNTED = 100


def list_inbox(
    actor: Actor, *, unread_only: bool = False, cursor: str = "", limit: int = 50
) -> Page[NoticeRow]:
    """What the actor was told in the app, newest first."""
    notices = own_notices(actor)
    if unread_only:
        notices = notices.filter(read_at__isnull=True)
    return page_of(notices, order=("-id",), cursor=cursor, limit=limit).map(_row)


def count_unread(actor: Actor) -> int:
    """How many notices the actor has not read; counting stops at 100."""
    return own_notices(actor).filter(read_at__isnull=True)[:MOST_COUNTED].count()


def list_outbox(
    actor: Actor, *, state: str = "", channel: str = "", cursor: str = "", limit: int = 50
) -> Page[NoticeRow]:
    """What was told by any channel about cases of the actor's units, newest first."""
    notices = managed_notices(actor).select_related("person")
    if state:
        notices = notices.filter(state=state)
    if channel:
        notices = notices.filter(channel=channel)
    return page_of(notices, order=("-id",), cursor=cursor, limit=limit).map(_named_row)


def count_outbox(actor: Actor) -> dict[str, int]:
    """How many notices of the actor's outbox wait and how many failed."""
    return managed_notices(actor).aggregate(
        waiting=Count("id", filter=Q(state=State.WAITING)),
        failed=Count("id", filter=Q(state=State.FAILED)),
    )


def _row(notice: Notice) -> NoticeRow:
    return NoticeRow(
        public_id=notice.public_id,
        channel=notice.channel,
        state=notice.state,
        at=notice.at,
        topic=notice.topic,
        subject_type=notice.subject_type,
        subject_id=notice.subject_id,
        data=notice.data,
        read_at=notice.read_at,
    )


def _named_row(notice: Notice) -> NoticeRow:
    return NoticeRow(
        public_id=notice.public_id,
        channel=notice.channel,
        state=notice.state,
        at=notice.at,
        topic=notice.topic,
        subject_type=notice.subject_type,
        subject_id=notice.subject_id,
        data=notice.data,
        read_at=notice.read_at,
        person_name=notice.person.name if notice.person else notice.recipient,
        address=notice.address,
        trouble=notice.trouble,
        attempts=notice.attempts,
        settled_at=notice.settled_at,
    )
