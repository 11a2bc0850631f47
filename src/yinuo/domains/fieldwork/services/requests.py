"""What a visit means for the request: facts recorded in the same transaction, so promises move."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services import record_steps
from yinuo.domains.requests.types import StepFact


def tell_request(
    order: WorkOrder,
    fact: StepFact,
    *,
    actor: Actor,
    source: str,
    now: datetime,
) -> None:
    """Record on the sheet's request that this happened, with the sheet's number.

    Raises IllegalMove when the request was cancelled or merged meanwhile, InvalidInput when it
    happened over 30 days ago and `late_reason` is not among the fact's words.
    """
    record_steps(
        actor=actor,
        request_id=order.request.public_id,
        facts=[replace(fact, attrs={"sheet": order.number})],
        source=source,
        now=now,
    )


def step_fact(kind: str, at: datetime, late_reason: str = "") -> StepFact:
    """A fact of a visit for its request, with why it comes so late where somebody said so."""
    reason = late_reason.strip()
    return StepFact(kind, at, words={"late_reason": reason} if reason else {})
