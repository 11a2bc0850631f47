"""What a visit means for the request: facts recorded in the same transaction, so promises move."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services import report_fact
from yinuo.domains.requests.types import Report
from yinuo.kernel.states import REQUEST_STEPS, RequestState


def tell_request(
    order: WorkOrder, kind: str, occurred_at: datetime, *, actor: Actor, source: str, now: datetime
) -> None:
    """Record on the sheet's request that this happened."""
    step = REQUEST_STEPS.get(kind)
    if step is None or step.after(RequestState(order.request.state)) is None:
        return
    report_fact(
        actor=actor,
        request_id=order.request.public_id,
        report=Report(kind, occurred_at),
        source=source,
        now=now,
    )
