"""What records suggest as preventive work: taken up as a visit, or declined with the reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.services import decline_suggestion, take_suggestion
from yinuo.domains.prevention.suggestions import Suggestion, suggestions
from yinuo.platform.errors import NotFound
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.templatetags.visits import suggested_because
from yinuo.surfaces.console.views.visits.series import address_of_series
from yinuo.surfaces.console.visit_forms import ReasonForm, TakingForm

AHEAD = timedelta(days=14)
LONGEST_KEY = 120
methods = require_http_methods(["GET", "POST"])


@require_GET
@page
def suggested(request: HttpRequest) -> HttpResponse:
    """Everything suggested, repeats leading, each with its reason."""
    actor = actor_of(request)
    require(actor, Permission.PREVENTION_WRITE)
    context = {"rows": suggestions(actor, timezone.now())}
    return render(request, "console/visits/suggested.html", context)


@methods
@page
def take(request: HttpRequest) -> HttpResponse:
    """Take a suggestion up as a visit."""
    actor, one = _chosen(request)
    title = f"{_('Preventive visit')}: {suggested_because(one)}"[:200]
    initial: dict[str, Any] = {"title": title, "due_on": timezone.localdate() + AHEAD}
    form = TakingForm(posted(request), initial=initial)

    def save() -> UUID:
        values, now = form.values(), timezone.now()
        return take_suggestion(actor=actor, key=one.key, now=now, **values).public_id

    return _page(request, one, form, save, "take", _("Take it up"), address_of_series)


@methods
@page
def decline(request: HttpRequest) -> HttpResponse:
    """Decline a suggestion with the reason."""
    actor, one = _chosen(request)
    form = ReasonForm(posted(request))

    def save() -> UUID:
        values, now = form.values(), timezone.now()
        return decline_suggestion(actor=actor, key=one.key, now=now, **values).public_id

    def done(_made: object) -> str:
        return reverse("console:visits_suggested")

    return _page(request, one, form, save, "decline", _("Decline the suggestion"), done)


def _chosen(request: HttpRequest) -> tuple[Actor, Suggestion]:
    actor, key = actor_of(request), request.GET.get("key", "")[:LONGEST_KEY]
    require(actor, Permission.PREVENTION_WRITE)
    found = next((one for one in suggestions(actor, timezone.now()) if one.key == key), None)
    if found is None:
        raise NotFound
    return actor, found


def _page(
    request: HttpRequest, one: Suggestion, form: Any, save: Any, name: str, title: str, done: Any
) -> HttpResponse:
    named = f"{one.customer_name} · {one.asset_name}" if one.asset_name else one.customer_name
    return form_page(
        request,
        FormPage(
            title=title,
            form=form,
            route=f"console.visits.suggested.{name}.{one.key}",
            save=save,
            done=done,
            back=Link(reverse("console:visits_suggested"), _("Suggested visits")),
            lead=f"{named}: {suggested_because(one)}",
        ),
    )
