"""Reading decisions of dispatch; limited to what the actor may see."""

from __future__ import annotations

from yinuo.domains.dispatch.policies import visible_decisions
from yinuo.domains.dispatch.types import DecisionRow
from yinuo.domains.fieldwork.planned import get_visit
from yinuo.domains.network.types import Actor


def list_decisions(actor: Actor, work_order_id: object) -> list[DecisionRow]:
    """Who was sent to a sheet and why, newest first; NotFound as in `who_can_go`."""
    visit = get_visit(actor, work_order_id)
    rows = visible_decisions(actor).filter(work_order_id=visit.id).select_related("person")
    return [
        DecisionRow(
            public_id=one.public_id,
            decided_at=one.decided_at,
            decided_by=one.decided_by,
            person_name=one.person.name,
            place=one.place,
            reason=one.reason,
            weights=one.weights,
            considered=one.considered,
            content=one.content,
        )
        for one in rows.order_by("-id")[:20]
    ]
