"""On call: who has it now, the turns of each rota, gaps, covers."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.network.holders import holders_around
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.oncall.feeds import issue_feed
from yinuo.domains.oncall.selectors import (
    get_rota,
    get_turn,
    list_gaps,
    list_turns,
    who_is_on_duty,
)
from yinuo.domains.oncall.services import cancel_turn, cover_turn, create_rota, make_turns
from yinuo.platform.errors import Conflict, IllegalMove
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.duty_forms import CoverForm, RotaForm, RotationForm, shown_clock
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.shift_words import worded_shift
from yinuo.surfaces.console.views.archive.customers import own_unit, units_for

PAST = timedelta(days=35)


@require_GET
@page
def duty(request: HttpRequest) -> HttpResponse:
    """Each rota at this moment: who has it, whether duty counts now, when it begins again."""
    return _now(request)


@never_cache
@require_POST
@page
def calendar(request: HttpRequest) -> HttpResponse:
    """A fresh address of one's own duty for a calendar; the answer shows it, this once."""
    actor = actor_of(request)
    require(actor, Permission.DUTY_READ)
    secret = issue_feed(actor=actor, now=timezone.now())
    return _now(request, request.build_absolute_uri(reverse("public:duty_calendar", args=[secret])))


def _now(request: HttpRequest, feed: str = "") -> HttpResponse:
    actor = actor_of(request)
    require(actor, Permission.DUTY_READ)
    context = {
        "rotas": who_is_on_duty(actor, now=timezone.now()),
        "may_write": actor.may(Permission.DUTY_WRITE),
        "feed": feed,
    }
    return render(request, "console/duty/now.html", context)


@require_http_methods(["GET", "POST"])
@page
def rota_new(request: HttpRequest) -> HttpResponse:
    """Set up a rota."""
    actor = actor_of(request)
    require(actor, Permission.DUTY_WRITE)
    initial = {
        "unit_id": own_unit(actor),
        "begins": "08:00",
        "ends": "22:30",
        "office": "1-5 08:30-12:00 13:30-18:00",
    }
    units = units_for(actor, Permission.DUTY_WRITE)
    form = RotaForm(posted(request), units=units, initial=initial)

    def save() -> UUID:
        unit_id = form.cleaned_data["unit_id"]
        return create_rota(
            actor=actor, unit_id=unit_id, data=form.rota(), now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("New rota"),
            form=form,
            route="console.duty.new",
            save=save,
            done=_address,
            back=Link(reverse("console:duty"), _("On call")),
        ),
    )


@require_GET
@page
def rota(request: HttpRequest, rota_id: UUID) -> HttpResponse:
    """The turns of a rota, the last month's too, and the gaps to come."""
    actor, now = actor_of(request), timezone.now()
    row = get_rota(actor, rota_id)
    context = {
        "rota": row,
        "hours": f"{shown_clock(row.data.begins)}–{shown_clock(row.data.ends)}",
        "office": worded_shift(row.data.office),
        "turns": list_turns(actor, rota_id, since=now - PAST),
        "gaps": list_gaps(actor, rota_id, now=now),
        "now": now,
        "may_write": actor.may(Permission.DUTY_WRITE, row.unit_id),
    }
    return render(request, "console/duty/rota.html", context)


@require_http_methods(["GET", "POST"])
@page
def rotate(request: HttpRequest, rota_id: UUID) -> HttpResponse:
    """Make turns in rotation."""
    actor = actor_of(request)
    row = get_rota(actor, rota_id)
    require(actor, Permission.DUTY_WRITE, row.unit_id)
    first = timezone.localdate().replace(day=1) + timedelta(days=32)
    initial = {"rhythm": "month", "first": first.replace(day=1), "turns": 6}
    form = RotationForm(posted(request), people=_people(row.unit_id), initial=initial)

    def save() -> UUID:
        return make_turns(
            actor=actor, rota_id=rota_id, rotation=form.rotation(), now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("Make turns"),
            form=form,
            route=f"console.duty.rotate.{rota_id}",
            save=save,
            done=_address,
            back=Link(_address(rota_id), row.data.name),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def cover(request: HttpRequest, turn_id: UUID) -> HttpResponse:
    """Let somebody else take a part of a turn."""
    actor = actor_of(request)
    turn = get_turn(actor, turn_id)
    row = get_rota(actor, turn.rota_public_id)
    require(actor, Permission.DUTY_WRITE, row.unit_id)
    initial = {"starts_at": turn.starts_at, "ends_at": turn.ends_at, "version": turn.version}
    form = CoverForm(posted(request), people=_people(row.unit_id), initial=initial)

    def save() -> UUID:
        return cover_turn(
            actor=actor, turn_id=turn_id, **form.values(), now=timezone.now()
        ).public_id

    address = _address(row.public_id)
    return form_page(
        request,
        FormPage(
            title=_("Cover or swap"),
            form=form,
            route=f"console.duty.cover.{turn_id}",
            save=save,
            done=lambda _made: address,
            back=Link(address, row.data.name),
            lead=_("Instead of %(name)s. What is left of the turn stays with him.")
            % {"name": turn.person_name},
        ),
    )


@require_POST
@page
def cancel(request: HttpRequest, turn_id: UUID) -> HttpResponse:
    """Take a turn back."""
    actor = actor_of(request)
    turn = get_turn(actor, turn_id)
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    try:
        cancel_turn(actor=actor, turn_id=turn_id, version=version, now=timezone.now())
    except (IllegalMove, Conflict) as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The turn is taken back."))
    return redirect(_address(turn.rota_public_id))


def _people(unit_id: int) -> list[tuple[str, str]]:
    people = holders_around(Permission.WORK_ORDER_PERFORM, unit_id)
    return [(str(one.public_id), f"{one.name} · {one.unit_name}") for one in people]


def _address(rota_id: object) -> str:
    return reverse("console:duty_rota", args=[rota_id])
