"""The expert clinic: one's own invitations, inviting, joining, advising, concluding."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.requests.clinic import (
    case_of_seat,
    count_invitations,
    find_experts,
    get_invitation,
    list_invitations,
)
from yinuo.domains.requests.services import (
    Invitation,
    conclude_clinic,
    decline_invitation,
    give_advice,
    invite_expert,
    join_clinic,
    withdraw_invitation,
)
from yinuo.platform.errors import Conflict, IdempotencyMismatch, IllegalMove, InvalidInput, Text
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.once import created_once
from yinuo.surfaces.console.views.lists import Listing

SOURCE, OPEN, WORD = "console", "open", 60
UNPROCESSABLE = 422


@require_GET
@page
def invitations(request: HttpRequest) -> HttpResponse:
    """Cases into which one was invited; those that are over only when all are asked for."""
    actor = actor_of(request)
    require(actor, Permission.REQUEST_READ)
    show, cursor = request.GET.get("show", OPEN), request.GET.get("cursor", "")
    found = list_invitations(actor, open_only=show == OPEN, cursor=cursor)
    context = {
        "list": Listing(found.items, "", cursor, found.next_cursor),
        "show": show,
        "waiting": count_invitations(actor),
    }
    return render(request, "console/lists/clinic.html", context)


@require_http_methods(["GET", "POST"])
@page
def invite(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Find an expert by skill or name, and invite him."""
    actor, now = actor_of(request), timezone.now()
    given = request.POST if request.method == "POST" else request.GET
    skill, text = given.get("skill", "")[:WORD], given.get("q", "")[:WORD]
    person, question = request.POST.get("person_id", ""), request.POST.get("question", "")
    problem = ""
    if request.method == "POST":
        try:
            invite_expert(
                actor=actor,
                request_id=request_id,
                invitation=Invitation(person, question, skill),
                source=SOURCE,
                now=now,
            )
        except InvalidInput as error:
            problem = " ".join(map(str, error.fields.values()))
        except IllegalMove as error:
            problem = str(error.message)
        else:
            messages.success(request, _("Invited. He sees the case now."))
            return redirect("console:requests_one", request_id)
    context = {
        "request_id": request_id,
        "experts": find_experts(actor, request_id, now=now, skill=skill, text=text),
        "skill": skill,
        "text": text,
        "question": question,
        "chosen": person,
        "problem": problem,
    }
    status = UNPROCESSABLE if problem else 200
    return render(request, "console/clinic/invite.html", context, status=status)


@require_POST
@page
def join(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Take part in the case."""

    def act() -> object:
        return join_clinic(
            actor=actor_of(request),
            seat_id=seat_id,
            version=_version(request),
            source=SOURCE,
            now=timezone.now(),
        )

    return _own(request, seat_id, act, _("You take part. What you advise stays internal."))


@require_POST
@page
def decline(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Decline the invitation with the reason."""

    def act() -> object:
        return decline_invitation(
            actor=actor_of(request),
            seat_id=seat_id,
            reason=request.POST.get("reason", ""),
            version=_version(request),
            source=SOURCE,
            now=timezone.now(),
        )

    return _own(request, seat_id, act, _("Declined. Whoever asked is told."))


@require_POST
@page
def advise(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Give advice: an internal note with name and time."""
    actor, now = actor_of(request), timezone.now()
    get_invitation(actor, seat_id)

    def create() -> UUID:
        advice = request.POST.get("advice", "")
        return give_advice(
            actor=actor, seat_id=seat_id, advice=advice, source=SOURCE, now=now
        ).public_id

    def act() -> object:
        route, key = f"console.clinic.advise.{seat_id}", request.POST.get("key", "")
        return created_once(route, key, request.POST, create, actor=actor, now=now)

    return _own(request, seat_id, act, _("Your advice is recorded."))


@require_POST
@page
def withdraw(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    request_id = case_of_seat(actor_of(request), seat_id)

    def act() -> object:
        return withdraw_invitation(
            actor=actor_of(request),
            seat_id=seat_id,
            version=_version(request),
            source=SOURCE,
            now=timezone.now(),
        )

    _told(request, act, _("Taken back. He does not see the case any more."))
    return redirect("console:requests_one", request_id)


@require_POST
@page
def conclude(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Record what the experts found; the clinic ends."""

    def act() -> object:
        return conclude_clinic(
            actor=actor_of(request),
            request_id=request_id,
            conclusion=request.POST.get("conclusion", ""),
            source=SOURCE,
            now=timezone.now(),
        )

    _told(request, act, _("The conclusion is recorded; the clinic has ended."))
    return redirect("console:requests_one", request_id)


def _own(
    request: HttpRequest, seat_id: UUID, act: Callable[[], object], said: Text
) -> HttpResponse:
    """Back to the case while one sees it, else to one's own list."""
    _told(request, act, said)
    mine = get_invitation(actor_of(request), seat_id)
    if mine.request_public_id is not None:
        return redirect("console:requests_one", mine.request_public_id)
    return redirect("console:clinic")


def _told(request: HttpRequest, act: Callable[[], object], said: Text) -> None:
    try:
        act()
    except InvalidInput as error:
        messages.error(request, " ".join(map(str, error.fields.values())))
    except (IllegalMove, Conflict, IdempotencyMismatch) as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, str(said))


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
