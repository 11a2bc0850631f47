"""Moving a quote by its table of steps: state, audit, event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yinuo.domains.billing.models import Quote
from yinuo.domains.billing.policies import visible_quotes
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.repairs.services import hear_quote
from yinuo.kernel.offer_states import OFFER_STEPS, OfferState
from yinuo.platform.errors import Conflict, IllegalMove
from yinuo.platform.journal.work import Work, stored
from yinuo.platform.scoped import one_of


def locked_quote(actor: Actor, quote_id: object, version: int | None) -> Quote:
    """The visible quote that the actor may write, locked until the step ends.

    Raises NotFound, Forbidden, or Conflict when he was looking at another version (R38).
    """
    quotes = visible_quotes(actor).select_related("customer", "unit", "price_list")
    quote = one_of(quotes.select_for_update(of=("self",)), quote_id)
    require(actor, Permission.QUOTE_WRITE, quote.unit_id)
    if version is not None and quote.version != version:
        raise Conflict(details={"yours": version, "present": quote.version})
    return quote


def require_state_for(quote: Quote, kind: str) -> OfferState:
    """The state after a step of this kind; IllegalMove when the table has none."""
    after = OFFER_STEPS[kind].after(OfferState(quote.state))
    if after is None:
        raise IllegalMove(details={"state": quote.state, "kind": kind})
    return after


def move(
    quote: Quote, kind: str, changes: Mapping[str, Any], *, work: Work, reason: str = ""
) -> None:
    """Take the step on a locked quote; see `require_state_for`."""
    before, after = quote.state, require_state_for(quote, kind)
    stored(quote, expected_version=None, changes={**changes, "state": after.value})
    work.audit(
        f"quote.{kind}",
        quote,
        before={"state": before},
        after={"state": after.value, "total": str(quote.total)},
        reason=reason,
    )
    work.emit(f"quote.{kind}", quote, {"number": quote.number})
    if quote.request_id is not None:
        hear_quote(request_id=quote.request_id, happened=kind, number=quote.number, work=work)
