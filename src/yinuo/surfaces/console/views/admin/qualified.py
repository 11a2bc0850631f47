"""What units serve and people bring: a unit's page, its reach, a person's capacity, absences."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.qualified import (
    certificates_of_person,
    certificates_of_unit,
    get_capacity,
    get_reach,
    list_absences,
    list_qualifications,
)
from yinuo.domains.network.selectors import get_person, get_unit, page_people
from yinuo.domains.network.services import (
    add_absence,
    cancel_absence,
    set_capacity,
    set_qualification,
    set_reach,
)
from yinuo.domains.network.types import Actor, PersonRow
from yinuo.platform.errors import Forbidden, NotFound
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.qualified_forms import (
    AbsenceForm,
    CapacityForm,
    DemandForm,
    ReachForm,
    capacity_initial,
    reach_initial,
    shown_skills,
)
from yinuo.surfaces.console.shift_words import worded_shift


@require_GET
@page
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """A unit: whom it serves, its certificates, its people."""
    actor = actor_of(request)
    row = get_unit(actor, unit_id)
    people = page_people(actor, unit_id=unit_id, cursor=request.GET.get("cursor", ""))
    may_read = actor.may(Permission.PERSON_READ, row.id)
    context = {
        "unit": row,
        "reach": get_reach(actor, unit_id),
        "certificates": certificates_of_unit(actor, unit_id) if may_read else [],
        "people": people,
        "today": timezone.localdate(),
        "may_write": actor.may(Permission.UNIT_WRITE, row.id),
        "may_certify": actor.may(Permission.QUALIFICATION_WRITE, row.id),
    }
    return render(request, "console/admin/unit.html", context)


@require_http_methods(["GET", "POST"])
@page
def reach(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Say whom a unit serves."""
    actor = actor_of(request)
    row = get_unit(actor, unit_id)
    if not actor.may(Permission.UNIT_WRITE, row.id):
        raise Forbidden
    initial = {**reach_initial(get_reach(actor, unit_id)), "version": row.version}
    form = ReachForm(posted(request), initial=initial)

    def save() -> UUID:
        version = form.cleaned_data["version"]
        return set_reach(
            actor=actor, unit_id=unit_id, version=version, reach=form.reach(), now=timezone.now()
        ).public_id

    address = reverse("console:settings_units_one", args=[unit_id])
    return form_page(
        request,
        FormPage(
            title=_("Whom it serves"),
            form=form,
            route=f"console.units.reach.{unit_id}",
            save=save,
            done=lambda _made: address,
            back=Link(address, row.name),
        ),
    )


def capacity_of(actor: Actor, row: PersonRow) -> dict[str, Any]:
    """What the page of a person shows of what he may do until when."""
    capacity = get_capacity(actor, row.public_id)
    return {
        "capacity": capacity,
        "hours": worded_shift(capacity.shift),
        "certificates": certificates_of_person(actor, row.public_id),
        "absences": list_absences(actor, row.public_id, since=timezone.now()),
        "today": timezone.localdate(),
        "may_certify": row.active and may_qualify(actor, row),
    }


def may_qualify(actor: Actor, row: PersonRow) -> bool:
    """True when this person may say what the other can do."""
    return actor.may(Permission.QUALIFICATION_WRITE, row.unit_id)


@require_http_methods(["GET", "POST"])
@page
def capacity(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say what a person can do, with what, when and from where."""
    actor = actor_of(request)
    row = _writable(actor, person_id)
    initial = {**capacity_initial(get_capacity(actor, person_id)), "version": row.version}
    form = CapacityForm(posted(request), initial=initial)

    def save() -> UUID:
        return set_capacity(
            actor=actor,
            person_id=person_id,
            version=form.cleaned_data["version"],
            capacity=form.capacity(),
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("Skills, tools, hours"),
            form=form,
            route=f"console.people.capacity.{person_id}",
            save=save,
            done=_person_page,
            back=Link(_person_page(person_id), row.name),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def absence(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Record that somebody is away."""
    actor = actor_of(request)
    row = _writable(actor, person_id)
    form = AbsenceForm(posted(request), initial={"kind": "leave"})

    def save() -> UUID:
        add_absence(actor=actor, person_id=person_id, **form.values(), now=timezone.now())
        return person_id

    return form_page(
        request,
        FormPage(
            title=_("New absence"),
            form=form,
            route=f"console.people.absence.{person_id}",
            save=save,
            done=_person_page,
            back=Link(_person_page(person_id), row.name),
            lead=_("Nobody is sent anywhere while he is away."),
        ),
    )


@require_POST
@page
def absence_cancel(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """Take an absence back."""
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    row = cancel_absence(
        actor=actor_of(request), absence_id=absence_id, version=version, now=timezone.now()
    )
    messages.success(request, _("The absence is taken back."))
    return redirect(_person_page(row.person.public_id))


@require_GET
@page
def demands(request: HttpRequest) -> HttpResponse:
    """What work on each product line demands."""
    actor = actor_of(request)
    if not actor.may(Permission.PERSON_READ):
        raise Forbidden
    rows = [(one, shown_skills(one.data.skills)) for one in list_qualifications()]
    may = actor.may(Permission.QUALIFICATION_WRITE)
    return render(request, "console/admin/demands.html", {"rows": rows, "may_write": may})


@require_http_methods(["GET", "POST"])
@page
def demand(request: HttpRequest) -> HttpResponse:
    """Say what work on a product line demands; the address may name the line."""
    actor = actor_of(request)
    if not actor.may(Permission.QUALIFICATION_WRITE):
        raise Forbidden
    named = request.GET.get("line")
    row = next((one for one in list_qualifications() if one.data.product_line == named), None)
    if named is not None and row is None:
        raise NotFound
    initial: dict[str, Any] = {"visit_minutes": 120}
    if row is not None:
        names = ("product_line", "person_certified", "unit_certified", "visit_minutes")
        initial = {name: getattr(row.data, name) for name in names}
        initial |= {"skills": shown_skills(row.data.skills), "tools": list(row.data.tools)}
        initial["version"] = row.version
    form = DemandForm(posted(request), initial=initial)

    def save() -> UUID:
        version = form.cleaned_data.get("version")
        return set_qualification(
            actor=actor, data=form.demand(), version=version, now=timezone.now()
        ).public_id

    address = reverse("console:settings_demands")
    return form_page(
        request,
        FormPage(
            title=(row.data.product_line or _("All other work")) if row else _("New demand"),
            form=form,
            route=f"console.demands.{row.public_id if row else 'new'}",
            save=save,
            done=lambda _made: address,
            back=Link(address, _("What work demands")),
        ),
    )


def _writable(actor: Actor, person_id: UUID) -> PersonRow:
    row = get_person(actor, person_id)
    if not may_qualify(actor, row):
        raise Forbidden
    return row


def _person_page(person_id: object) -> str:
    return reverse("console:settings_people_one", args=[person_id])
