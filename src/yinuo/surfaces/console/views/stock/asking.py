"""Requests for parts: the list, one with its acts, asking on the page of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.fieldwork.selectors import work_orders_of_request
from yinuo.domains.fieldwork.types import WorkOrderRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.nearest import NearDepot, depots_near
from yinuo.domains.parts.needed import parts_needed, with_parts
from yinuo.domains.parts.request_selectors import OLD_OWED, get_ask, list_asks
from yinuo.domains.parts.request_types import AskRow, AskState
from yinuo.domains.parts.selectors import depot_choices, list_pieces, part_choices
from yinuo.domains.parts.services import (
    approve_parts,
    ask_for_parts,
    end_ask,
    give_back,
    receive_asked,
    ship_asked,
    use_asked,
)
from yinuo.domains.requests.selectors import get_request_page
from yinuo.platform.errors import Forbidden, InvalidInput
from yinuo.surfaces.console import stock_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.ask_forms import (
    LINES,
    ApproveForm,
    AskForm,
    BackForm,
    EndForm,
    LinesForm,
    ShipForm,
    UseForm,
)
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.views.lists import listing

MOST_PIECES, NOTE_LENGTH = 200, 200


@require_GET
@page
def asks(request: HttpRequest) -> HttpResponse:
    """Requests for parts: what is to approve, to ship, to come back."""
    require(actor_of(request), Permission.PART_READ)
    state = request.GET.get("state", "")
    context = {
        "list": listing(request, list_asks, state=state),
        "tab": "parts_asks",
        "state": state,
        "states": [
            ("", pgettext("part request", "open")),
            *stock_words.ASK_STATES.items(),
            (OLD_OWED, _("Old parts not back")),
            ("all", _("all")),
        ],
    }
    return render(request, "console/lists/asks.html", context)


@require_GET
@page
def one(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """One request for parts and what may be done with it now."""
    actor = actor_of(request)
    ask = get_ask(actor, ask_id)
    return render(request, "console/stock/ask.html", {"ask": ask, "acts": list(_acts(actor, ask))})


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Ask for parts for a case."""
    actor, now = actor_of(request), timezone.now()
    found = get_request_page(actor, request_id)
    require(actor, Permission.PART_ASK)
    sheets = work_orders_of_request(actor, request_id, now=now)
    form = AskForm(
        posted(request),
        parts=[(str(row.public_id), f"{row.number} · {row.name}") for row in part_choices(actor)],
        depots=[(str(near.public_id), _way(near)) for near in depots_near(actor, request_id)],
        sheets=[(str(row.public_id), row.number) for row in sheets],
        initial=_initial(request, actor, request_id, sheets),
    )

    def save() -> UUID:
        typed = form.cleaned_data
        return ask_for_parts(
            actor=actor,
            request_id=request_id,
            depot_id=typed["depot_id"],
            lines=form.wanted(),
            sheet_id=typed["sheet_id"] or None,
            note=typed["note"],
            now=timezone.now(),
        ).public_id

    back = reverse("console:requests_one", args=[request_id])
    return form_page(
        request,
        FormPage(
            title=_("Ask for parts"),
            form=form,
            route=f"console.parts.ask.{request_id}",
            save=save,
            done=address_of_ask,
            back=Link(back, found.request.number),
            button=_("Ask for parts"),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def approve(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Approve and keep the parts; never one's own."""
    actor = actor_of(request)
    ask = get_ask(actor, ask_id)
    require(actor, Permission.PART_APPROVE, ask.depot_unit_id)
    if ask.asker_id == actor.person_public_id:
        raise Forbidden(_("Somebody else approves what you asked for yourself."))
    form = ApproveForm(
        posted(request),
        depots=_depots(actor, Permission.PART_APPROVE),
        initial={"version": ask.version, "depot_id": str(ask.depot_id)},
    )

    def save() -> UUID:
        values = form.values()
        return approve_parts(actor=actor, ask_id=ask_id, **values, now=timezone.now()).public_id

    return _form(request, ask, form, pgettext("part request", "Approve"), "approve", save)


@require_http_methods(["GET", "POST"])
@page
def end(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Decline it or call it off; what was kept is free again."""
    actor = actor_of(request)
    ask = get_ask(actor, ask_id)
    form = EndForm(posted(request), initial={"version": ask.version})

    def save() -> UUID:
        return end_ask(actor=actor, ask_id=ask_id, **form.values(), now=timezone.now()).public_id

    return _form(request, ask, form, _("Decline or call off"), "end", save)


@require_http_methods(["GET", "POST"])
@page
def ship(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Let the parts leave the depot."""
    actor = actor_of(request)
    ask = get_ask(actor, ask_id)
    require(actor, Permission.PART_MOVE, ask.depot_unit_id)
    found = list_pieces(actor, depot_id=ask.depot_id, limit=MOST_PIECES).items
    pieces: dict[object, Any] = {}
    for piece in found:
        if piece.condition == "good":
            pieces.setdefault(piece.part_id, []).append((piece.serial, piece.serial))
    form = ShipForm(posted(request), ask=ask, pieces=pieces, initial={"version": ask.version})

    def save() -> UUID:
        ship_asked(
            actor=actor,
            ask_id=ask_id,
            version=form.cleaned_data["version"],
            lines=form.done(),
            carriage=form.carriage(),
            now=timezone.now(),
        )
        return ask_id

    return _form(request, ask, form, pgettext("part request", "Ship"), "ship", save)


@require_http_methods(["GET", "POST"])
@page
def receive(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Record what arrived."""
    actor = actor_of(request)
    ask = get_ask(actor, ask_id)
    form = LinesForm(posted(request), ask=ask, initial={"version": ask.version})
    return _numbers(request, ask, form, _("What arrived"), receive_asked)


@require_http_methods(["GET", "POST"])
@page
def use(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Record what was put in."""
    actor = actor_of(request)
    ask = get_ask(actor, ask_id)
    form = UseForm(posted(request), ask=ask, initial={"version": ask.version})
    return _numbers(request, ask, form, _("What was used"), use_asked)


@require_http_methods(["GET", "POST"])
@page
def back(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Take old and unused parts back."""
    actor = actor_of(request)
    ask = get_ask(actor, ask_id)
    require(actor, Permission.PART_MOVE, ask.depot_unit_id)
    form = BackForm(posted(request), ask=ask, initial={"version": ask.version})

    def save() -> UUID:
        version = form.cleaned_data["version"]
        try:
            return give_back(
                actor=actor, ask_id=ask_id, version=version, lines=form.back(), now=timezone.now()
            ).public_id
        except InvalidInput as error:
            raise InvalidInput({"lines": " ".join(map(str, error.fields.values()))}) from error

    return _form(request, ask, form, _("Parts come back"), "back", save)


def _initial(
    request: HttpRequest, actor: Actor, request_id: UUID, sheets: Sequence[WorkOrderRow]
) -> dict[str, Any]:
    """The sheet the address names; or what an engineer noted there that he needs."""
    named = request.GET.get("need", "")
    needs = parts_needed(actor, request_id) if named else ()
    need = next((one for one in needs if str(one.fact_id) == named), None)
    if need is None:
        return {"sheet_id": request.GET.get("sheet", "")}
    sheet = next((one.public_id for one in sheets if one.number == need.sheet_number), "")
    parts = with_parts(actor, need).part_ids[:LINES]
    lines = {f"part_{place}": str(part) for place, part in enumerate(parts, 1)}
    numbers = {f"quantity_{place}": 1 for place in range(1, len(parts) + 1)}
    return {"sheet_id": str(sheet), "note": need.text[:NOTE_LENGTH], **lines, **numbers}


def address_of_ask(ask_id: object) -> str:
    """The page of a request for parts."""
    return reverse("console:parts_ask", args=[ask_id])


def _acts(actor: Actor, ask: AskRow) -> Iterator[tuple[str, str]]:
    """What this person may do with it in its state: address and word, the usual one first."""
    is_own = ask.asker_id == actor.person_public_id
    approves = actor.may(Permission.PART_APPROVE, ask.depot_unit_id)
    moves = actor.may(Permission.PART_MOVE, ask.depot_unit_id)
    is_on_site = is_own or actor.may(Permission.PART_ASK, ask.request_unit_id)
    running = ask.state in {AskState.APPROVED, AskState.SHIPPED}
    ways = (
        ("approve", pgettext("part request", "Approve"), approves and not is_own, AskState.ASKED),
        ("ship", pgettext("part request", "Ship"), moves, AskState.APPROVED),
    )
    for name, label, may, state in ways:
        if may and ask.state == state:
            yield reverse(f"console:parts_{name}", args=[ask.public_id]), label
    offered = (
        ("ask_receive", _("What arrived"), is_on_site and any(x.to_receive for x in ask.lines)),
        ("use", _("What was used"), is_on_site and any(x.at_hand for x in ask.lines)),
        ("back", _("Parts come back"), moves and any(x.old_owed or x.at_hand for x in ask.lines)),
    )
    for name, label, may in offered:
        if running and may:
            yield reverse(f"console:parts_{name}", args=[ask.public_id]), label
    untouched = not any(one.shipped for one in ask.lines)
    is_early = ask.state in {AskState.ASKED, AskState.APPROVED} and untouched
    if is_early and (is_own or approves):
        yield reverse("console:parts_end", args=[ask.public_id]), _("Decline or call off")


def _depots(actor: Actor, permission: Permission) -> list[tuple[str, str]]:
    return [
        (str(one.public_id), f"{one.unit_name} · {one.name}")
        for one in depot_choices(actor, permission)
    ]


def _way(one: NearDepot) -> str:
    """A depot to choose, with how far it is."""
    name = f"{one.unit_name} · {one.name}"
    return name if one.distance_km is None else f"{name} · {one.distance_km} km"


def _numbers(
    request: HttpRequest,
    ask: AskRow,
    form: LinesForm,
    title: str,
    act: Callable[..., Any],
) -> HttpResponse:
    actor = actor_of(request)

    def save() -> UUID:
        version = form.cleaned_data["version"]
        act(
            actor=actor,
            ask_id=ask.public_id,
            version=version,
            lines=form.done(),
            now=timezone.now(),
        )
        return ask.public_id

    return _form(request, ask, form, title, act.__name__, save)


def _form(
    request: HttpRequest,
    ask: AskRow,
    form: KeptForm,
    title: str,
    name: str,
    save: Callable[[], UUID],
) -> HttpResponse:
    return form_page(
        request,
        FormPage(
            title=title,
            form=form,
            route=f"console.parts.{name}.{ask.public_id}",
            save=save,
            done=address_of_ask,
            back=Link(address_of_ask(ask.public_id), ask.number),
            button=title,
        ),
    )
