"""Satisfaction in a month or a year: by whom, where, for which project, down to each answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.assets.selectors import get_project
from yinuo.domains.feedback import scores as reading
from yinuo.domains.feedback.answer_types import Grouping, Part, ScoreGroup
from yinuo.domains.feedback.fair import fair_total, list_cases
from yinuo.domains.feedback.services import record_survey, send_survey
from yinuo.domains.feedback.surveys import LINK_PURPOSE
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.supervising import Appraised, person_under
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import get_request_page
from yinuo.platform.errors import Forbidden
from yinuo.platform.files.serving import document_response
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.paging import Page
from yinuo.platform.spreadsheets import XLSX, write_xlsx
from yinuo.surfaces.console import score_columns
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.after_words import SATISFACTION
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.exports import FORMAT, is_wanted
from yinuo.surfaces.console.fresh_links import fresh_address
from yinuo.surfaces.console.periods import periods
from yinuo.surfaces.console.score_forms import SurveyForm
from yinuo.surfaces.console.views.lists import Listing

EACH, CASES = "each", "cases"
ONE_BY_ONE = (EACH, CASES)


@require_GET
@page
def scores(request: HttpRequest) -> HttpResponse:
    """What answers came to, in a month or a year, grouped as asked."""
    actor = actor_of(request)
    require(actor, Permission.SCORE_READ)
    return _scores(request, actor, is_own=False)


@require_GET
@page
def own_scores(request: HttpRequest) -> HttpResponse:
    """One's own answers, month by month."""
    actor = actor_of(request)
    require(actor, Permission.SCORE_OWN)
    if actor.person_id is None:
        raise Forbidden
    return _scores(request, actor, is_own=True)


@require_http_methods(["GET", "POST"])
@page
def survey_new(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Take down what a customer says of a project, or at the end of a year."""
    actor = actor_of(request)
    project = get_project(actor, project_id)
    require(actor, Permission.CALL_BACK_WRITE)
    form = SurveyForm(posted(request), initial={"kind": "project", "way": "phone"})

    def save() -> UUID:
        return record_survey(
            actor=actor, data=form.survey(project_id), now=timezone.now()
        ).public_id

    address = reverse("console:projects_one", args=[project_id])
    return form_page(
        request,
        FormPage(
            title=_("Survey"),
            form=form,
            route=f"console.surveys.new.{project_id}",
            save=save,
            done=lambda _made: address,
            back=Link(address, project.name),
            saved=_("The answer is recorded."),
        ),
    )


@never_cache
@require_POST
@page
def survey_link(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """A fresh link for the customer; the answer shows it, this once."""
    actor = actor_of(request)
    secret = send_survey(actor=actor, request_id=request_id, now=timezone.now()).secret
    found = get_request_page(actor, request_id).request
    context = {
        "found": found,
        "link": fresh_address(request, LINK_PURPOSE, [secret]),
        "days": settings.SURVEY_DAYS,
    }
    return render(request, "console/after/survey_link.html", context)


def _scores(request: HttpRequest, actor: Actor, *, is_own: bool) -> HttpResponse:
    shown = periods(timezone.localdate(), request.GET.get("period", ""))
    part = Part(shown.span.since, shown.span.until)
    engineer = None if is_own else _engineer(request, actor)
    if is_own or engineer:
        part = replace(part, engineer_id=engineer.id if engineer else actor.person_id)
    tabs = _tabs(is_own=is_own)
    by = request.GET.get("by", "")
    by = by if by in dict(tabs) else tabs[0][0]
    groups = [] if by in ONE_BY_ONE else reading.scores_by(actor, part, Grouping(by))
    if is_wanted(request) and by not in ONE_BY_ONE:
        return workbook(groups, by)
    context = {
        "by": by,
        "tabs": tabs,
        "opinions": SATISFACTION.items(),
        "months": shown.months,
        "years": shown.years,
        "period": shown.chosen,
        "total": reading.total_of(actor, part),
        "fair": fair_total(actor, part),
        "is_own": is_own,
        "engineer": engineer,
        "by_case": by in ONE_BY_ONE,
        "list": _each(request, actor, part, by) if by in ONE_BY_ONE else listing(groups),
    }
    return render(request, "console/lists/scores.html", context)


def _engineer(request: HttpRequest, actor: Actor) -> Appraised | None:
    """The person whose cases alone the address asks for, if any."""
    given = request.GET.get("engineer", "")
    if parse_public_id(given) is None:
        return None
    return person_under(actor, Permission.SCORE_READ, given)


def _tabs(*, is_own: bool) -> list[tuple[str, str]]:
    over_time = [
        (Grouping.MONTH.value, _("By month")),
        (CASES, _("Each case")),
        (EACH, _("Each answer")),
    ]
    if is_own:
        return over_time
    return [
        (Grouping.ENGINEER.value, _("By engineer")),
        (Grouping.UNIT.value, _("By unit")),
        (Grouping.PROJECT.value, _("By project")),
        (Grouping.SUPERVISOR.value, _("By supervisor")),
        *over_time,
    ]


def listing(groups: list[ScoreGroup]) -> Listing:
    """The groups, each with its cases by opinion."""
    rows: tuple[Any, ...] = tuple(
        (group, [(SATISFACTION[one.value], n) for one, n in group.score.counts.items()])
        for group in groups
    )
    return Listing(rows, "", "", "")


def _each(request: HttpRequest, actor: Actor, part: Part, by: str) -> Listing:
    cursor = request.GET.get("cursor", "")
    found: Page[Any]
    if by == CASES:
        found = list_cases(actor, part, cursor=cursor)
    else:
        found = reading.list_answers(actor, part, cursor=cursor)
    return Listing(found.items, "", cursor, found.next_cursor)


def workbook(groups: list[ScoreGroup], by: str) -> HttpResponse:
    """The groups as a workbook."""
    shown = score_columns.columns(by)
    content = write_xlsx(
        _("Satisfaction"),
        [str(one.head) for one in shown],
        ([one.value(group) for one in shown] for group in groups),
        ZoneInfo(settings.TIME_ZONE),
    )
    return document_response(content, f"{_('Satisfaction')}.{FORMAT}", XLSX)
