"""Series of visits: the list, setting one up, its page, changes, its end, its meter."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.checklists.selectors import list_templates
from yinuo.domains.customers.selectors import get_customer, list_contacts
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import page_people
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.selectors import (
    get_series,
    list_due_visits,
    list_series,
    readings_of,
)
from yinuo.domains.prevention.services import create_series, end_series, keep_series, read_meter
from yinuo.domains.prevention.types import DueView, Leads, Recurrence, SeriesKind, SeriesRow
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.paging import MOST_PER_PAGE
from yinuo.surfaces.console import visit_words, words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.customer_file import asset_choices, site_choices
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.views.lists import Listing, searched
from yinuo.surfaces.console.visit_forms import (
    LEADS,
    KeepingForm,
    ReadingForm,
    ReasonForm,
    SeriesForm,
    kept_of,
)

methods = require_http_methods(["GET", "POST"])


@require_GET
@page
def every_series(request: HttpRequest) -> HttpResponse:
    """Series of visits, newest first."""
    actor = actor_of(request)
    require(actor, Permission.PREVENTION_READ)
    kind, cursor = request.GET.get("kind", ""), request.GET.get("cursor", "")
    ended, text = request.GET.get("ended") == "1", searched(request)
    given = request.GET.get("customer", "")
    narrowed: dict[str, Any] = {"customer_id": given} if parse_public_id(given) else {}
    found = list_series(actor, kind=kind, ended=ended, text=text, cursor=cursor, **narrowed)
    is_narrowed = bool(kind or text or ended or narrowed)
    context = {
        "list": Listing(found.items, text, cursor, found.next_cursor, is_narrowed=is_narrowed),
        "kind": kind if kind in set(SeriesKind) else "",
        "kinds": visit_words.KINDS.items(),
        "ended": ended,
    }
    return render(request, "console/visits/every_series.html", context)


@methods
@page
def new(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Set up a series for a customer."""
    actor = actor_of(request)
    customer = get_customer(actor, customer_id)
    require(actor, Permission.PREVENTION_WRITE, customer.unit_id)
    leads = Leads()
    initial = {
        "kind": SeriesKind.INSPECTION.value,
        "rhythm": Recurrence.PERIOD.value,
        "every": "quarter",
        "starts_on": timezone.localdate(),
        "make_up_days": 0,
        **{name: getattr(leads, name) for name in LEADS},
    }
    form = SeriesForm(
        posted(request),
        sites=site_choices(actor, customer_id),
        assets=asset_choices(actor, customer_id),
        initial=initial,
        **_choices(actor, customer_id),
    )

    def save() -> UUID:
        data, now = form.series(), timezone.now()
        return create_series(actor=actor, customer_id=customer_id, data=data, now=now).public_id

    return form_page(
        request,
        FormPage(
            title=_("New series of visits"),
            form=form,
            route=f"console.visits.series.{customer_id}",
            save=save,
            done=address_of_series,
            back=Link(reverse("console:customers_one", args=[customer_id]), customer.name),
            lead=_("What a contract promises comes by itself; set up here what comes on top."),
        ),
    )


@require_GET
@page
def one(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """One series: its rhythm, what is due, what was held."""
    actor, now = actor_of(request), timezone.now()
    row = get_series(actor, series_id)
    visits = list_due_visits(
        actor, now=now, view=DueView.ALL.value, series_id=series_id, limit=MOST_PER_PAGE
    ).items
    is_by_use = row.beat.rhythm == Recurrence.USAGE
    context = {
        "series": row,
        "open": [one for one in visits if one.is_open],
        "over": sorted(
            (one for one in visits if not one.is_open), key=lambda one: one.due_on, reverse=True
        ),
        "readings": readings_of(actor, series_id) if is_by_use else (),
        "is_by_use": is_by_use,
        "checklist": _checklist(actor, row),
        "may_write": row.ended_at is None and actor.may(Permission.PREVENTION_WRITE, row.unit_id),
    }
    return render(request, "console/visits/series.html", context)


@methods
@page
def edit(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """Change what is done, by whom, how long ahead."""
    actor, row = _begun(request, series_id)
    choices = _choices(actor, row.customer_public_id)
    form = KeepingForm(posted(request), initial=kept_of(row), **choices)

    def save() -> UUID:
        version, now = form.cleaned_data["version"], timezone.now()
        return keep_series(
            actor=actor, series_id=series_id, version=version, keeping=form.keeping(), now=now
        ).public_id

    return _page(request, row, "edit", _("Change the series"), form, save)


@methods
@page
def end(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """End the series."""
    actor, row = _begun(request, series_id)
    form = ReasonForm(posted(request), initial={"version": row.version})

    def save() -> UUID:
        now = timezone.now()
        return end_series(actor=actor, series_id=series_id, now=now, **form.values()).public_id

    lead = _("Visits nobody has agreed on yet are let off.")
    if row.is_of_promise:
        lead = _("The contract still promises its visits: let off here, they will be missed.")
    return _page(request, row, "end", _("End the series"), form, save, lead)


@methods
@page
def reading(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """Record what the meter showed."""
    actor, row = _begun(request, series_id)
    form = ReadingForm(posted(request), initial={"read_on": timezone.localdate()})

    def save() -> UUID:
        now = timezone.now()
        read_meter(actor=actor, series_id=series_id, now=now, **form.values())
        return series_id

    return _page(request, row, "reading", _("Read the meter"), form, save)


def address_of_series(series_id: object) -> str:
    """The page of a series."""
    return reverse("console:visits_series_one", args=[series_id])


def _begun(request: HttpRequest, series_id: UUID) -> tuple[Actor, SeriesRow]:
    actor = actor_of(request)
    row = get_series(actor, series_id)
    require(actor, Permission.PREVENTION_WRITE, row.unit_id)
    return actor, row


def _page(
    request: HttpRequest,
    row: SeriesRow,
    name: str,
    title: str,
    form: KeptForm,
    save: Any,
    lead: str = "",
) -> HttpResponse:
    named = words.in_language(row.title_zh, row.title_en)
    return form_page(
        request,
        FormPage(
            title=title,
            form=form,
            route=f"console.visits.series.{name}.{row.public_id}",
            save=save,
            done=address_of_series,
            back=Link(address_of_series(row.public_id), f"{row.customer_name} · {named}"),
            lead=lead,
        ),
    )


def _choices(actor: Actor, customer_id: UUID) -> dict[str, Any]:
    contacts = list_contacts(actor, customer_id=customer_id, limit=MOST_PER_PAGE).items
    people = page_people(actor, limit=MOST_PER_PAGE).items if _sees_people(actor) else ()
    templates = list_templates(actor) if actor.may(Permission.CHECKLIST_READ) else []
    return {
        "contacts": [(str(one.public_id), one.name) for one in contacts if one.active],
        "people": [(str(one.public_id), one.name) for one in people],
        "checklists": [
            (one.code, words.in_language(one.title.zh, one.title.en)) for one in templates
        ],
    }


def _sees_people(actor: Actor) -> bool:
    return actor.may(Permission.PERSON_READ)


def _checklist(actor: Actor, row: SeriesRow) -> str:
    if not row.checklist or not actor.may(Permission.CHECKLIST_READ):
        return row.checklist
    found = [one for one in list_templates(actor) if one.code == row.checklist]
    return words.in_language(found[0].title.zh, found[0].title.en) if found else row.checklist
