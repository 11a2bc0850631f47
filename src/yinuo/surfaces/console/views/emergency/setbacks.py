"""What goes wrong with a crew: raised, helped with by phone, settled (BP-09)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.emergency.page import get_plan_page
from yinuo.domains.emergency.services import help_by_phone, raise_setback, settle_setback
from yinuo.domains.emergency.types import PlanPage, SetbackView
from yinuo.platform.errors import NotFound
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import posted
from yinuo.surfaces.console.emergency_forms import ActForm, SetbackForm, SettleForm
from yinuo.surfaces.console.emergency_words import SETBACKS
from yinuo.surfaces.console.views.emergency.plans import people_choices, step_page
from yinuo.surfaces.console.words import word


@require_http_methods(["GET", "POST"])
@page
def setback(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Say what went wrong; those whom the plan names are told."""
    actor = actor_of(request)
    found = get_plan_page(actor, plan_id, now=timezone.now())
    form = SetbackForm(posted(request), crew=_crew(found))

    def save() -> UUID:
        made = raise_setback(
            actor=actor,
            plan_id=plan_id,
            data=form.data_given(),
            doing=form.doing(),
            now=timezone.now(),
        )
        return made.public_id

    return step_page(request, found, form, "setback", save, title=_("Report a setback"))


@require_http_methods(["GET", "POST"])
@page
def support(request: HttpRequest, plan_id: UUID, setback_id: UUID) -> HttpResponse:
    """Record the supervisor's help by phone."""
    actor = actor_of(request)
    found = get_plan_page(actor, plan_id, now=timezone.now())
    one = _one(found, setback_id)
    form = ActForm(posted(request), initial={"version": one.version})

    def save() -> UUID:
        help_by_phone(
            actor=actor,
            plan_id=plan_id,
            setback_id=setback_id,
            version=form.cleaned_data["version"],
            doing=form.doing(),
            now=timezone.now(),
        )
        return setback_id

    title = _("Help by phone")
    return step_page(request, found, form, f"help.{setback_id}", save, title=title)


@require_http_methods(["GET", "POST"])
@page
def settle(request: HttpRequest, plan_id: UUID, setback_id: UUID) -> HttpResponse:
    """Say what came of it."""
    actor = actor_of(request)
    found = get_plan_page(actor, plan_id, now=timezone.now())
    one = _one(found, setback_id)
    people = people_choices(actor, plan_id)
    initial = {"version": one.version}
    form = SettleForm(posted(request), kind=one.kind, people=people, initial=initial)

    def save() -> UUID:
        settle_setback(
            actor=actor,
            plan_id=plan_id,
            setback_id=setback_id,
            version=form.cleaned_data["version"],
            settlement=form.settlement(),
            doing=form.doing(),
            now=timezone.now(),
        )
        return setback_id

    title = str(word(SETBACKS, one.kind))
    return step_page(request, found, form, f"settle.{setback_id}", save, title=title)


def _crew(found: PlanPage) -> list[tuple[str, str]]:
    if found.content is None:
        return []
    people = (found.content.lead, *found.content.crew)
    return [(str(one.public_id), one.name) for one in people]


def _one(found: PlanPage, setback_id: UUID) -> SetbackView:
    one = next((each for each in found.setbacks if each.public_id == setback_id), None)
    if one is None:
        raise NotFound
    return one
