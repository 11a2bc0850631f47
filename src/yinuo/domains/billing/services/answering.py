"""The customer's answer to a quote: by his link, or taken down by us; and none in time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.billing.models import Quote
from yinuo.domains.billing.services.moving import locked_quote, move, require_state_for
from yinuo.domains.billing.services.sending import (
    LINK_PURPOSE,
    REASON_LENGTH,
    checked_reason,
)
from yinuo.domains.billing.services.supplying import promise_supply
from yinuo.domains.billing.types import Purpose
from yinuo.domains.network.types import SYSTEM, Actor
from yinuo.domains.requests.services.damaging import leave_to_user
from yinuo.kernel.offer_states import OfferState
from yinuo.platform.days import end_of
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.files.types import owner_of
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.links.services import revoke_links
from yinuo.platform.links.types import Holder, Link

ACCEPTED, DECLINED = "accepted", "declined"
NAME_LENGTH = 80
MOST_AT_ONCE = 200


def answer_quote(*, link: Link, name: str, outcome: str, reason: str, now: datetime) -> Quote:
    """Accept or decline by the link the customer holds; call it inside `use_link`.

    Raises NotFound when the quote is gone, IllegalMove when it was answered, withdrawn or has
    expired meanwhile, InvalidInput on `reason` when it is declined without one.
    """
    said = _reason_for(outcome, reason)
    with writing(actor=Holder(name), now=now) as work:
        quotes = Quote.objects.select_for_update().filter(public_id=link.owner.public_id)
        quote = quotes.first()
        if quote is None or link.purpose != LINK_PURPOSE:
            raise NotFound
        if end_of(quote.valid_until) <= now:
            raise IllegalMove(_("This quote is no longer valid."))
        changes = {"ended_at": now, "ended_by": name, "ended_reason": said}
        move(quote, outcome, changes, work=work, reason=said)
        if outcome == ACCEPTED:
            _agree(quote, work)
        return quote


def record_answer(
    *,
    actor: Actor,
    quote_id: object,
    version: int,
    outcome: str,
    name: str,
    reason: str,
    now: datetime,
) -> Quote:
    """Take down an answer given by phone or on paper: by whom, and why when it is declined.

    A quote may be accepted on its last day at the latest. Raises InvalidInput by field,
    IllegalMove when it is not waiting for an answer.
    """
    said = _reason_for(outcome, reason)
    who = " ".join(name.split())
    if not 0 < len(who) <= NAME_LENGTH:
        raise InvalidInput({"name": _("Give the customer's name, in at most 80 characters.")})
    with writing(actor=actor, now=now) as work:
        quote = locked_quote(actor, quote_id, version)
        require_state_for(quote, outcome)
        if outcome == ACCEPTED and end_of(quote.valid_until) <= now:
            raise IllegalMove(_("This quote is no longer valid."))
        changes = {"ended_at": now, "ended_by": who, "ended_reason": said}
        move(quote, outcome, changes, work=work, reason=said)
        if outcome == ACCEPTED:
            _agree(quote, work)
        revoke_links(purpose=LINK_PURPOSE, owner=owner_of(quote), actor=actor, now=now)
        return quote


def expire_quotes(*, now: datetime) -> int:
    """End quotes whose last day is over without an answer; gives how many."""
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    with writing(actor=SYSTEM, now=now) as work:
        waiting = Quote.objects.filter(state=OfferState.SENT.value, valid_until__lt=today)
        rows = list(waiting.select_for_update(skip_locked=True).order_by("id")[:MOST_AT_ONCE])
        for quote in rows:
            move(quote, "expired", {"ended_at": now, "ended_by": SYSTEM.label}, work=work)
        return len(rows)


def _agree(quote: Quote, work: Work) -> None:
    """What an acceptance begins: the promise of its day, and who pays for damage by the user."""
    promise_supply(quote, work.now)
    if quote.purpose == Purpose.DAMAGE.value and quote.request_id is not None:
        leave_to_user(request_id=quote.request_id, reference=quote.number, work=work)


def _reason_for(outcome: str, reason: str) -> str:
    if outcome not in (ACCEPTED, DECLINED):
        raise InvalidInput({"outcome": _("Choose one.")})
    if outcome == DECLINED:
        return checked_reason(reason)
    said = reason.strip()
    if len(said) > REASON_LENGTH:
        raise InvalidInput(
            {"reason": _("Use at most %(most)d characters.") % {"most": REASON_LENGTH}}
        )
    return said
