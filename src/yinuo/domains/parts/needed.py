"""Parts that an engineer's phone says are needed, until somebody asks a depot for them.

The engineer writes in his own words, without depot or part number, so no request for parts comes
of it by itself: the office asks by one click from the sheet or request, the form filled with his
words and with the parts whose numbers he wrote.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.parts.models import PartRequest
from yinuo.domains.parts.policies import visible_parts
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.saying import said_of
from yinuo.domains.requests.standing import counting
from yinuo.platform.scoped import one_of

NEED, PART = "need", "part"


@dataclass(frozen=True, slots=True)
class NeededPart:
    """What an engineer says he needs, on which sheet, and the parts (public ids) that he named."""

    fact_id: UUID
    text: str
    sheet_number: str
    noted_at: datetime
    part_ids: tuple[UUID, ...] = ()


def parts_needed(
    actor: Actor, request_id: object, sheet_number: str = ""
) -> tuple[NeededPart, ...]:
    """What is needed at a visible request, on one of its sheets when named; only what was noted
    after the last request for parts for that sheet. Raises NotFound."""
    request = one_of(visible_requests(actor), request_id)
    facts = [
        one
        for one in counting(facts_of_subject(request.public_id))
        if one.kind == "noted" and one.attrs.get(NEED) == PART
    ]
    if not facts:
        return ()
    asks = PartRequest.objects.filter(request=request).values_list("sheet__number")
    asked = dict(asks.annotate(last=Max("asked_at")))
    said = said_of(request, facts)
    found = []
    for one in facts:
        sheet, text = str(one.attrs.get("sheet", "")), said.get(one.public_id)
        last = asked.get(sheet)
        is_waiting = last is None or last < one.received_at
        if text is not None and is_waiting and sheet_number in ("", sheet):
            words = text.words.get("text", "")
            found.append(NeededPart(one.public_id, words, sheet, one.occurred_at))
    return tuple(found)


def with_parts(actor: Actor, need: NeededPart) -> NeededPart:
    """The same with the parts of the catalogue whose numbers stand in its words."""
    words = need.text.upper()
    rows = visible_parts(actor).filter(active=True).values_list("public_id", "number")
    named = [(key, number) for key, number in rows if number in words]
    # PSU-24V-R is not PSU-24V too: of numbers within each other the longest is meant.
    kept = [
        key
        for key, number in named
        if not any(number != other and number in other for _, other in named)
    ]
    return replace(need, part_ids=tuple(kept))
