"""Sending somebody to a visit: the decision kept, his time booked, the sheet assigned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.dispatch.along import names_with, require_able
from yinuo.domains.dispatch.booking import keep_time
from yinuo.domains.dispatch.going import who_can_go
from yinuo.domains.dispatch.models import Decision
from yinuo.domains.dispatch.types import Goer, Going
from yinuo.domains.fieldwork.companions import companions_of
from yinuo.domains.fieldwork.services import assign_work_order
from yinuo.domains.network.candidates import person_id_of
from yinuo.domains.network.qualification_types import Demand
from yinuo.domains.network.qualified import qualification_for
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.selectors import people_on_duty
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.work import writing

LONGEST_REASON = 200


def send_engineer(
    *,
    actor: Actor,
    work_order_id: object,
    person_id: object,
    version: int,
    reason: str = "",
    source: str,
    now: datetime,
) -> Decision:
    """Send one of those who can go; ranked anew, so that what is kept is what holds now.

    Whoever goes along is booked with him. Raises IllegalMove for somebody whom a hard rule removes
    or whose time was booked meanwhile, CannotGo for a companion of whom the same holds,
    InvalidInput without a reason for another than the first, Conflict for a stale sheet, NotFound.
    """
    wanted = person_id_of(parse_public_id(person_id))
    going = who_can_go(actor, work_order_id, now=now, and_person=wanted)
    goer, said = _chosen(going, wanted), reason.strip()
    if len(said) > LONGEST_REASON or (goer.place > 1 and not said):
        raise InvalidInput({"reason": _("Say why not the first, in at most 200 characters.")})
    with writing(actor=actor, now=now) as work:
        order = assign_work_order(
            actor=actor,
            work_order_id=work_order_id,
            assignee_id=goer.public_id,
            version=version,
            source=source,
            now=now,
        )
        keep_time(_everybody(actor, order, goer, going), order.pk, _period(goer, going), now)
        decision = Decision(
            work_order_id=order.pk,
            person_id=goer.person_id,
            decided_at=now,
            decided_by=actor.label,
            place=goer.place,
            reason=said,
            weights=going.weights,
            considered=going.considered,
            content=_kept(going),
        )
        work.add(decision)
        after = {"work_order": going.number, "person": str(goer.public_id), "place": goer.place}
        work.audit("dispatch.send", decision, after=after, reason=said)
        return decision


def _everybody(actor: Actor, order: Any, goer: Goer, going: Going) -> Mapping[int, str]:
    """Who goes to an assigned sheet, by name; CannotGo for a companion who cannot then."""
    along = companions_of([order.pk])[order.pk]
    if along:
        needs, (_leaves, ends) = qualification_for(going.product_line), _period(goer, going)
        demand = Demand(order.unit_id, goer.starts_at, ends, going.product_line, needs)
        require_able(actor, demand, along, people_on_duty(goer.starts_at))
    return names_with((goer.person_id, goer.name), along)


def _period(goer: Goer, going: Going) -> tuple[datetime, datetime]:
    """The time kept for a visit, the way there included."""
    begins = goer.starts_at - timedelta(seconds=goer.travel_seconds)
    return begins, goer.starts_at + timedelta(minutes=going.visit_minutes)


def _chosen(going: Going, wanted: int | None) -> Goer:
    for goer in going.goers:
        if goer.person_id == wanted:
            return goer
    if wanted in going.refused_ids:
        raise IllegalMove(_("This person cannot go now. Look at the list again."))
    raise NotFound


def _kept(going: Going) -> dict[str, Any]:
    """What was considered, JSON-ready: figures as text, instants in UTC, people by their ids.

    No names: what is kept for ever could not be cleared of them (R59).
    """
    return {
        "product_line": going.product_line,
        "due_at": going.due_at.isoformat() if going.due_at else None,
        "rejected": dict(going.rejected),
        "goers": [
            {
                "person": str(one.public_id),
                "starts_at": one.starts_at.isoformat(),
                "travel_minutes": one.travel_minutes,
                "terms": {name: str(amount) for name, amount in one.terms.items()},
                "total": str(one.total),
            }
            for one in going.goers
        ],
        "refused": [
            {
                "person": str(one.public_id),
                "rules": [
                    {"rule": each.rule.value, "subject": each.subject, "wanted": each.wanted}
                    for each in one.obstacles
                ],
            }
            for one in going.refused
        ],
    }
