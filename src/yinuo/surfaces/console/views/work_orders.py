"""Work orders: the list, one sheet, issuing, changing, assigning it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.checklists.selectors import checklists_of_sheet
from yinuo.domains.devices.selectors import count_unapplied
from yinuo.domains.fieldwork.selectors import (
    fresh_head,
    get_work_order_page,
    list_work_orders,
    people_for,
)
from yinuo.domains.fieldwork.services import (
    assign_work_order,
    edit_work_order,
    issue_work_order,
)
from yinuo.domains.fieldwork.types import WorkOrderPage, WorkOrderView
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject, obligations_of_subject
from yinuo.platform.errors import NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.surfaces.console import work_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.letters_beside import letters_beside
from yinuo.surfaces.console.promises import promise_bars
from yinuo.surfaces.console.views.lists import listing, searched
from yinuo.surfaces.console.work_columns import WORK_ORDERS
from yinuo.surfaces.console.work_forms import AssignForm, HeadForm, StepForm

SOURCE = "console"
FORM_TEMPLATE = "console/sheets/form.html"
# What usually comes next in each state; it leads the page.
USUAL = {
    "drafted": "assigned",
    "assigned": "accepted",
    "accepted": "appointed",
    "appointed": "departed",
    "departed": "arrived",
    "arrived": "worked",
    "worked": "signed",
    "signed": "returned",
    "returned": "filed",
}


@require_GET
@page
def work(request: HttpRequest) -> HttpResponseBase:
    """Work orders: one's own in the order of the day, the unassigned, the overdue …"""
    actor = actor_of(request)
    require(actor, Permission.WORK_ORDER_READ)
    view = request.GET.get("view") or _usual_view(actor)
    narrowed: dict[str, str] = {"view": view}
    for name in ("unit", "customer"):
        given = request.GET.get(name, "")
        if parse_public_id(given):
            narrowed[f"{name}_id"] = given
    now = timezone.now()

    def read(one: Actor, **chosen: Any) -> Any:
        return list_work_orders(one, now=now, **chosen)

    if is_wanted(request):
        return workbook(
            request, _("Work orders"), WORK_ORDERS, read, text=searched(request), **narrowed
        )
    found = listing(request, read, **narrowed)
    is_narrowed = found.is_narrowed or len(narrowed) > 1
    context = {
        "list": replace(found, is_narrowed=is_narrowed, can_export=True),
        "views": work_words.VIEWS.items(),
        "view": view,
        "units": [(str(one.public_id), one.name) for one in list_units(actor)],
        "unit": narrowed.get("unit_id", ""),
        "unapplied": count_unapplied(actor),
    }
    return render(request, "console/lists/work_orders.html", context)


@require_GET
@page
def work_one(request: HttpRequest, work_order_id: UUID) -> HttpResponse:
    """One sheet: what is to be done, what comes next, what was done and signed."""
    now = timezone.now()
    actor = actor_of(request)
    found = get_work_order_page(actor, work_order_id, now=now)
    beside = letters_beside(actor, found.row.request_public_id, work_order_id)
    # Looking for somebody comes before naming him.
    sends = found.may("assigned") and actor.may(Permission.WORK_ORDER_ASSIGN, found.unit_id)
    checks = checklists_of_sheet(actor, work_order_id)
    named = any(one.person_id == actor.person_id for one in found.companions)
    context = {
        **_context(found, now),
        **beside,
        "may_send": sends,
        "may_accompany": sends and found.row.may_be_sent,
        "may_log": named and found.times.arrived_at is not None and not found.times.filed_at,
        "checks": checks,
    }
    return render(request, "console/sheets/page.html", context)


