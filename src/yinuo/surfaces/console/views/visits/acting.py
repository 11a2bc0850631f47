"""What is done with one due visit: agreed, moved, told again, let off, ordered, held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention import services
from yinuo.domains.prevention.selectors import get_due_visit
from yinuo.domains.prevention.types import DueRow
from yinuo.platform.errors import Text
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.visit_forms import (
    AgreementForm,
    AttemptForm,
    OrderForm,
    PlanForm,
    ReasonForm,
    ReminderForm,
    ResultForm,
)

SOURCE = "console"
MORNING = time(9)
methods = require_http_methods(["GET", "POST"])


@dataclass(frozen=True, slots=True)
class _Act:
    """One act: its name in the address, its title, its form, and what the service takes of it."""

    name: str
    title: Text
    form: KeptForm
    service: Callable[..., Any]
    given: Callable[[], dict[str, Any]]
    lead: Text = ""
    button: Text = ""


@methods
@page
def agree(request: HttpRequest, due_visit_id: UUID) -> HttpResponse:
    """Record what was agreed with the customer."""
    actor, row = _begun(request, due_visit_id)
    initial: dict[str, Any] = {
        "version": row.version,
        "agreed_with": row.agreed_with,
        "agreed_for": row.agreed_for,
    }
    if chosen := _chosen(request):
        initial["agreed_for"] = chosen
    form = AgreementForm(posted(request), initial={**initial, "words": row.agreed})
    service = partial(services.agree_visit, source=SOURCE)
    act = _Act("agree", _("Agreed with the customer"), form, service, _agreed(form))
    return _page(request, actor, row, act)


@methods
@page
def move(request: HttpRequest, due_visit_id: UUID) -> HttpResponse:
    """Agree on another time, with the reason."""
    actor, row = _begun(request, due_visit_id)
    initial = {"version": row.version, "agreed_with": row.agreed_with, "agreed_for": row.agreed_for}
    form = AgreementForm(posted(request), initial=initial, moved=True)

    def given() -> dict[str, Any]:
        return _agreed(form)() | {"reason": form.cleaned_data["reason"]}

    lead = _("The day it is due stays as it is.")
    act = _Act("move", _("Move the visit"), form, services.move_visit, given, lead=lead)
    return _page(request, actor, row, act)


@methods
@page
def attempt(request: HttpRequest, due_visit_id: UUID) -> HttpResponse:
    """Record a call that agreed nothing yet."""
    actor, row = _begun(request, due_visit_id)
    form = AttemptForm(posted(request), initial={"version": row.version})
    title = _("Spoke, nothing agreed yet")
    return _page(
        request, actor, row, _Act("attempt", title, form, services.note_attempt, _own(form))
    )


@methods
@page
def remind(request: HttpRequest, due_visit_id: UUID) -> HttpResponse:
    """Tell the customer again."""
    actor, row = _begun(request, due_visit_id)
    initial = {"version": row.version, "channel": "phone", "told": row.agreed_with}
    form = ReminderForm(posted(request), initial=initial)
    service = partial(services.remind_customer, source=SOURCE)
    lead = _("Time and content once more, a day or two before we come.")
    act = _Act("remind", _("Tell the customer again"), form, service, _own(form), lead=lead)
    return _page(request, actor, row, act)


@methods
@page
def skip(request: HttpRequest, due_visit_id: UUID) -> HttpResponse:
    """Let the visit off, with the reason."""
    actor, row = _begun(request, due_visit_id)
    form = ReasonForm(posted(request), initial={"version": row.version})
    lead = ""
    if row.is_of_promise:
        lead = _("The contract still promises it: let off here, the promise will be missed.")
    act = _Act("skip", _("Let the visit off"), form, services.skip_visit, _own(form), lead=lead)
    return _page(request, actor, row, act)


@methods
@page
def plan(request: HttpRequest, due_visit_id: UUID) -> HttpResponse:
    """Set the day somebody has in mind."""
    actor, row = _begun(request, due_visit_id)
    form = PlanForm(posted(request), initial={"version": row.version, "planned_on": row.planned_on})
    lead = _("The days to speak to the customer count from it.")
    act = _Act("plan", _("Plan a day"), form, services.plan_visit, _own(form), lead=lead)
    return _page(request, actor, row, act)


@methods
@page
def order(request: HttpRequest, due_visit_id: UUID) -> HttpResponse:
    """Issue the sheet."""
    actor, row = _begun(request, due_visit_id)
    form = OrderForm(posted(request), initial={"version": row.version})
    service = partial(services.order_visit, source=SOURCE)
    lead = _("A planned visit is opened with its sheet and checklist; dispatch sends somebody.")
    button = _("Issue the sheet")
    act = _Act("order", button, form, service, _own(form), lead=lead, button=button)
    return _page(request, actor, row, act)


@methods
@page
def hold(request: HttpRequest, due_visit_id: UUID) -> HttpResponse:
    """Record a visit that was held without a sheet."""
    actor, row = _begun(request, due_visit_id)
    require(actor, Permission.CUSTOMER_WRITE, row.unit_id)
    initial = {
        "version": row.version,
        "held_on": timezone.localdate(),
        "visitors": row.person_name or actor.label,
    }
    form = ResultForm(posted(request), initial=initial, kind=row.kind)

    def given() -> dict[str, Any]:
        return {"version": form.cleaned_data["version"], "result": form.result()}

    service = partial(services.hold_visit, source=SOURCE)
    lead = _("It becomes a call on the customer, and the contract's promise counts it.")
    act = _Act("hold", _("The visit was held"), form, service, given, lead=lead)
    return _page(request, actor, row, act)


def address_of_visit(due_visit_id: object) -> str:
    """The page of a visit."""
    return reverse("console:visits_one", args=[due_visit_id])


def _chosen(request: HttpRequest) -> datetime | None:
    """Nine o'clock of the day that was proposed and chosen, None without one."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, MORNING))


def _begun(request: HttpRequest, due_visit_id: UUID) -> tuple[Actor, DueRow]:
    actor = actor_of(request)
    row = get_due_visit(actor, due_visit_id, timezone.now())
    require(actor, Permission.PREVENTION_WRITE, row.unit_id)
    return actor, row


def _page(request: HttpRequest, actor: Actor, row: DueRow, act: _Act) -> HttpResponse:
    visit_id = row.public_id

    def save() -> UUID:
        now = timezone.now()
        made = act.service(actor=actor, visit_id=visit_id, now=now, **act.given())
        found: UUID = made.public_id
        return found

    named = words.in_language(row.title_zh, row.title_en)
    return form_page(
        request,
        FormPage(
            title=act.title,
            form=act.form,
            route=f"console.visits.{act.name}.{visit_id}",
            save=save,
            done=address_of_visit,
            back=Link(address_of_visit(visit_id), f"{row.customer_name} · {named}"),
            lead=act.lead,
            button=act.button,
        ),
    )


def _agreed(form: AgreementForm) -> Callable[[], dict[str, Any]]:
    def given() -> dict[str, Any]:
        return {"version": form.cleaned_data["version"], "agreement": form.agreement()}

    return given


def _own(form: KeptForm) -> Callable[[], dict[str, Any]]:
    return form.values
