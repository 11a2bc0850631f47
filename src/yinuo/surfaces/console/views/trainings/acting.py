"""What is done with a training: held, closed, cancelled, granted, its material kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yinuo.domains.trainings.selectors import get_training, list_participants
from yinuo.domains.trainings.services import (
    cancel_training,
    close_training,
    grant_training,
    hold_training,
    keep_material,
)
from yinuo.domains.trainings.types import TrainingKind, TrainingRow
from yinuo.platform.errors import Forbidden, IllegalMove
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.after_forms import AttachForm
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.training_forms import CancelForm, HoldForm, TakingOverForm
from yinuo.surfaces.console.views.trainings.pages import may_plan
from yinuo.surfaces.console.views.trainings.planning import address_of_training

SOURCE = "console"


@require_http_methods(["GET", "POST"])
@page
def hold(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """Record what really happened and everybody's result."""
    actor = actor_of(request)
    row = get_training(actor, training_id)
    if not may_plan(actor, row) and row.trainer_id != actor.person_id:
        raise Forbidden
    form = HoldForm(
        posted(request),
        participants=list_participants(actor, training_id),
        most_points=row.most_points,
        is_external=row.kind == TrainingKind.EXTERNAL,
        initial={
            "version": row.version,
            "began_at": row.began_at or row.starts_at,
            "ended_at": row.ended_at or row.ends_at,
            "report": row.report or row.topics,
        },
    )

    def save() -> UUID:
        return hold_training(
            actor=actor,
            training_id=training_id,
            version=form.cleaned_data["version"],
            happened=form.happened(),
            source=SOURCE,
            now=timezone.now(),
        ).public_id

    return _form(request, row, _("Record the training"), form, save, "console/trainings/hold.html")


@require_http_methods(["GET", "POST"])
@page
def close(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """Close it, for a customer with who acknowledged the hand-over."""
    actor, row = actor_of(request), _plannable(request, training_id)
    is_external = row.kind == TrainingKind.EXTERNAL
    initial = {"version": row.version, "on": timezone.localdate()}
    form = TakingOverForm(posted(request), is_external=is_external, initial=initial)

    def save() -> UUID:
        return close_training(
            actor=actor,
            training_id=training_id,
            version=form.cleaned_data["version"],
            taken_over=form.taken_over(),
            now=timezone.now(),
        ).public_id

    lead = _("From then on its results stand.")
    return _form(request, row, _("Close the training"), form, save, lead=lead)


@require_http_methods(["GET", "POST"])
@page
def cancel(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """Call it off; its people are told."""
    actor, row = actor_of(request), _plannable(request, training_id)
    form = CancelForm(posted(request), initial={"version": row.version})

    def save() -> UUID:
        return cancel_training(
            actor=actor, training_id=training_id, **form.values(), now=timezone.now()
        ).public_id

    return _form(request, row, _("Call off the training"), form, save)


@require_POST
@page
def grant(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """Give skill and certificate to those who passed."""
    actor = actor_of(request)
    before = get_training(actor, training_id).to_grant
    try:
        grant_training(actor=actor, training_id=training_id, now=timezone.now())
    except IllegalMove as error:
        messages.error(request, str(error.message))
    else:
        left = get_training(actor, training_id).to_grant
        messages.success(request, _("Granted to people: %(number)d") % {"number": before - left})
    return redirect(address_of_training(training_id))


@require_http_methods(["GET", "POST"])
@page
def files_new(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """Keep material or the signed sheet with it."""
    actor = actor_of(request)
    row = get_training(actor, training_id)
    if not may_plan(actor, row) and row.trainer_id != actor.person_id:
        raise Forbidden
    sent = posted(request)
    form = AttachForm(sent, request.FILES if sent is not None else None)

    def save() -> UUID:
        keep_material(
            actor=actor, training_id=training_id, upload=form.upload(), now=timezone.now()
        )
        return training_id

    return _form(request, row, _("Keep a file"), form, save)


def _plannable(request: HttpRequest, training_id: UUID) -> TrainingRow:
    row = get_training(actor_of(request), training_id)
    if not may_plan(actor_of(request), row):
        raise Forbidden
    return row


def _form(
    request: HttpRequest,
    row: TrainingRow,
    title: str,
    form: KeptForm,
    save: Callable[[], UUID],
    template: str = "console/archive/form.html",
    lead: str = "",
) -> HttpResponse:
    more: dict[str, Any] = {"lead": lead} if lead else {}
    return form_page(
        request,
        FormPage(
            title=title,
            form=form,
            route=f"console{request.path.replace('/', '.')}",
            save=save,
            done=address_of_training,
            back=Link(address_of_training(row.public_id), row.subject),
            template=template,
            **more,
        ),
    )
