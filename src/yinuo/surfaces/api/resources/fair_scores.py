"""`/score-weights`, `/score-cases`, `/score-appeals`: the fair score beside the raw one (B-61)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.feedback.answer_types import Grouping
from yinuo.domains.feedback.fair import get_appeal, list_appeals, list_cases
from yinuo.domains.feedback.fair_types import BOUNDS
from yinuo.domains.feedback.published import (
    list_publications,
    published_differences,
    published_groups,
)
from yinuo.domains.feedback.services import (
    appeal_case,
    decide_appeal,
    publish_month,
    set_score_weights,
)
from yinuo.domains.feedback.weighing import list_weighings
from yinuo.domains.network.permissions import Permission
from yinuo.platform.errors import Conflict
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Input, Paging, PathId, Version, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.scores import ScorePart, today
from yinuo.surfaces.api.shapes import fair_scores as shapes
from yinuo.surfaces.api.shapes.scores import group

weights = Resource("scores")
cases = Resource("scores")
appeals = Resource("scores")
publications = Resource("scores")

Share = Annotated[int, Field(strict=True, ge=0, le=100)]
Minutes = Annotated[int, Field(strict=True, ge=0, le=BOUNDS["travel_free_minutes"][1])]
Hardness = Annotated[int, Field(strict=True, ge=100, le=300)]
Why = Annotated[str, text(2_000, shortest=1)]


class ScoreWeightsFigures(Input):
    """All weights; the end of a name says what it counts in."""

    satisfaction_percent: Share
    timeliness_percent: Share
    relief_percent: Share
    tolerance_percent: Annotated[int, Field(strict=True, ge=1, le=1_000)]
    travel_free_minutes: Minutes
    travel_most_minutes: Minutes
    worst_level_percent: Hardness
    second_level_percent: Hardness
    fault_percent: Hardness
    coordination_percent: Hardness


class ScoreWeightsInput(Input):
    """The weights that count from now on, and why."""

    version: Version
    weights: ScoreWeightsFigures
    reason: Annotated[str, text(200, shortest=1)]


class ScoredCaseFilters(ScorePart, Paging):
    """Which cases."""


class AppealInput(Input):
    """Why the case should not count."""

    reason: Why


class AppealDecisionInput(Input):
    """What is decided, and why."""

    upheld: Annotated[bool, Field(strict=True)]
    reason: Why


class AppealFilters(Paging):
    """With `open` those that wait for a decision only."""

    open: bool = False


class PublicationInput(Input):
    """Any day of the month to be published."""

    month: Day


class PublishedFilters(Input):
    """Any day of the published month, the newest where left out, and by what to group."""

    month: Day | None = None
    by: Literal["engineer", "unit", "project", "supervisor"] = "engineer"


@weights.reads(
    "", name="get_score_weights", right=Permission.SCORE_READ, gives=shapes.ScoreWeighingShape
)
def read_weights(request: ApiRequest) -> HttpResponse:
    """The weights that count now."""
    return shown(_present(request))


@weights.writes(
    "PUT",
    "",
    name="set_score_weights",
    right=Permission.SCORE_PUBLISH,
    gives=shapes.ScoreWeightsSaved,
)
def write_weights(request: ApiRequest, data: ScoreWeightsInput) -> HttpResponse:
    """Let other weights count in every month that is not published yet."""

    def action() -> dict[str, object]:
        call = request.auth
        try:
            made = set_score_weights(
                actor=call.actor,
                weights=data.weights.model_dump(),
                version=data.version,
                reason=data.reason,
                now=call.now,
            )
        except Conflict as error:
            sides = {"yours": data.model_dump(mode="json"), "present": _present(request)}
            raise Conflict(details=sides) from error
        return {"id": str(made.public_id), "version": made.number}

    return written(request, action)


@cases.reads("", name="list_score_cases", right=Permission.SCORE_READ, gives=shapes.ScoredCases)
def read_cases(request: ApiRequest, filters: Query[ScoredCaseFilters]) -> HttpResponse:
    """Cases with the inputs of their fair score, the newest first."""
    actor = request.auth.actor
    part = filters.part(actor, today(request))
    page = list_cases(actor, part, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.scored_case)


@cases.writes(
    "POST",
    "/{scored_case_id}/appeal",
    name="appeal_score_case",
    right=Permission.SCORE_OWN,
    gives=shapes.AppealSaved,
    status=201,
)
def appeal_one(request: ApiRequest, scored_case_id: PathId, data: AppealInput) -> HttpResponse:
    """Appeal against the count of one's own case, once."""

    def action() -> dict[str, Any]:
        call = request.auth
        row = appeal_case(
            actor=call.actor, case_id=scored_case_id, reason=data.reason, now=call.now
        )
        return {"id": str(row.public_id)}

    return written(request, action, status=201)


