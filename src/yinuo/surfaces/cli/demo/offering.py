"""The demo company's offers: a request its partner has taken, and one that waits for its answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import list_requests
from yinuo.domains.routing.selectors import list_offers
from yinuo.domains.routing.services import accept_offer, start_routing

MOST = 2
SOURCE = "console"


def offer_requests(desk: Actor, partner: Actor, now: datetime) -> None:
    """Offer the partner's two newest open requests; the older one of them is taken at once."""
    found = list_requests(desk, state="open", text="西部云").items[:MOST]
    for position, row in enumerate(reversed(found)):
        begun = max(row.reported_at, now - timedelta(minutes=5 - position))
        start_routing(actor=desk, request_id=row.public_id, source=SOURCE, now=begun)
    offers = list_offers(partner, open_only=True).items
    if len(offers) == MOST:
        first = offers[-1]
        accept_offer(
            actor=partner,
            offer_id=first.public_id,
            version=first.version,
            source=SOURCE,
            now=now,
        )
