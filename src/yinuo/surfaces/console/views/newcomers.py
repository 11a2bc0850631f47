"""A caller nobody knows: kept as a new customer without leaving the intake."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yinuo.domains.customers.phones import is_phone
from yinuo.domains.customers.services import create_contact, create_customer
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.callers import Chosen
from yinuo.surfaces.console.errors import is_fragment
from yinuo.surfaces.console.forms import NewcomerForm, one_time_key
from yinuo.surfaces.console.once import created_once
from yinuo.surfaces.console.views.intake import render_panel

UNPROCESSABLE = 422
# The services speak of `name` and `phones`; the form of company, person and number.
FIELDS = {"name": "company", "phones": "phone"}


@require_http_methods(["GET", "POST"])
@page
def newcomer(request: HttpRequest) -> HttpResponse:
    """The small form, and keeping what was typed; the new customer's panel follows."""
    if not is_fragment(request):
        return redirect("console:intake")
    actor, now = actor_of(request), timezone.now()
    require(actor, Permission.CUSTOMER_WRITE)
    units = _units(actor)
    if request.method == "GET":
        return _form(request, NewcomerForm(units=units, initial=_first_guess(request, actor)))
    form = NewcomerForm(request.POST, units=units)
    if not form.is_valid():
        return _form(request, form, UNPROCESSABLE)
    key = form.cleaned_data["newcomer_key"]
    posted = request.POST.copy()
    for name in set(posted) - set(form.fields):
        del posted[name]
    try:
        customer_id = created_once(
            "console.newcomer", key, posted, lambda: _create(form, actor, now), actor=actor, now=now
        )
    except InvalidInput as error:
        take_problems(form, InvalidInput({FIELDS.get(k, k): v for k, v in error.fields.items()}))
        return _form(request, form, UNPROCESSABLE)
    response = render_panel(request, Chosen(customer_id), actor=actor, now=now)
    response["HX-Replace-Url"] = f"{reverse('console:intake')}?customer={customer_id}"
    return response


def _create(form: NewcomerForm, actor: Actor, now: datetime) -> UUID:
    typed = form.cleaned_data
    company, person, phone = typed["company"], typed["person"], typed["phone"]
    with writing(actor=actor, now=now):
        customer = create_customer(
            actor=actor, unit_id=typed["unit"], name=company or person, now=now
        )
        if person or phone:
            create_contact(
                actor=actor,
                customer_id=customer.public_id,
                name=person or company,
                phones=[phone] if phone else [],
                now=now,
            )
    return customer.public_id


def _units(actor: Actor) -> list[tuple[str, str]]:
    return [
        (str(unit.public_id), unit.name)
        for unit in list_units(actor)
        if unit.active and actor.may(Permission.CUSTOMER_WRITE, unit.id)
    ]


def _first_guess(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """What was typed into the search is his number or his company; his unit is ours."""
    typed = request.GET.get("q", "").strip()
    own = next((str(u.public_id) for u in list_units(actor) if u.id == actor.unit_id), "")
    guess = {"newcomer_key": one_time_key(), "unit": own}
    return guess | ({"phone": typed} if is_phone(typed) else {"company": typed})


def _form(request: HttpRequest, form: NewcomerForm, status: int = 200) -> HttpResponse:
    return render(request, "console/intake/newcomer.html", {"newcomer": form}, status=status)
