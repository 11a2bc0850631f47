"""Published scores: a month as it was published, a year, and what differs since."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.feedback.answer_types import Grouping, ScoreGroup
from yinuo.domains.feedback.published import (
    PUBLISHED_BY,
    PublicationView,
    list_publications,
    published_differences,
    published_groups,
)
from yinuo.domains.feedback.scores import months_before
from yinuo.domains.feedback.services import publish_month
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import headquarters_id
from yinuo.domains.network.types import Actor
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.after_words import SATISFACTION
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.exports import is_wanted
from yinuo.surfaces.console.fair_forms import PublishForm
from yinuo.surfaces.console.views.scores import listing, workbook

MONTHS_OFFERED = 13


@require_GET
@page
def published(request: HttpRequest) -> HttpResponse:
    """A published month, or a year with all differences; the newest month unless one is asked."""
    actor = actor_of(request)
    known = list_publications(actor)
    months = {f"{one.month:%Y-%m}": one for one in known}
    years = sorted({one.month.year for one in known}, reverse=True)
    period = request.GET.get("period", "")
    if period not in months and period not in {str(year) for year in years}:
        period = next(iter(months), "")
    shown = months.get(period)
    by = request.GET.get("by", "")
    by = by if by in [one.value for one in PUBLISHED_BY] else Grouping.ENGINEER.value
    groups = _groups(actor, known, period, Grouping(by))
    if is_wanted(request):
        return workbook(groups, by)
    context = {
        "months": known,
        "years": years,
        "period": period,
        "shown": shown,
        "by": by,
        "tabs": _tabs(),
        "opinions": SATISFACTION.items(),
        "list": listing(groups),
        "differences": published_differences(actor, shown.month, Grouping(by)) if shown else [],
        "may_publish": actor.may(Permission.SCORE_PUBLISH, headquarters_id()),
    }
    return render(request, "console/lists/published.html", context)


@require_http_methods(["GET", "POST"])
@page
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the count of a month that is over, once."""
    actor = actor_of(request)
    require(actor, Permission.SCORE_PUBLISH, headquarters_id())
    done = {one.month for one in list_publications(actor)}
    over = months_before(timezone.localdate(), MONTHS_OFFERED)[1:]
    left = [one for one in over if one not in done]
    choices = [(f"{one:%Y-%m}", date_format(one, "YEAR_MONTH_FORMAT")) for one in left]
    form = PublishForm(posted(request), months=choices)

    def save() -> UUID:
        month = date.fromisoformat(f"{form.cleaned_data['month']}-01")
        return publish_month(actor=actor, month=month, now=timezone.now()).public_id

    back = Link(reverse("console:scores_published"), _("Published scores"))
    return form_page(
        request,
        FormPage(
            title=_("Publish a month"),
            lead=_(
                "Once for the whole company. What changes later stands as a difference in the next"
                " publication."
            ),
            form=form,
            route="console.scores.publish",
            save=save,
            done=lambda _made: back.address,
            back=back,
            saved=_("The month is published."),
            button=_("Publish"),
        ),
    )


def _groups(
    actor: Actor, known: list[PublicationView], period: str, by: Grouping
) -> list[ScoreGroup]:
    months = [one.month for one in known if f"{one.month:%Y-%m}" == period]
    if months:
        return published_groups(actor, months, by, as_published=True)
    year = [one.month for one in known if str(one.month.year) == period]
    return published_groups(actor, year, by, as_published=False)


def _tabs() -> list[tuple[str, str]]:
    names = (_("By engineer"), _("By unit"), _("By project"), _("By supervisor"))
    return [(one.value, name) for one, name in zip(PUBLISHED_BY, names, strict=True)]
