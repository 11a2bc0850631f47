"""What may be done to a request beside recording steps: each a small form on its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import get_request_page
from yinuo.domains.requests.services import (
    Correction,
    Handover,
    change_category,
    change_cover,
    change_level,
    correct_fact,
    hand_over,
    merge_request,
)
from yinuo.platform.errors import Forbidden, NotFound
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.panel import act_form, correction_form
from yinuo.surfaces.console.stepforms import ActForm
from yinuo.surfaces.console.views.requests import FIX, SOURCE, change

Take = Callable[[Actor, UUID, ActForm, datetime], object]


@require_POST
@page
def requests_level(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Change the level, with the reason."""
    return _act(request, request_id, "level", _take_level)


@require_POST
@page
def requests_category(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Change the category, with the reason."""
    return _act(request, request_id, "category", _take_category)


@require_POST
@page
def requests_cover(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Decide the cover, with the reason."""
    return _act(request, request_id, "cover", _take_cover)


@require_POST
@page
def requests_handover(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Hand over to a person or unit."""
    return _act(request, request_id, "handover", _take_handover)


@require_POST
@page
def requests_merge(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Merge into another request of the customer."""
    return _act(request, request_id, "merge", _take_merge)


@require_POST
@page
def requests_correct(request: HttpRequest, request_id: UUID, fact_id: UUID) -> HttpResponse:
    """Correct a recorded fact, or take it back."""
    actor = actor_of(request)
    found = get_request_page(actor, request_id)
    fact = next((one for one in found.facts if one.public_id == fact_id), None)
    if fact is None:
        raise NotFound
    if fact.public_id not in found.may_correct:
        raise Forbidden
    form = correction_form(found, fact, request.POST)

    def take(now: datetime) -> None:
        withdraw = form.cleaned_data.get("withdraw", False)
        at = form.cleaned_data["occurred_at"]
        # A time left as it stood keeps its seconds.
        is_kept = at is None or at == fact.occurred_at.replace(second=0, microsecond=0)
        correct_fact(
            actor=actor,
            request_id=request_id,
            correction=Correction(
                fact_id=fact_id,
                reason=form.cleaned_data["why"],
                occurred_at=None if withdraw or is_kept else at,
                values={} if withdraw else form.values(),
                withdraw=withdraw,
            ),
            version=form.cleaned_data["version"],
            source=SOURCE,
            now=now,
        )

    return change(request, request_id, form, f"{FIX}{fact_id}", take)


def _act(request: HttpRequest, request_id: UUID, act: str, take: Take) -> HttpResponse:
    actor = actor_of(request)
    form = act_form(actor, get_request_page(actor, request_id), act, request.POST)
    return change(request, request_id, form, act, lambda now: take(actor, request_id, form, now))


def _take_level(actor: Actor, request_id: UUID, form: ActForm, now: datetime) -> object:
    given = form.cleaned_data
    return change_level(
        actor=actor,
        request_id=request_id,
        version=given["version"],
        level=given["level"],
        reason=given["reason"],
        source=SOURCE,
        now=now,
    )


def _take_category(actor: Actor, request_id: UUID, form: ActForm, now: datetime) -> object:
    given = form.cleaned_data
    return change_category(
        actor=actor,
        request_id=request_id,
        version=given["version"],
        category=given["category"],
        reason=given["reason"],
        source=SOURCE,
        now=now,
    )


def _take_cover(actor: Actor, request_id: UUID, form: ActForm, now: datetime) -> object:
    given = form.cleaned_data
    return change_cover(
        actor=actor,
        request_id=request_id,
        version=given["version"],
        cover=given["cover"],
        reason=given["reason"],
        source=SOURCE,
        now=now,
    )


def _take_handover(actor: Actor, request_id: UUID, form: ActForm, now: datetime) -> object:
    given = form.cleaned_data
    return hand_over(
        actor=actor,
        request_id=request_id,
        handover=Handover(given["to_id"], given["reason"]),
        version=given["version"],
        source=SOURCE,
        now=now,
    )


def _take_merge(actor: Actor, request_id: UUID, form: ActForm, now: datetime) -> object:
    given = form.cleaned_data
    return merge_request(
        actor=actor,
        request_id=request_id,
        into_id=given["into_id"],
        reason=given["reason"],
        version=given["version"],
        source=SOURCE,
        now=now,
    )
