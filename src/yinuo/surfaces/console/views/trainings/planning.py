"""Planning a training, for a customer's people or for our own, and changing what is planned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.contracts.selectors import list_contracts
from yinuo.domains.customers.selectors import get_customer, list_contacts
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_people
from yinuo.domains.network.types import Actor
from yinuo.domains.trainings.selectors import get_training, list_participants
from yinuo.domains.trainings.services import (
    change_training,
    plan_customer_training,
    plan_internal_training,
)
from yinuo.domains.trainings.types import ParticipantRow, TrainingKind, TrainingRow
from yinuo.platform.errors import Forbidden
from yinuo.platform.paging import MOST_PER_PAGE
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.customer_file import asset_choices, project_choices
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.training_forms import (
    CustomerTrainingForm,
    InternalTrainingForm,
    PlanForm,
)
from yinuo.surfaces.console.views.archive.customers import back_to, own_unit, units_for
from yinuo.surfaces.console.views.trainings.pages import may_plan

NAMED = ("project", "contract", "asset")
DAY_BEGINS, DAY_ENDS = 9, 11


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Plan a training for our own and partners' people."""
    actor = actor_of(request)
    require(actor, Permission.TRAINING_WRITE)
    people = _people(actor)
    form = InternalTrainingForm(
        posted(request),
        units=units_for(actor, Permission.TRAINING_WRITE),
        trainers=people,
        people=people,
        initial={"unit_id": own_unit(actor), **_first_guess(actor)},
    )

    def save() -> UUID:
        return plan_internal_training(
            actor=actor,
            unit_id=form.cleaned_data["unit_id"],
            teaches=form.teaches(),
            data=form.training(),
            invited=form.invited(),
            now=timezone.now(),
        ).public_id

    back = Link(reverse("console:trainings"), _("Trainings"))
    lead = _("Skill and certificate are granted to those who pass, once it was held.")
    return _form(request, _("New training of our people"), form, save, back, lead)


@require_http_methods(["GET", "POST"])
@page
def new_for_customer(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Plan a training for a customer's people; the address may name what it is about."""
    actor = actor_of(request)
    customer = get_customer(actor, customer_id)
    require(actor, Permission.TRAINING_WRITE)
    contracts = list_contracts(actor, customer_id=customer_id, limit=MOST_PER_PAGE).items
    initial = {f"{name}_id": request.GET.get(name, "") for name in NAMED}
    form = CustomerTrainingForm(
        posted(request),
        units=units_for(actor, Permission.TRAINING_WRITE),
        trainers=_people(actor),
        contacts=_contacts(actor, customer_id),
        projects=project_choices(actor, customer_id),
        contracts=[(str(one.public_id), one.number) for one in contracts],
        assets=asset_choices(actor, customer_id),
        initial={
            **initial,
            "occasion": "handover",
            "unit_id": str(customer.unit_public_id),
            **_first_guess(actor),
        },
    )

    def save() -> UUID:
        return plan_customer_training(
            actor=actor,
            customer_id=customer_id,
            unit_id=form.cleaned_data["unit_id"],
            about=form.about(),
            data=form.training(),
            invited=form.invited(),
            now=timezone.now(),
        ).public_id

    lead = _("Free of charge for the customer; a promise of trainings in the contract counts it.")
    title = _("New training for %(name)s") % {"name": customer.short_name or customer.name}
    return _form(request, title, form, save, back_to(customer, "trainings"), lead)


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """Change what is planned, and who takes part."""
    actor = actor_of(request)
    row = get_training(actor, training_id)
    if not may_plan(actor, row):
        raise Forbidden
    participants = list_participants(actor, training_id)
    names = ("subject", "topics", "place", "starts_at", "ends_at", "most_points", "version")
    initial = {name: getattr(row, name) for name in names} | _present(participants)
    initial["trainer_id"] = str(row.trainer_public_id)
    form = PlanForm(
        posted(request), trainers=_people(actor), **_choices(actor, row), initial=initial
    )

    def save() -> UUID:
        return change_training(
            actor=actor,
            training_id=training_id,
            version=form.cleaned_data["version"],
            data=form.training(),
            invited=form.invited(),
            now=timezone.now(),
        ).public_id

    back = Link(address_of_training(training_id), row.subject)
    lead = _("Its people are told of another time or place.")
    return _form(request, row.subject, form, save, back, lead)


def address_of_training(training_id: object) -> str:
    """The page of a training."""
    return reverse("console:trainings_one", args=[training_id])


def _form(
    request: HttpRequest,
    title: str,
    form: PlanForm,
    save: Callable[[], UUID],
    back: Link,
    lead: str,
) -> HttpResponse:
    return form_page(
        request,
        FormPage(
            title=title,
            form=form,
            route=f"console{request.path.replace('/', '.')}",
            save=save,
            done=address_of_training,
            back=back,
            lead=lead,
        ),
    )


def _choices(actor: Actor, row: TrainingRow) -> dict[str, Any]:
    if row.kind == TrainingKind.INTERNAL or row.customer_public_id is None:
        return {"people": _people(actor)}
    return {"contacts": _contacts(actor, row.customer_public_id)}


def _present(participants: list[ParticipantRow]) -> dict[str, list[str]]:
    """Who takes part so far, as the form has it."""
    return {
        "people": [str(one.person_public_id) for one in participants if one.person_public_id],
        "contacts": [str(one.contact_public_id) for one in participants if one.contact_public_id],
        "names": [
            one.name
            for one in participants
            if not one.person_public_id and not one.contact_public_id
        ],
    }


def _people(actor: Actor) -> list[tuple[str, str]]:
    return [
        (str(one.public_id), f"{one.name} · {one.unit_name}")
        for one in list_people(actor)
        if one.active
    ]


def _contacts(actor: Actor, customer_id: UUID) -> list[tuple[str, str]]:
    found = list_contacts(actor, customer_id=customer_id, limit=MOST_PER_PAGE).items
    return [(str(one.public_id), one.name) for one in found]


def _first_guess(actor: Actor) -> dict[str, Any]:
    """Tomorrow morning, held by whoever plans it: most trainings are given by who knows them."""
    day: datetime = timezone.localtime() + timedelta(days=1)
    morning = day.replace(minute=0, second=0, microsecond=0)
    return {
        "trainer_id": str(actor.person_public_id or ""),
        "starts_at": morning.replace(hour=DAY_BEGINS),
        "ends_at": morning.replace(hour=DAY_ENDS),
    }
