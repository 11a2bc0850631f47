"""The letters of contact of a request, for its page and for the pages of its sheets."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yinuo.domains.billing.letter_types import LetterRow
from yinuo.domains.billing.letters import LettersOfRequest, letters_of_request
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import NotFound

HOLDING = frozenset({"drafted", "sent", "expired"})


def letters_beside(actor: Actor, request_id: UUID, sheet_id: UUID | None = None) -> dict[str, Any]:
    """What `console/letters/of_request.html` shows; empty when the request is another unit's.

    `waits_for` is the letter that holds the work, if one does.
    """
    try:
        found = letters_of_request(actor, request_id)
    except NotFound:
        return {}
    return {
        "letters": found,
        "letters_for": request_id,
        "letters_sheet": sheet_id,
        "waits_for": _holding(found),
    }


def _holding(found: LettersOfRequest) -> LetterRow | None:
    """The newest letter, when it is not agreed yet: it holds what the sheets would do next."""
    newest = found.rows[-1] if found.rows else None
    return newest if newest is not None and newest.state in HOLDING else None
