"""What administrators do with notices that wait or failed."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.network.types import Actor
from yinuo.domains.notices.models import Notice
from yinuo.domains.notices.policies import managed_notices
from yinuo.domains.notices.services.telling import address_of
from yinuo.domains.notices.types import State, Trouble
from yinuo.platform.errors import IllegalMove
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of


def retry_notice(*, actor: Actor, notice_id: object, now: datetime) -> Notice:
    """Try a failed notice again with the address its person has now.

    Raises NotFound outside the actor's outbox, IllegalMove unless it failed.
    """
    with writing(actor=actor, now=now) as work:
        notice = _locked(actor, notice_id)
        if notice.state != State.FAILED:
            raise IllegalMove(details={"state": notice.state})
        before = notice.state
        if (person := notice.person) is not None:
            email = person.user.email if person.user else ""
            notice.address = address_of(person.phone, email, notice.channel)
        notice.attempts += 1
        notice.state = State.WAITING if notice.address else State.FAILED
        notice.trouble = "" if notice.address else Trouble.NO_ADDRESS
        notice.save(update_fields=["address", "attempts", "state", "trouble"])
        work.audit("notice.retry", notice, before={"state": before}, after={"state": notice.state})
        return notice


def settle_by_hand(*, actor: Actor, notice_id: object, now: datetime) -> Notice:
    """Say that the person was told by hand: called, written to. It counts as sent from then.

    Raises NotFound outside the actor's outbox, IllegalMove when it was sent already.
    """
    with writing(actor=actor, now=now) as work:
        notice = _locked(actor, notice_id)
        if notice.state == State.SENT:
            raise IllegalMove(details={"state": notice.state})
        before = notice.state
        notice.state, notice.settled_at, notice.trouble = State.SENT, now, ""
        notice.save(update_fields=["state", "settled_at", "trouble"])
        work.audit("notice.settle", notice, before={"state": before}, after={"state": notice.state})
        return notice


def _locked(actor: Actor, notice_id: object) -> Notice:
    notices = managed_notices(actor).select_related("person__user")
    return one_of(notices.select_for_update(of=("self",)), notice_id)
