"""`/requests/{id}/…`: what may be done to a request beside recording its steps."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from django.http import HttpResponse

from yinuo.domains.network.permissions import Permission
from yinuo.domains.requests.related import doubles_of, list_owners
from yinuo.domains.requests.selectors import get_request_page
from yinuo.domains.requests.services import (
    Correction,
    Handover,
    Part,
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
from yinuo.domains.requests.types import RequestKind
from yinuo.surfaces.api.answers import shown
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Instant, PathId, Remark, Version, Word, text
from yinuo.surfaces.api.resources.request_pauses import resource
from yinuo.surfaces.api.resources.requests import Answers, Values, moved
from yinuo.surfaces.api.shapes import requests as shapes

__all__ = ["resource"]


class LevelInput(Input):
    """Another level of the request's plan, and why."""

    version: Version
    level: Word
    reason: Remark


class CategoryInput(Input):
    """Another category of the request's plan, and why."""

    version: Version
    category: Word
    reason: Remark


class CoverInput(Input):
    """`goodwill` or `paid`, and why."""

    version: Version
    cover: Word
    reason: Remark


class HandoverInput(Input):
    """To a person, a unit or a support group, by its id."""

    version: Version
    to_id: Id
    reason: Remark = ""


class MergeInput(Input):
    """The open request of the same customer to go on with, and why."""

    version: Version
    into_id: Id
    reason: Remark


class SplitInput(Input):
    """What becomes a request of its own, and why; `is_answered`: the customer was answered both."""

    version: Version
    symptom: Annotated[str, text(60_000)]
    reason: Remark
    kind: RequestKind = RequestKind.FAULT
    level: Word = ""
    category: Word = ""
    asset_id: Id | None = None
    answers: Answers = {}
    is_answered: bool = False

    def part(self) -> Part:
        """The same for the service."""
        given = self.model_dump(exclude={"version", "kind"})
        return Part(kind=self.kind.value, **given)


class AnswersInput(Input):
    """What the customer answered to the plan's guided questions."""

    version: Version
    answers: Answers


class TakeInput(Input):
    """The version seen, if it matters: it is taken once in any case."""

    version: Version | None = None


class EscalationInput(Input):
    """Why the next group goes on."""

    version: Version
    reason: Remark


class CorrectionInput(Input):
    """What was really so; without `occurred_at` the time stays, `withdraw`: it did not happen."""

    version: Version
    fact_id: Id
    reason: Remark
    occurred_at: Instant | None = None
    values: Values = {}
    withdraw: bool = False


@resource.writes(
    "POST",
    "/{request_id}/level",
    name="change_request_level",
    right=Permission.REQUEST_LEVEL,
    gives=shapes.SavedRequest,
)
def set_level(request: ApiRequest, request_id: PathId, data: LevelInput) -> HttpResponse:
    """Give a request another level; what has elapsed stays counted."""
    change = partial(change_level, level=data.level, reason=data.reason)
    return moved(request, request_id, data, change)


@resource.writes(
    "POST",
    "/{request_id}/category",
    name="change_request_category",
    right=Permission.REQUEST_LEVEL,
    gives=shapes.SavedRequest,
)
def set_category(request: ApiRequest, request_id: PathId, data: CategoryInput) -> HttpResponse:
    """Give a request another category; the promises are computed anew."""
    change = partial(change_category, category=data.category, reason=data.reason)
    return moved(request, request_id, data, change)


@resource.writes(
    "POST",
    "/{request_id}/cover",
    name="change_request_cover",
    right=Permission.COVER_CHANGE,
    gives=shapes.SavedRequest,
)
def set_cover(request: ApiRequest, request_id: PathId, data: CoverInput) -> HttpResponse:
    """Decide that a request is goodwill or paid."""
    change = partial(change_cover, cover=data.cover, reason=data.reason)
    return moved(request, request_id, data, change)


