"""`/scores` and `/answers`: what customers say, counted and one by one (LV-08, BP-13)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from ninja import Query

from yinuo.domains.feedback.answer_types import Grouping, Part, SurveyData, SurveyWay
from yinuo.domains.feedback.scores import answer_view, list_answers, scores_by, total_of
from yinuo.domains.feedback.services import record_survey, send_survey
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.selectors import get_unit
from yinuo.domains.network.types import Actor
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Instant, Label, Paging, PathId, Remark
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.request_acts import resource as requests
from yinuo.surfaces.api.sending import sent_with_link
from yinuo.surfaces.api.shapes import scores as shapes

scores = Resource("scores")
answers = Resource("answers")

ONE_DAY, LAST = timedelta(days=1), timedelta(days=366)


class ScorePart(Input):
    """Cases of the days `since` to `until` in the product's zone, the last 366 where left out; of
    one unit."""

    since: Day | None = None
    until: Day | None = None
    unit_id: Id | None = None

    def part(self, actor: Actor, today: date) -> Part:
        """The same by internal ids; NotFound for a unit outside the scope."""
        until = self.until or today
        since = self.since or until - LAST
        unit_id = get_unit(actor, self.unit_id).id if self.unit_id else None
        return Part(since, until + ONE_DAY, unit_id=unit_id)


class ScoreFilters(ScorePart):
    """By what to group."""

    by: Literal["engineer", "unit", "project", "supervisor", "month", "year"] = "engineer"


class AnswerFilters(ScorePart, Paging):
    """Which answers."""


class SurveyInput(Input):
    """What a customer says of a project, or at the end of a year (`annual`)."""

    project_id: Id
    annual: bool = False
    way: SurveyWay
    satisfaction: Satisfaction
    said_by: Label = ""
    opinion: Remark = ""
    given_at: Instant | None = None

    def survey(self) -> SurveyData:
        """The same for the service."""
        return SurveyData(
            project_id=self.project_id,
            is_annual=self.annual,
            way=self.way.value,
            satisfaction=self.satisfaction.value,
            said_by=self.said_by,
            opinion=self.opinion,
            given_at=self.given_at,
        )


@scores.reads("", name="get_scores", right=Permission.SCORE_READ, gives=shapes.ScoresShape)
def get(request: ApiRequest, filters: Query[ScoreFilters]) -> HttpResponse:
    """Cases and points in all and of each group."""
    actor = request.auth.actor
    part = filters.part(actor, today(request))
    items = [shapes.group(one) for one in scores_by(actor, part, Grouping(filters.by))]
    return shown({"total": shapes.score(total_of(actor, part)), "items": items})


@answers.reads("", name="list_answers", right=Permission.SCORE_READ, gives=shapes.Answers)
def list_all(request: ApiRequest, filters: Query[AnswerFilters]) -> HttpResponse:
    """Every answer, those that do not count too, the newest first."""
    actor = request.auth.actor
    part = filters.part(actor, today(request))
    page = list_answers(actor, part, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.answer)


@answers.writes(
    "POST",
    "",
    name="record_survey",
    right=Permission.CALL_BACK_WRITE,
    gives=shapes.CustomerAnswerShape,
    status=201,
)
def record_one(request: ApiRequest, data: SurveyInput) -> HttpResponse:
    """Take down what a customer says of a project or a year."""

    def action() -> dict[str, Any]:
        call = request.auth
        row = record_survey(actor=call.actor, data=data.survey(), now=call.now)
        return shapes.answer(answer_view(row))

    return written(request, action, status=201)


@requests.writes(
    "POST",
    "/{restored_id}/survey-link",
    name="send_survey",
    right=Permission.CALL_BACK_WRITE,
    gives=shapes.SentSurveyShape,
)
def send_one(request: ApiRequest, restored_id: PathId) -> HttpResponse:
    """Make a fresh link by which the customer answers; the one before becomes void."""
    call = request.auth
    return sent_with_link(
        request, lambda: send_survey(actor=call.actor, request_id=restored_id, now=call.now)
    )


def today(request: ApiRequest) -> date:
    """The day in the product's zone."""
    return request.auth.now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
