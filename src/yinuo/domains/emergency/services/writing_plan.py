"""Handing in the plan: lead, people, tools, parts, work, time and cost (BP-06)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.emergency.models import EmergencyPlan, Revision
from yinuo.domains.emergency.policies import require_step
from yinuo.domains.emergency.services.moving import (
    SHORT_LENGTH,
    TEXT_LENGTH,
    Taken,
    instant_of,
    locked_plan,
    take,
    waiting_step,
)
from yinuo.domains.emergency.types import Doing, PlanContent
from yinuo.domains.network.holders import holders_around
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.emergency import Act
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.work import writing

MOST_LINES, MOST_CREW = 40, 20
MOST_MINUTES = 14 * 24 * 60
MOST_COST = Decimal(10) ** 9


def submit_plan(
    *,
    actor: Actor,
    plan_id: object,
    version: int,
    content: PlanContent,
    doing: Doing,
    now: datetime,
) -> EmergencyPlan:
    """Hand in the content; after a refusal it is a new revision that goes through all steps again.

    Raises InvalidInput by field, an arrival estimate before the handing-in among them; Forbidden
    for whom the step is not; IllegalMove when it is not the plan's turn; Conflict; NotFound.
    """
    with writing(actor=actor, now=now) as work:
        row = locked_plan(actor, plan_id)
        step = waiting_step(row, version, Act.SUBMITTED)
        require_step(actor, row, step, now)
        at = instant_of(row, doing, now)
        values = _values(row, content, at)
        number = row.revision + 1
        Revision.objects.create(
            plan=row,
            number=number,
            writer_id=actor.person_id,
            written_by=actor.label,
            written_at=at,
            **values,
        )
        changes = {
            "revision": number,
            "arrival_at": values["arrival_at"],
            "approved_at": None,
            "approved_by": "",
        }
        taken = Taken(Act.SUBMITTED, doing, actor.label, actor.person_id, changes=changes)
        take(row, taken, at, work=work)
        return row


def _values(row: EmergencyPlan, content: PlanContent, at: datetime) -> dict[str, Any]:
    """The columns of a revision; InvalidInput names each wrong field."""
    problems: dict[str, str] = {}
    people = {
        one.public_id: one.id for one in holders_around(Permission.WORK_ORDER_PERFORM, row.unit_id)
    }
    _refuse_strangers(content, set(people))
    lead = people.get(parse_public_id(content.lead_id) or row.public_id)
    crew = [people.get(parse_public_id(one) or row.public_id) for one in content.crew_ids]
    if lead is None:
        problems["lead_id"] = _("Choose who leads the crew.")
    if None in crew or len(crew) > MOST_CREW:
        problems["crew_ids"] = _("Choose people who carry out work here.")
    texts = {"analysis": content.analysis, "tools": content.tools}
    texts["special_points"] = content.special_points
    texts = {name: text.strip() for name, text in texts.items()}
    for name, text in texts.items():
        if len(text) > TEXT_LENGTH:
            problems[name] = _("Use at most %(most)d characters.") % {"most": TEXT_LENGTH}
    if not texts["analysis"]:
        problems["analysis"] = _("Say what the cause is, or probably is.")
    lines = {"parts": _lines(content.parts), "items": _lines(content.items)}
    for name, given in lines.items():
        if len(given) > MOST_LINES or any(len(one) > SHORT_LENGTH for one in given):
            problems[name] = _("Use at most 40 lines of at most 200 characters.")
    if not lines["items"]:
        problems["items"] = _("Say what is to be done, one item on each line.")
    problems |= _figures(content, at)
    if problems:
        raise InvalidInput(problems)
    others = [one for one in dict.fromkeys(crew) if one != lead]
    figures = {"work_minutes": content.work_minutes, "cost": content.cost}
    return {
        **texts,
        **lines,
        **figures,
        "lead_id": lead,
        "crew": others,
        "arrival_at": content.arrival_at,
    }


def _refuse_strangers(content: PlanContent, known: set[UUID]) -> None:
    """NotFound for anybody named who does not carry out work here."""
    given = [one for one in (content.lead_id, *content.crew_ids) if one]
    if any(parse_public_id(one) not in known for one in given):
        raise NotFound


def _figures(content: PlanContent, at: datetime) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not 0 < content.work_minutes <= MOST_MINUTES:
        problems["work_minutes"] = _("Give the time needed in minutes, at most 14 days.")
    exponent = content.cost.as_tuple().exponent
    if not isinstance(exponent, int) or not 0 <= content.cost < MOST_COST:
        problems["cost"] = _("Give the cost in yuan; 0 when it is free.")
    elif exponent < -2:
        problems["cost"] = _("Use at most 2 decimal places.")
    arrival = content.arrival_at
    if arrival is not None and arrival.tzinfo is None:
        problems["arrival_at"] = _("Give the time with its zone, such as +08:00.")
    elif arrival is not None and arrival <= at:
        problems["arrival_at"] = _("The arrival lies ahead. Give a later time.")
    return problems


def _lines(given: tuple[str, ...]) -> list[str]:
    return [one.strip() for one in given if one.strip()]