@require_http_methods(["GET", "POST"])
@page
def work_new(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Issue a sheet for a request, filled in from it; with `after`, a further one of that work."""
    actor = actor_of(request)
    head = fresh_head(actor, request_id)
    after = _earlier(request, actor, request_id)
    if after is not None:
        head = replace(after.head, remind_on=None, service_at=None)
    form = HeadForm(posted(request), initial=asdict(head))
    after_id = after.row.public_id if after else None

    def save() -> UUID:
        made = issue_work_order(
            actor=actor,
            request_id=request_id,
            head=form.head(),
            after_id=after_id,
            source=SOURCE,
            now=timezone.now(),
        )
        return made.public_id

    return form_page(
        request,
        FormPage(
            title=_("Further sheet of the same work") if after else _("Issue a contact sheet"),
            form=form,
            route=f"console.work.new.{request_id}.{after_id}",
            save=save,
            done=lambda made: reverse("console:work_one", args=[made]),
            back=Link(reverse("console:requests_one", args=[request_id]), _("Request")),
            button=_("Issue"),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def work_edit(request: HttpRequest, work_order_id: UUID) -> HttpResponse:
    """Change the head of a sheet that is not signed yet."""
    actor = actor_of(request)
    found = get_work_order_page(actor, work_order_id, now=timezone.now())
    require(actor, Permission.WORK_ORDER_ISSUE, found.unit_id)
    initial = {**asdict(found.head), "version": found.row.version}
    form = HeadForm(posted(request), initial=initial)

    def save() -> UUID:
        version, now = form.cleaned_data["version"], timezone.now()
        edit_work_order(
            actor=actor, work_order_id=work_order_id, version=version, head=form.head(), now=now
        )
        return work_order_id

    return form_page(request, sheet_form(found, form, "edit", save, title=_("Change the sheet")))


@require_http_methods(["GET", "POST"])
@page
def work_assign(request: HttpRequest, work_order_id: UUID) -> HttpResponse:
    """Give the sheet to a person, or take it oneself."""
    actor = actor_of(request)
    found = get_work_order_page(actor, work_order_id, now=timezone.now())
    form = assign_form(found, actor, posted(request))

    def save() -> UUID:
        assign_work_order(
            actor=actor,
            work_order_id=work_order_id,
            assignee_id=form.cleaned_data["assignee_id"],
            version=form.cleaned_data["version"],
            source=SOURCE,
            now=timezone.now(),
        )
        return work_order_id

    return form_page(request, sheet_form(found, form, "assigned", save))


def sheet_form(
    found: WorkOrderPage,
    form: Any,
    kind: str,
    save: Any,
    *,
    title: str = "",
    button: str = "",
    template: str = FORM_TEMPLATE,
    extra: Mapping[str, Any] | None = None,
) -> FormPage:
    """The page of a form that changes this sheet and leads back to it."""
    address = reverse("console:work_one", args=[found.row.public_id])
    return FormPage(
        title=title or work_words.STEPS[kind],
        form=form,
        route=f"console.work.{kind}.{found.row.public_id}",
        save=save,
        done=lambda _made: address,
        back=Link(address, found.row.number),
        lead=work_words.LEADS.get(kind, ""),
        button=button or work_words.STEPS.get(kind, _("Save")),
        template=template,
        extra={"sheet": found, **(extra or {})},
    )


def assign_form(found: WorkOrderPage, actor: Actor, data: Any = None) -> AssignForm:
    """Whom this person may give the sheet to: everybody, or only himself."""
    people = people_for(found)
    if not actor.may(Permission.WORK_ORDER_ASSIGN, found.unit_id):
        people = [one for one in people if one.id == actor.person_id]
    choices = [(str(one.public_id), f"{one.name} · {one.unit_name}") for one in people]
    present = str(found.row.assignee_public_id or "")
    if not present and len(choices) == 1:
        present = choices[0][0]
    initial = {"version": found.row.version, "assignee_id": present}
    return AssignForm(data, people=choices, initial=initial)


def _context(found: WorkOrderPage, now: datetime) -> dict[str, Any]:
    usual = USUAL.get(found.row.state, "")
    usual = usual if found.may(usual) else ""
    version = {"version": found.row.version}
    if found.row.state == "drafted" and not found.may("assigned"):
        usual = ""
    quick = usual in {"accepted", "appointed", "departed", "arrived", "returned", "filed"}
    obligations = obligations_of_subject(found.row.public_id)
    facts = facts_of_subject(found.row.public_id)
    return {
        "sheet": found,
        "usual": usual,
        "others": [one for one in found.next_steps if one != usual],
        "step_form": StepForm(kind=usual, initial=version) if quick else None,
        "lead": work_words.LEADS.get(usual, ""),
        "bars": promise_bars(obligations, facts, now),
    }


def _usual_view(actor: Actor) -> str:
    """Who goes himself sees his own work first, the others all that is open."""
    goes = actor.may(Permission.WORK_ORDER_PERFORM)
    sends = actor.may(Permission.WORK_ORDER_ISSUE) or actor.may(Permission.WORK_ORDER_ASSIGN)
    return (WorkOrderView.MINE if goes and not sends else WorkOrderView.OPEN).value


def _earlier(request: HttpRequest, actor: Actor, request_id: UUID) -> WorkOrderPage | None:
    given = request.GET.get("after", "")
    if not given:
        return None
    found = get_work_order_page(actor, given, now=timezone.now())
    if found.row.request_public_id != request_id:
        raise NotFound
    return found
