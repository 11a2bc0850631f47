"""What somebody notes on site stands with the sheet's request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.policies import require_step
from yinuo.domains.fieldwork.services.moving import happened_at, locked_order
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services import record_steps
from yinuo.domains.requests.types import StepFact
from yinuo.platform.journal.work import writing


def note_on_request(
    *,
    actor: Actor,
    work_order_id: object,
    text: str,
    attrs: Mapping[str, str],
    at: datetime,
    now: datetime,
) -> WorkOrder:
    """Record an internal note from the visit with the sheet's number and codes in `attrs`.

    Raises NotFound, Forbidden for who does not carry the visit out, IllegalMove when the request
    was cancelled or merged meanwhile.
    """
    with writing(actor=actor, now=now):
        order = locked_order(actor, work_order_id, None)
        require_step(actor, order, "worked")
        fact = StepFact(
            "noted",
            happened_at(at, now, {}),
            attrs={"sheet": order.number, **attrs},
            words={"text": text},
        )
        request_id = order.request.public_id
        record_steps(actor=actor, request_id=request_id, facts=[fact], source="device", now=now)
        return order
