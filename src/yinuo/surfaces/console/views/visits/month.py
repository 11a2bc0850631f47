"""Planning a month: every visit due of a unit with the day that suits, taken over by ticking."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.proposals import plan_of_month
from yinuo.domains.prevention.services import plan_month
from yinuo.domains.prevention.types import MonthPlan, Planned
from yinuo.platform.errors import InvalidInput
from yinuo.platform.identifiers import parse_public_id
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.views.archive.customers import own_unit, units_for

SOURCE = "console"
MONTHS = 6
LONGEST_VERSION, PARTS = 9, 3


@require_http_methods(["GET", "POST"])
@page
def month(request: HttpRequest) -> HttpResponse:
    """Show the proposal of a unit and month; sent, the ticked visits get their days."""
    actor, now = actor_of(request), timezone.now()
    require(actor, Permission.PREVENTION_WRITE)
    given = request.POST if request.method == "POST" else request.GET
    chosen, unit = _month(given.get("month", "")), given.get("unit", "")
    unit_id = unit if parse_public_id(unit) else str(own_unit(actor))
    if request.method == "POST":
        _plan(request, actor)
        return redirect(f"{reverse('console:visits_month')}?unit={unit_id}&month={chosen:%Y-%m}")
    units = units_for(actor, Permission.PREVENTION_WRITE)
    if unit_id not in {code for code, _name in units} and units:
        unit_id = units[0][0]
    rows, beyond = plan_of_month(actor, unit_id, chosen, now)
    context = {
        "rows": rows,
        "beyond": beyond,
        "units": units,
        "unit": unit_id,
        "month": f"{chosen:%Y-%m}",
        "months": _months(),
        "may_order": actor.may(Permission.WORK_ORDER_ISSUE) and actor.may(Permission.REQUEST_OPEN),
    }
    return render(request, "console/visits/month.html", context)


def _plan(request: HttpRequest, actor: Actor) -> None:
    days = tuple(filter(None, map(_ticked, request.POST.getlist("visit"))))
    plan = MonthPlan(days, with_sheets=request.POST.get("do") == "sheets")
    try:
        done = plan_month(actor=actor, plan=plan, source=SOURCE, now=timezone.now())
    except InvalidInput as error:
        messages.error(request, " ".join(map(str, error.fields.values())))
    else:
        _tell(request, done)


def _tell(request: HttpRequest, done: Planned) -> None:
    if done.planned:
        said = _("Visits planned: %(number)d") % {"number": done.planned}
        if done.sheets:
            said += " · " + _("sheets issued: %(number)d") % {"number": done.sheets}
        messages.success(request, said)
    for name, why in done.left:
        messages.error(request, f"{name}: {why}")


def _ticked(text: str) -> tuple[UUID, int, date] | None:
    """`id version day` of a ticked row; None for anything else."""
    parts = text.split(" ")
    visit_id = parse_public_id(parts[0])
    if len(parts) != PARTS or visit_id is None:
        return None
    is_number = parts[1].isascii() and parts[1].isdigit() and len(parts[1]) <= LONGEST_VERSION
    try:
        day = date.fromisoformat(parts[2])
    except ValueError:
        return None
    return (visit_id, int(parts[1]), day) if is_number else None


def _month(text: str) -> date:
    """The month of `2026-11`; this one for anything that is no month near today."""
    today = timezone.localdate()
    known = {f"{one:%Y-%m}": one for one in _firsts(today)}
    return known.get(text, today.replace(day=1))


def _months() -> list[str]:
    return [f"{one:%Y-%m}" for one in _firsts(timezone.localdate())]


def _firsts(today: date) -> list[date]:
    """The first days of this month and those that follow."""
    month = today.year * 12 + today.month - 1
    return [date((month + n) // 12, (month + n) % 12 + 1, 1) for n in range(MONTHS)]
