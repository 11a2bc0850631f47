"""Words of parts and stock in templates."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.needed import NeededPart, parts_needed
from yinuo.domains.parts.repair_types import PartRepairRow
from yinuo.domains.parts.request_selectors import asks_of
from yinuo.platform.errors import NotFound, Text
from yinuo.surfaces.console import stock_words, words
from yinuo.surfaces.console.access import actor_of

register = template.Library()

_OF = {
    "tracking": stock_words.TRACKING,
    "depot": stock_words.DEPOT_KINDS,
    "condition": stock_words.CONDITIONS,
    "move": stock_words.MOVES,
    "place": stock_words.PLACES,
    "ask": stock_words.ASK_STATES,
    "ask_tone": stock_words.ASK_TONES,
    "repair": stock_words.PART_REPAIR_STATES,
    "repair_tone": stock_words.PART_REPAIR_TONES,
}


@register.filter
def stock_word(code: str, of: str) -> Text:
    """The word of a code: of `tracking`, `depot`, `condition`, `move`, `place`, `ask`, `repair`."""
    return words.word(_OF[of], code)


@register.filter
def signed(quantity: int) -> str:
    """A number that came with a plus, one that went with a minus."""
    return f"+{quantity}" if quantity > 0 else f"−{-quantity}"


@register.filter
def repair_days(row: PartRepairRow, now: datetime) -> int:
    """How many days a part has been under repair, or was until it ended."""
    return row.days(now)


@register.inclusion_tag("console/stock/of_request.html", takes_context=True)
def parts_of_request(
    context: RequestContext,
    request_id: UUID,
    sheet_id: UUID | None = None,
    sheet_number: str = "",
) -> dict[str, Any]:
    """The parts asked for a case, or for one of its sheets, what an engineer still needs, and the
    way to ask for more."""
    actor = actor_of(context["request"])
    rows = asks_of(actor, request_id=request_id, sheet_id=sheet_id)
    may_ask = actor.may(Permission.PART_ASK) and actor.may(Permission.PART_READ)
    return {
        "asks": rows,
        "needs": _needs(actor, request_id, sheet_number) if may_ask else (),
        "request_id": request_id,
        "sheet_id": sheet_id,
        "may_ask": may_ask,
    }


def _needs(actor: Actor, request_id: UUID, sheet_number: str) -> tuple[NeededPart, ...]:
    """Whoever sees a sheet need not see its request."""
    try:
        return parts_needed(actor, request_id, sheet_number)
    except NotFound:
        return ()