@appeals.reads("", name="list_score_appeals", right=Permission.SCORE_READ, gives=shapes.Appeals)
def read_appeals(request: ApiRequest, filters: Query[AppealFilters]) -> HttpResponse:
    """Appeals, the newest first."""
    page = list_appeals(
        request.auth.actor, is_open=filters.open, cursor=filters.cursor, limit=filters.limit
    )
    return listed(page, shapes.appeal)


@appeals.reads(
    "/{appeal_id}",
    name="get_score_appeal",
    right=Permission.SCORE_READ,
    gives=shapes.AppealShape,
)
def read_appeal(request: ApiRequest, appeal_id: PathId) -> HttpResponse:
    """One appeal with its case."""
    return shown(shapes.appeal(get_appeal(request.auth.actor, appeal_id)))


@appeals.writes(
    "POST",
    "/{appeal_id}/decision",
    name="decide_score_appeal",
    right=Permission.SCORE_DECIDE,
    gives=shapes.AppealSaved,
)
def decide_one(request: ApiRequest, appeal_id: PathId, data: AppealDecisionInput) -> HttpResponse:
    """Uphold an appeal, so that the case no longer counts for its engineer, or turn it down."""

    def action() -> dict[str, Any]:
        call = request.auth
        row = decide_appeal(
            actor=call.actor,
            appeal_id=appeal_id,
            upheld=data.upheld,
            reason=data.reason,
            now=call.now,
        )
        return {"id": str(row.public_id)}

    return written(request, action)


@publications.reads(
    "",
    name="list_score_publications",
    right=Permission.SCORE_READ,
    gives=shapes.ScorePublications,
)
def read_publications(request: ApiRequest) -> HttpResponse:
    """All published months, the newest first."""
    found = tuple(list_publications(request.auth.actor))
    return listed(Page(found, ""), shapes.publication)


@publications.reads(
    "/figures",
    name="get_published_scores",
    right=Permission.SCORE_READ,
    gives=shapes.PublishedScores,
)
def read_published(request: ApiRequest, filters: Query[PublishedFilters]) -> HttpResponse:
    """A month as it was published, and what its publication tells of earlier months."""
    actor, by = request.auth.actor, Grouping(filters.by)
    known = [one.month for one in list_publications(actor)]
    month = filters.month.replace(day=1) if filters.month else max(known, default=date.max)
    groups = published_groups(actor, [month], by, as_published=True)
    return shown(
        {
            "items": [group(one) for one in groups],
            "differences": [
                {"of_month": one.of_month.isoformat(), "group": group(one.group)}
                for one in published_differences(actor, month, by)
            ],
        }
    )


@publications.writes(
    "POST",
    "",
    name="publish_scores",
    right=Permission.SCORE_PUBLISH,
    gives=shapes.AppealSaved,
    status=201,
)
def publish_one(request: ApiRequest, data: PublicationInput) -> HttpResponse:
    """Publish what a month that is over came to, once, for the whole company."""

    def action() -> dict[str, Any]:
        call = request.auth
        row = publish_month(actor=call.actor, month=data.month.replace(day=1), now=call.now)
        return {"id": str(row.public_id)}

    return written(request, action, status=201)


def _present(request: ApiRequest) -> dict[str, Any]:
    return shapes.weighing(list_weighings(request.auth.actor)[0])
