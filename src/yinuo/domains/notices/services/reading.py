"""Reading one's own notices."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.network.types import Actor
from yinuo.domains.notices.models import Notice
from yinuo.domains.notices.policies import own_notices
from yinuo.platform.scoped import one_of


def read_notice(*, actor: Actor, notice_id: object, is_read: bool = True, now: datetime) -> Notice:
    """Mark one of one's own notices read, or unread again; NotFound for anybody else's."""
    notice = one_of(own_notices(actor), notice_id)
    notice.read_at = (notice.read_at or now) if is_read else None
    own_notices(actor).filter(pk=notice.pk).update(read_at=notice.read_at)
    return notice


def read_all(*, actor: Actor, now: datetime) -> int:
    """Mark all of one's own notices read; gives how many were not."""
    return own_notices(actor).filter(read_at__isnull=True).update(read_at=now)
