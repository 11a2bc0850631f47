"""Sending a quote with a link for its answer, and withdrawing it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from yinuo.domains.billing.models import Quote
from yinuo.domains.billing.services.moving import locked_quote, move, require_state_for
from yinuo.domains.network.types import Actor
from yinuo.kernel.offer_states import OfferState
from yinuo.platform.days import end_of
from yinuo.platform.errors import InvalidInput
from yinuo.platform.files.types import owner_of
from yinuo.platform.journal.work import writing
from yinuo.platform.links.services import issue_link, revoke_links

LINK_PURPOSE = "quote"
REASON_LENGTH = 4_000


class SentQuote(NamedTuple):
    """The quote and the secret of its link, which is shown this once."""

    quote: Quote
    secret: str


def send_quote(*, actor: Actor, quote_id: object, version: int, now: datetime) -> SentQuote:
    """Mark a draft as sent and make the link by which the customer answers, or, once sent, make a
    fresh link; the one before becomes void. The link ends with the last day of validity.

    Raises IllegalMove for an answered or withdrawn quote, InvalidInput when its last day is over.
    """
    with writing(actor=actor, now=now) as work:
        quote = locked_quote(actor, quote_id, version)
        ends = end_of(quote.valid_until)
        if quote.state != OfferState.SENT.value:
            require_state_for(quote, "sent")
        if ends <= now:
            raise InvalidInput({"valid_until": _("Its last day is over. Give it a later one.")})
        if quote.state != OfferState.SENT.value:
            move(quote, "sent", {"sent_at": now, "sent_by": actor.label}, work=work)
        secret = issue_link(
            purpose=LINK_PURPOSE, owner=owner_of(quote), expires_at=ends, actor=actor, now=now
        )
        return SentQuote(quote, secret)


def withdraw_quote(
    *, actor: Actor, quote_id: object, version: int, reason: str, now: datetime
) -> Quote:
    """Take a quote back before it is answered; its link says so from then on.

    Raises InvalidInput without a reason, IllegalMove once it was answered or has expired.
    """
    said = checked_reason(reason)
    with writing(actor=actor, now=now) as work:
        quote = locked_quote(actor, quote_id, version)
        changes = {"ended_at": now, "ended_by": actor.label, "ended_reason": said}
        move(quote, "withdrawn", changes, work=work, reason=said)
        revoke_links(purpose=LINK_PURPOSE, owner=owner_of(quote), actor=actor, now=now)
        return quote


def checked_reason(reason: str) -> str:
    """The reason without blanks around; InvalidInput when it is empty or too long."""
    said = reason.strip()
    if not said:
        raise InvalidInput({"reason": _("Say why.")})
    if len(said) > REASON_LENGTH:
        raise InvalidInput(
            {"reason": _("Use at most %(most)d characters.") % {"most": REASON_LENGTH}}
        )
    return said
