"""Complaints: the list, the page of one, its intake, and each act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.feedback.complaint_types import ComplaintView
from yinuo.domains.feedback.complaints import find_precedents, get_complaint, list_complaints
from yinuo.domains.feedback.services import handle_complaint, open_complaint
from yinuo.domains.network.holders import holders_around
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import obligations_of_subject
from yinuo.domains.requests.selectors import get_request_page
from yinuo.kernel.complaint_states import MOVES, Principle
from yinuo.platform.errors import Forbidden, NotFound
from yinuo.surfaces.console import complaint_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.complaint_forms import ComplaintForm, DoingForm
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.promises import running_bars
from yinuo.surfaces.console.views.lists import Listing

OPEN = "open"


@require_GET
@page
def complaints(request: HttpRequest) -> HttpResponse:
    """Complaints, those to do unless another state is asked for."""
    actor = actor_of(request)
    require(actor, Permission.COMPLAINT_READ)
    state, cursor = request.GET.get("state", OPEN), request.GET.get("cursor", "")
    state = state if state in complaint_words.STATES or state in ("", OPEN) else OPEN
    found = list_complaints(actor, state=state, cursor=cursor)
    context = {
        "list": Listing(found.items, "", cursor, found.next_cursor),
        "state": state,
        "states": complaint_words.STATES.items(),
        "now": timezone.now(),
    }
    return render(request, "console/lists/complaints.html", context)


@require_GET
@page
def complaint(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """A complaint with its promises, its eight steps, its log, and like cases of before."""
    actor, now = actor_of(request), timezone.now()
    view = get_complaint(actor, complaint_id)
    promises = obligations_of_subject(complaint_id)
    context = {
        "view": view,
        "row": view.row,
        "bars": running_bars(promises, now),
        "precedents": find_precedents(actor, complaint_id),
        "acts": [kind for kind in _OTHERS if kind in view.acts],
        "now": now,
    }
    return render(request, "console/complaints/page.html", context)


@require_http_methods(["GET", "POST"])
@page
def new_of_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take down a complaint about a request."""
    actor = actor_of(request)
    found = get_request_page(actor, request_id)
    require(actor, Permission.COMPLAINT_WRITE)
    back = Link(reverse("console:requests_one", args=[request_id]), found.request.number)
    initial = {"caller_name": found.caller_name, "caller_phone": found.caller_phone}
    return _new(request, actor, back, initial, request_id=request_id)


@require_http_methods(["GET", "POST"])
@page
def new_of_customer(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Take down a complaint of a customer that is about no request."""
    actor = actor_of(request)
    customer = get_customer(actor, customer_id)
    require(actor, Permission.COMPLAINT_WRITE)
    back = Link(reverse("console:customers_one", args=[customer_id]), customer.name)
    return _new(request, actor, back, {}, customer_id=customer_id)


@require_http_methods(["GET", "POST"])
@page
def act(request: HttpRequest, complaint_id: UUID, kind: str) -> HttpResponse:
    """Do one thing with a complaint."""
    actor = actor_of(request)
    view = get_complaint(actor, complaint_id)
    if kind not in MOVES:
        raise NotFound
    if not view.acts:
        raise Forbidden
    form = DoingForm(
        posted(request),
        kind=kind,
        waiting=view.waiting,
        precedents=_precedents(actor, complaint_id) if kind == Principle.FAIR else [],
        initial={"version": view.row.version},
    )

    def save() -> UUID:
        return handle_complaint(
            actor=actor,
            complaint_id=complaint_id,
            version=form.cleaned_data["version"],
            doing=form.doing(),
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=complaint_words.ACTS[kind],
            form=form,
            route=f"console.complaints.{complaint_id}.{kind}",
            save=save,
            done=_address,
            back=Link(_address(complaint_id), view.row.number),
            lead=_lead(kind, view),
        ),
    )


_OTHERS = (
    "answered",
    "redressed",
    "asked",
    "replied",
    "passed_up",
    "settled",
    "closed",
    "improved",
)


def _new(
    request: HttpRequest, actor: Actor, back: Link, initial: dict[str, Any], **place: object
) -> HttpResponse:
    unit_id = actor.unit_id
    people = holders_around(Permission.WORK_ORDER_PERFORM, unit_id) if unit_id else []
    form = ComplaintForm(
        posted(request),
        people=[
            (str(person.public_id), f"{person.name} · {person.unit_name}") for person in people
        ],
        initial={"channel": "phone", **initial},
    )

    def save() -> UUID:
        return open_complaint(
            actor=actor, data=form.complaint(**place), now=timezone.now()
        ).public_id

    where = "-".join(str(one) for one in place.values())
    return form_page(
        request,
        FormPage(
            title=_("New complaint"),
            form=form,
            route=f"console.complaints.new.{where}",
            save=save,
            done=_address,
            back=back,
            saved=_("The complaint is taken in."),
        ),
    )


def _lead(kind: str, view: ComplaintView) -> str:
    if kind == "closed":
        return _("The text says what is improved. Responsibility and sanction are written beside.")
    if kind == "passed_up":
        return _("Whoever decides complaints goes on with it. Tell the customer first.")
    return view.row.said[:300]


def _precedents(actor: Actor, complaint_id: UUID) -> list[tuple[str, str]]:
    found = find_precedents(actor, complaint_id)
    return [
        (str(one.public_id), f"{one.number} · {one.percent} % · {one.said[:60]}") for one in found
    ]


def _address(complaint_id: object) -> str:
    return reverse("console:complaints_one", args=[complaint_id])
