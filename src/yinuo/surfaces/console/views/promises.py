"""Today's promises: everything running out, the next one first, and why each is due when it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from yinuo.domains.contracts.agreed import DueAgreement, OfWhom, due_agreements
from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations import today
from yinuo.domains.obligations.exposure import explain_money
from yinuo.domains.obligations.exposure_types import MoneyLine
from yinuo.domains.obligations.selectors import (
    get_explanation,
    list_changes,
    list_escalations,
)
from yinuo.kernel.plan.words import PROMISES
from yinuo.platform.errors import NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.errors import is_fragment
from yinuo.surfaces.console.heads import heads_of
from yinuo.surfaces.console.promises import running_bars
from yinuo.surfaces.console.views.lists import Listing, LivePart

MONEY = "money"
_LATER = {
    None: gettext_lazy("Accrued"),
    1: gettext_lazy("If an hour late"),
    24: gettext_lazy("If a day late"),
    168: gettext_lazy("If a week late"),
}


@require_GET
@page
def promises(request: HttpRequest) -> HttpResponse:
    """Running promises that this person may see, narrowed as asked; misses of a day on top."""
    actor = actor_of(request)
    require(actor, Permission.OBLIGATION_READ)
    cursor, now = request.GET.get("cursor", ""), timezone.now()
    # Read before the rows: whatever happens meanwhile makes the page ask again.
    counter = today.running_counter(actor)
    narrowing, chosen = _narrowing(request, actor)
    sees_money = actor.may(Permission.EXPOSURE_READ)
    by_money = sees_money and request.GET.get("sort") == MONEY
    found = today.list_running(
        actor, now=now, narrowing=narrowing, cursor=cursor, by_money=by_money
    )
    heads = heads_of(actor, found.items)
    bars = tuple((bar, heads.get(bar.promise.subject_id)) for bar in running_bars(found.items, now))
    is_narrowed = narrowing != today.EVERYTHING or by_money
    sort = MONEY if by_money else ""
    context = {
        "list": Listing(bars, "", cursor, found.next_cursor, is_narrowed=is_narrowed, sort=sort),
        "sees_money": sees_money,
        "counts": _counts(actor, narrowing, now),
        "agreements": () if cursor else _agreements(actor, narrowing, now),
        "live": LivePart("promise-list", reverse("console:promises_version"), counter),
        "narrowing": narrowing,
        "chosen": chosen,
        "kinds": [(code, words.in_language(t.zh, t.en)) for code, t in PROMISES.items()],
        "states": [(code, words.OBLIGATION_STATES[code]) for code in today.STATES],
        "whose": [(today.MINE, _("In my charge")), (today.MY_UNIT, _("Of my unit"))],
    }
    return render(request, "console/lists/promises.html", context)


@require_GET
@page
def promises_version(request: HttpRequest) -> HttpResponse:
    """The counter that today's list asks for: changes with whatever happens in one's units."""
    actor = actor_of(request)
    require(actor, Permission.OBLIGATION_READ)
    return HttpResponse(today.running_counter(actor), content_type="text/plain")


@require_GET
@page
def promises_why(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """The explanation of one due time, what changed it and whom its ladder told.

    A fragment for htmx, otherwise a page.
    """
    actor = actor_of(request)
    explanation = get_explanation(actor, promise_id, timezone.now())
    template = (
        "console/request/why.html" if is_fragment(request) else "console/request/why_page.html"
    )
    context = {
        "money": _money_lines(actor, promise_id),
        "lines": explanation.zh if words.is_chinese() else explanation.en,
        "changes": list_changes(actor, promise_id),
        "escalations": [
            (one, [words.plan_role(role) for role in one.roles])
            for one in list_escalations(actor, promise_id)
        ],
    }
    return render(request, template, context)


def _money_lines(actor: Actor, promise_id: UUID) -> list[tuple[str, MoneyLine]]:
    """When and how each amount comes about; nothing for who may not see money."""
    if not actor.may(Permission.EXPOSURE_READ):
        return []
    try:
        found = explain_money(actor, promise_id, timezone.now())
    except NotFound:
        return []
    return [(str(_LATER[one.hours]), one) for one in found]


def _narrowing(request: HttpRequest, actor: Actor) -> tuple[today.Narrowing, dict[str, Any]]:
    """What the address asks for, and the customer and contract it names.

    Codes nobody knows narrow nothing; a customer or contract outside the scope is absent.
    """
    asked = {name: request.GET.get(name, "") for name in ("whose", "promise", "state")}
    narrowing = today.Narrowing(
        whose=asked["whose"] if asked["whose"] in (today.MINE, today.MY_UNIT) else "",
        promise=asked["promise"] if asked["promise"] in PROMISES else "",
        state=asked["state"] if asked["state"] in today.STATES else "",
    )
    chosen: dict[str, Any] = {}
    if parse_public_id(request.GET.get("customer", "")):
        chosen["customer"] = get_customer(actor, request.GET["customer"])
        narrowing = replace(narrowing, customer_id=chosen["customer"].id)
    if parse_public_id(request.GET.get("contract", "")):
        chosen["contract"] = get_contract(actor, request.GET["contract"])
        narrowing = replace(narrowing, contract_id=chosen["contract"].id)
    return narrowing, chosen


def _agreements(
    actor: Actor, narrowing: today.Narrowing, now: datetime
) -> tuple[DueAgreement, ...]:
    """Agreements have no kind of promise and are never paused: such a choice leaves them out."""
    if narrowing.promise or narrowing.state or not actor.may(Permission.CONTRACT_READ):
        return ()
    mine = actor.person_id if narrowing.whose == today.MINE else None
    of = OfWhom(narrowing.customer_id, narrowing.contract_id, mine)
    return due_agreements(actor, timezone.localdate(now), of)


def _counts(actor: Actor, narrowing: today.Narrowing, now: datetime) -> list[tuple[str, str, str]]:
    """Tone, label and number of each count above the list."""
    counts = today.count_running(actor, now=now, narrowing=narrowing)
    return [
        ("over", _("overdue"), _at_most(counts.over)),
        ("soon", _("within the hour"), _at_most(counts.soon)),
        ("calm", _("later within a day"), _at_most(counts.today)),
    ]


def _at_most(count: int) -> str:
    return str(count) if count <= today.MOST_COUNTED else f"{today.MOST_COUNTED}+"
