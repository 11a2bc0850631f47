"""The board: people and hours, what waits, a map; placing a visit by drag or by form."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yinuo.domains.dispatch.board import get_board
from yinuo.domains.dispatch.board_types import Board, BoardSheet
from yinuo.domains.dispatch.services import place_visit
from yinuo.domains.dispatch.types import CannotGo
from yinuo.domains.network.performers import PlannedUnit, planned_units
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import (
    Conflict,
    Forbidden,
    IdempotencyMismatch,
    IllegalMove,
    InvalidInput,
    NotFound,
)
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console import board_drawing, dispatch_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import CONFLICT, UNPROCESSABLE, KeptForm, posted, save_once
from yinuo.surfaces.console.fields import Choices, PickField
from yinuo.surfaces.console.forms import moment_field
from yinuo.surfaces.console.views.work_orders import SOURCE

WEEK = 7
FARTHEST = timedelta(days=366)


class PlaceForm(KeptForm):
    """Which sheet, to whom, from when. A sheet is named with its version, `id:version`."""

    def __init__(self, *args: Any, sheets: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"] = PickField(label=gettext_lazy("Sheet"), choices=sheets)
        self.fields["person_id"] = PickField(label=gettext_lazy("Person"), choices=people)
        self.fields["starts_at"] = moment_field(
            gettext_lazy("Begins on site"), gettext_lazy("Time in %(zone)s")
        )
        self.fields["starts_at"].required = True

    def sheet(self) -> tuple[str, int]:
        """The sheet's id and the version seen. Raises NotFound for anything else."""
        public_id, _colon, version = self.cleaned_data["sheet"].partition(":")
        if not version.isdigit() or len(version) > 9:
            raise NotFound
        return public_id, int(version)


@require_http_methods(["GET", "POST"])
@page
def board(request: HttpRequest) -> HttpResponse:
    """A unit's day or week; posting places a visit."""
    actor, now = actor_of(request), timezone.now()
    require(actor, Permission.WORK_ORDER_ASSIGN)
    units = planned_units(actor)
    unit_id = request.GET.get("unit") or (units[0].public_id if units else None)
    if unit_id is None:
        raise Forbidden
    days = WEEK if request.GET.get("days") == str(WEEK) else 1
    found = get_board(actor, unit_id, first_on=_day(request), days=days, now=now)
    form = _form(request, found)
    status = 200
    if form.is_bound:
        status = _place(request, form, actor, now)
        if status == 200:
            messages.success(request, _("Placed. The time is kept and the decision noted."))
            return HttpResponseRedirect(_address(found.unit, found.days[0], days))
        form.renew()
    return render(
        request, "console/dispatch/board.html", _context(found, units, form), status=status
    )


def _place(request: HttpRequest, form: PlaceForm, actor: Actor, now: datetime) -> int:
    """Place what was sent; 200 when done, else the status of the refusal, said in the form."""

    def save() -> UUID:
        sheet, version = form.sheet()
        return place_visit(
            actor=actor,
            work_order_id=sheet,
            person_id=form.cleaned_data["person_id"],
            starts_at=form.cleaned_data["starts_at"],
            version=version,
            source=SOURCE,
            now=now,
        ).public_id

    if not form.is_valid():
        if form.lacks_its_key():
            form.add_error(None, _("This page was too old. Look at it and send it again."))
        return UNPROCESSABLE
    try:
        save_once(form, "console.board.place", save, actor)
    except InvalidInput as error:
        take_problems(form, error)
        return UNPROCESSABLE
    except CannotGo as error:
        form.add_error(None, dispatch_words.why_cannot(error))
    except Conflict:
        form.add_error(None, _("The sheet was changed meanwhile. Look at the board again."))
    except (IllegalMove, IdempotencyMismatch) as error:
        form.add_error(None, str(error.message))
    else:
        return 200
    return CONFLICT


def _form(request: HttpRequest, found: Board) -> PlaceForm:
    placed = [one for row in found.rows for one in row.sheets]
    sheets = [(f"{one.public_id}:{one.version}", _label(one)) for one in (*found.waiting, *placed)]
    people = [(str(one.person_public_id), one.name) for one in found.rows]
    wanted = request.GET.get("sheet", "")
    chosen = next((value for value, _name in sheets if value.startswith(wanted)), "")
    now = timezone.localtime()
    start = datetime.combine(found.days[0], now.time().replace(hour=9, minute=0, second=0))
    if found.days[0] == now.date():
        start = datetime.combine(now.date(), now.time()) + timedelta(minutes=30)
    initial = {"sheet": chosen if wanted else "", "starts_at": timezone.make_aware(start)}
    return PlaceForm(posted(request), sheets=sheets, people=people, initial=initial)


def _label(one: BoardSheet) -> str:
    person = f" · {one.person_name}" if one.person_name else ""
    return f"{one.number} {one.customer_name}{person}"


def _context(found: Board, units: list[PlannedUnit], form: PlaceForm) -> dict[str, Any]:
    scale = board_drawing.scale_of(found)
    lanes = board_drawing.lanes_of(found, scale)
    day, days = found.days[0], len(found.days)
    step = timedelta(days=days)
    planned = urlencode({"unit": str(found.unit.public_id), "day": day.isoformat()})
    return {
        "board": found,
        "units": units,
        "lanes": lanes,
        "marks": board_drawing.marks_of(scale),
        "scale": scale,
        "map": board_drawing.map_of(lanes, found.waiting),
        "map_credit": settings.MAP_CREDIT,
        "form": form,
        "day": day,
        "days": days,
        "now_at": f"{scale.share(timezone.now()):.3f}%",
        "is_now": day <= timezone.localdate() < day + step,
        "before": _address(found.unit, day - step, days),
        "after": _address(found.unit, day + step, days),
        "today": _address(found.unit, timezone.localdate(), days),
        "other": _address(found.unit, day, 1 if days > 1 else WEEK),
        "plan": f"{reverse('console:board_plans_new')}?{planned}",
    }


def _address(unit: PlannedUnit, day: date, days: int) -> str:
    given: dict[str, str | int] = {
        "unit": str(unit.public_id),
        "day": day.isoformat(),
        "days": days,
    }
    return f"{reverse('console:board')}?{urlencode(given)}"


def _day(request: HttpRequest) -> date:
    """The day that the address names; today for none or nonsense, within a year."""
    today = timezone.localdate()
    try:
        named = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return named if abs(named - today) <= FARTHEST else today
