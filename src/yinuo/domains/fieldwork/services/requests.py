"""What a visit means for the request: facts recorded in the same transaction, so promises move."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services import record_steps
from yinuo.domains.requests.types import StepFact


def tell_request(
    order: WorkOrder, kind: str, occurred_at: datetime, *, actor: Actor, source: str, now: datetime
) -> None:
    """Record on the sheet's request that this happened, with the sheet's number.

    Raises IllegalMove when the request was cancelled or merged meanwhile.
    """
    record_steps(
        actor=actor,
        request_id=order.request.public_id,
        facts=[StepFact(kind, occurred_at, {"sheet": order.number})],
        source=source,
        now=now,
    )
