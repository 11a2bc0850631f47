"""Reading decisions of dispatch; limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yinuo.domains.dispatch.policies import visible_decisions
from yinuo.domains.dispatch.types import DecisionRow
from yinuo.domains.fieldwork.planned import get_visit
from yinuo.domains.network.role_holders import names_of
from yinuo.domains.network.types import Actor

# Who is named in what a decision keeps: ranked, removed, or possible in a plan of days.
KINDS = ("goers", "refused", "options")


def list_decisions(actor: Actor, work_order_id: object) -> list[DecisionRow]:
    """Who was sent to a sheet and why, newest first; NotFound as in `who_can_go`."""
    visit = get_visit(actor, work_order_id)
    visible = visible_decisions(actor).filter(work_order_id=visit.id).select_related("person")
    rows = visible.order_by("-id")[:20]
    names = names_of({person for one in rows for person in _people(one.content)})
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
            content=_named(one.content, names),
        )
        for one in rows
    ]


def _people(content: Mapping[str, Any]) -> list[str]:
    return [one["person"] for kind in KINDS for one in content.get(kind, ())]


def _named(content: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    found = {
        kind: [{**one, "name": names.get(one["person"], "")} for one in content.get(kind, ())]
        for kind in KINDS
    }
    return {**content, **found}
