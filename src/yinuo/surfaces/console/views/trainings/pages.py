"""Trainings: the list with its workbook, one's own, and the page of one with its results."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.types import Actor
from yinuo.domains.trainings.selectors import (
    Narrowed,
    get_training,
    list_materials,
    list_participants,
    list_results,
    list_trainings,
    open_material,
)
from yinuo.domains.trainings.types import (
    TOOK_PLACE,
    ParticipantRow,
    TrainingKind,
    TrainingRow,
    TrainingStanding,
)
from yinuo.platform.days import begin_of, end_of
from yinuo.platform.files.serving import file_response
from yinuo.platform.identifiers import parse_public_id
from yinuo.surfaces.console import training_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.training_columns import RESULTS
from yinuo.surfaces.console.views.lists import Listing, searched


@require_GET
@page
def trainings(request: HttpRequest) -> HttpResponse:
    """Trainings of one's units, the newest first; as a workbook with everybody's results."""
    require(actor_of(request), Permission.TRAINING_READ)
    return _listed(request)


@require_GET
@page
def own(request: HttpRequest) -> HttpResponse:
    """Trainings that one gives or takes part in."""
    if not actor_of(request).may(Permission.TRAINING_OWN):
        require(actor_of(request), Permission.TRAINING_READ)
    return _listed(request)


@require_GET
@page
def one(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """One training: plan, what happened, results, material, and what comes next."""
    actor = actor_of(request)
    row = get_training(actor, training_id)
    participants = list_participants(actor, training_id)
    context = {
        "training": row,
        "participants": participants,
        "files": list_materials(actor, training_id),
        "may": may_do(actor, row, participants),
        "is_external": row.kind == TrainingKind.EXTERNAL,
        "sees_all": actor.may(Permission.TRAINING_READ),
        "sees_people": actor.may(Permission.PERSON_READ),
    }
    return render(request, "console/trainings/page.html", context)


@require_GET
@page
def files_one(request: HttpRequest, training_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file of a training, as a download."""
    return file_response(open_material(actor_of(request), training_id, file_id))


def may_do(actor: Actor, row: TrainingRow, participants: list[ParticipantRow]) -> dict[str, bool]:
    """Which acts this person gets for a training now."""
    writes = may_plan(actor, row)
    records = writes or row.trainer_id == actor.person_id
    is_planned, is_held = row.state == TrainingStanding.PLANNED, row.state == TrainingStanding.HELD
    waits = any(one.outcome == "passed" and one.granted_at is None for one in participants)
    gives = row.state in TOOK_PLACE and not row.teaches.is_empty() and waits
    return {
        "edit": writes and is_planned,
        "hold": records and (is_planned or is_held),
        "close": writes and is_held,
        "cancel": writes and is_planned,
        "keep": records,
        "grant": gives and actor.may(Permission.QUALIFICATION_WRITE),
    }


def may_plan(actor: Actor, row: TrainingRow) -> bool:
    """Whether this person may plan for the unit that holds it."""
    return actor.may(Permission.TRAINING_WRITE, row.unit_id)


def _listed(request: HttpRequest) -> HttpResponse:
    actor, given = actor_of(request), request.GET
    wanted, since, until = _wanted(given)
    narrowed = Narrowed(
        kind=wanted["kind"],
        state=wanted["state"],
        unit_id=wanted["unit"] or None,
        customer_id=wanted["customer"] or None,
        since=begin_of(since) if since else None,
        until=end_of(until) if until else None,
        text=searched(request),
    )
    if is_wanted(request):
        return workbook(request, _("Trainings"), RESULTS, list_results, narrowed=narrowed)
    cursor = given.get("cursor", "")
    found = list_trainings(actor, narrowed=narrowed, cursor=cursor)
    is_narrowed = any([narrowed.text, since, until, *wanted.values()])
    rows = Listing(
        found.items,
        narrowed.text,
        cursor,
        found.next_cursor,
        is_narrowed=is_narrowed,
        can_export=True,
    )
    context: dict[str, Any] = {
        "list": rows,
        **wanted,
        "since": since.isoformat() if since else "",
        "until": until.isoformat() if until else "",
        "kinds": training_words.KINDS.items(),
        "states": training_words.STATES.items(),
        "units": [(str(row.public_id), row.name) for row in list_units(actor)],
        "may_write": actor.may(Permission.TRAINING_WRITE),
    }
    return render(request, "console/lists/trainings.html", context)


def _wanted(given: Mapping[str, str]) -> tuple[dict[str, str], date | None, date | None]:
    """What the address narrows the list to, without what is no such word, id or day."""
    wanted = {
        "kind": _known(given.get("kind", ""), training_words.KINDS),
        "state": _known(given.get("state", ""), training_words.STATES),
        "unit": _id(given.get("unit", "")),
        "customer": _id(given.get("customer", "")),
    }
    return wanted, _day(given.get("since", "")), _day(given.get("until", ""))


def _known(word: str, words: Any) -> str:
    return word if word in words else ""


def _id(text: str) -> str:
    return text if parse_public_id(text) else ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Beyond it no training begins, and a day more would leave the calendar.
    return day if 1970 < day.year < 2200 else None