@resource.writes(
    "POST",
    "/{request_id}/handover",
    name="hand_over_request",
    right=Permission.REQUEST_WORK,
    gives=shapes.SavedRequest,
)
def give(request: ApiRequest, request_id: PathId, data: HandoverInput) -> HttpResponse:
    """Hand a request over to a person, a unit or a support group."""
    change = partial(hand_over, handover=Handover(data.to_id, data.reason))
    return moved(request, request_id, data, change)


@resource.writes(
    "POST",
    "/{request_id}/merge",
    name="merge_request",
    right=Permission.REQUEST_CLOSE,
    gives=shapes.SavedRequest,
)
def merge(request: ApiRequest, request_id: PathId, data: MergeInput) -> HttpResponse:
    """Merge a request into another one of the same customer; its facts stay with it."""
    change = partial(merge_request, into_id=data.into_id, reason=data.reason)
    return moved(request, request_id, data, change)


@resource.writes(
    "POST",
    "/{request_id}/split",
    name="split_request",
    right=Permission.REQUEST_OPEN,
    gives=shapes.SavedRequest,
    status=201,
)
def split(request: ApiRequest, request_id: PathId, data: SplitInput) -> HttpResponse:
    """Make a part of a request one of its own, reported at the same time; gives the new one."""
    change = partial(split_request, part=data.part())
    return moved(request, request_id, data, change, status=201)


@resource.writes(
    "POST",
    "/{request_id}/answers",
    name="answer_request_questions",
    right=Permission.REQUEST_WORK,
    gives=shapes.SavedRequest,
)
def answer(request: ApiRequest, request_id: PathId, data: AnswersInput) -> HttpResponse:
    """Keep answers to the guided questions; the newest one to each counts."""
    return moved(request, request_id, data, partial(answer_questions, answers=data.answers))


@resource.writes(
    "POST",
    "/{request_id}/take",
    name="take_request",
    right=Permission.REQUEST_WORK,
    gives=shapes.SavedRequest,
)
def take(request: ApiRequest, request_id: PathId, data: TakeInput) -> HttpResponse:
    """Take a request out of its group's queue; only one caller can."""
    return moved(request, request_id, data, take_request)


@resource.writes(
    "POST",
    "/{request_id}/escalation",
    name="escalate_request",
    right=Permission.REQUEST_WORK,
    gives=shapes.SavedRequest,
)
def escalate(request: ApiRequest, request_id: PathId, data: EscalationInput) -> HttpResponse:
    """Pass a request on to the group after its own, into that group's queue."""
    return moved(request, request_id, data, partial(escalate_request, reason=data.reason))


@resource.writes(
    "POST",
    "/{request_id}/corrections",
    name="correct_request_fact",
    right=Permission.REQUEST_READ,
    gives=shapes.SavedRequest,
    status=201,
)
def correct(request: ApiRequest, request_id: PathId, data: CorrectionInput) -> HttpResponse:
    """Correct or withdraw a recorded fact; state and promises are computed anew."""
    correction = Correction(data.fact_id, data.reason, data.occurred_at, data.values, data.withdraw)
    change = partial(correct_fact, correction=correction)
    return moved(request, request_id, data, change, status=201)


@resource.reads(
    "/{request_id}/doubles",
    name="list_request_doubles",
    right=Permission.REQUEST_READ,
    gives=shapes.Doubles,
)
def doubles(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """Other open requests of the customer that may be about the same, likeliest first."""
    call = request.auth
    page = get_request_page(call.actor, request_id)
    found = doubles_of(call.actor, page.request, call.now)
    return shown({"items": [shapes.double(one) for one in found]})


@resource.reads(
    "/{request_id}/owners",
    name="list_request_owners",
    right=Permission.REQUEST_WORK,
    gives=shapes.OwnersShape,
)
def owners(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """To whom a request may be handed over."""
    return shown(shapes.owners(list_owners(request.auth.actor, request_id)))
