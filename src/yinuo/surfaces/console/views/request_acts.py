"""What may be done to a request beside recording steps: each a small form on its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from yinuo.domains.requests.selectors import get_request_page
from yinuo.domains.requests.services import (
    Correction,
    Handover,
    answer_questions,
    change_category,
    change_cover,
    change_level,
    correct_fact,
    escalate_request,
    hand_over,
    merge_request,
    split_request,
    take_request,
)
from yinuo.platform.errors import Forbidden, NotFound
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.guiding import answers_in
from yinuo.surfaces.console.panel import act_form, correction_form
from yinuo.surfaces.console.views.requests import FIX, SOURCE, change

Given = Mapping[str, Any]
# A service, bound to what the form gave; who, which, when and the version seen come with the call.
Change = Callable[..., object]


@require_POST
@page
def requests_level(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Change the level, with the reason."""
    return _act(request, request_id, "level", _level)


@require_POST
@page
def requests_category(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Change the category, with the reason."""
    return _act(request, request_id, "category", _category)


@require_POST
@page
def requests_cover(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Decide the cover, with the reason."""
    return _act(request, request_id, "cover", _cover)


@require_POST
@page
def requests_handover(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Hand over to a person or unit."""
    return _act(request, request_id, "handover", _handover)


@require_POST
@page
def requests_merge(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Merge into another request of the customer."""
    return _act(request, request_id, "merge", _merge)


@require_POST
@page
def requests_take(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take it out of its group's queue; who comes second learns who has it."""
    actor = actor_of(request)
    form = act_form(actor, get_request_page(actor, request_id), "take", request.POST)

    def take(now: datetime) -> None:
        take_request(actor=actor, request_id=request_id, version=None, source=SOURCE, now=now)

    return change(request, request_id, form, "take", take)


@require_POST
@page
def requests_escalate(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Pass it on to the group after its own."""
    return _act(request, request_id, "escalate", _escalate)


@require_POST
@page
def requests_questions(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Keep what the customer answered to the plan's questions."""
    return _act(request, request_id, "questions", _questions)


@require_POST
@page
def requests_split(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Make a part of it a request of its own, and go there."""
    actor = actor_of(request)
    form = act_form(actor, get_request_page(actor, request_id), "split", request.POST)

    def take(now: datetime) -> UUID:
        return split_request(
            actor=actor,
            request_id=request_id,
            part=form.part(),  # type: ignore[attr-defined] # the form of this act
            version=form.cleaned_data["version"],
            source=SOURCE,
            now=now,
        ).public_id

    return change(request, request_id, form, "split", take)


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


def _act(
    request: HttpRequest, request_id: UUID, act: str, bound: Callable[[Given], Change]
) -> HttpResponse:
    actor = actor_of(request)
    form = act_form(actor, get_request_page(actor, request_id), act, request.POST)

    def take(now: datetime) -> None:
        given = form.cleaned_data
        bound(given)(
            actor=actor, request_id=request_id, version=given["version"], source=SOURCE, now=now
        )

    return change(request, request_id, form, act, take)


def _level(given: Given) -> Change:
    return partial(change_level, level=given["level"], reason=given["reason"])


def _category(given: Given) -> Change:
    return partial(change_category, category=given["category"], reason=given["reason"])


def _cover(given: Given) -> Change:
    return partial(change_cover, cover=given["cover"], reason=given["reason"])


def _handover(given: Given) -> Change:
    return partial(hand_over, handover=Handover(given["to_id"], given["reason"]))


def _escalate(given: Given) -> Change:
    return partial(escalate_request, reason=given["reason"])


def _questions(given: Given) -> Change:
    return partial(answer_questions, answers=answers_in(given))


def _merge(given: Given) -> Change:
    return partial(merge_request, into_id=given["into_id"], reason=given["reason"])
