"""Statutory days: which years are known, and entering the next one from its notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.contracts.services import enter_statutory_year
from yinuo.domains.contracts.services.statutory import FURTHEST_AHEAD, ZONE
from yinuo.domains.contracts.statutory import YearRow, list_years
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.planfile.statutory_notice import UnreadableNotice, read_notice
from yinuo.platform.errors import InvalidInput
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.views.admin.forms import StatutoryYearForm

ADDRESS = "console:settings_holidays"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Run:
    """Days that follow one another; both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class YearShown:
    """A year with its days off as runs."""

    row: YearRow
    off: tuple[Run, ...]


@require_GET
@page
def holidays(request: HttpRequest) -> HttpResponse:
    """Last year, this year and the next two."""
    actor = actor_of(request)
    this_year = _this_year(timezone.now())
    rows = list_years(actor, this_year - 1, this_year + FURTHEST_AHEAD)
    context = {
        "years": [YearShown(row, runs(row.off)) for row in rows],
        "may_enter": actor.may(Permission.PLAN_PUBLISH),
    }
    return render(request, "console/admin/holidays.html", context)


@require_http_methods(["GET", "POST"])
@page
def enter(request: HttpRequest) -> HttpResponse:
    """Enter or correct a year."""
    actor = actor_of(request)
    require(actor, Permission.PLAN_PUBLISH)
    this_year = _this_year(timezone.now())
    years = [str(this_year + ahead) for ahead in range(FURTHEST_AHEAD + 1)]
    asked = request.GET.get("year", "")
    initial = {"year": asked if asked in years else years[1]}
    form = StatutoryYearForm(posted(request), years=years, initial=initial)

    def save() -> UUID:
        given = form.values()
        try:
            days = read_notice(given["days"], int(given["year"]))
        except UnreadableNotice as error:
            message = _("“%(statement)s” cannot be read: give days and whether they are off.")
            raise InvalidInput({"days": message % {"statement": error.statement[:80]}}) from error
        row = enter_statutory_year(
            actor=actor, days=days, source=given["source"], now=timezone.now()
        )
        return row.public_id

    address = reverse(ADDRESS)
    return form_page(
        request,
        FormPage(
            title=_("Enter the days of a year"),
            form=form,
            route="console.statutory_year.enter",
            save=save,
            done=lambda _made: address,
            back=Link(address, _("Statutory days")),
            lead=_("Running promises are computed anew with these days; what has ended stays."),
            saved=_("The days are entered. Workers now compute the running promises anew."),
        ),
    )


def runs(days: Sequence[date]) -> tuple[Run, ...]:
    """Days in order, those that follow one another together."""
    return tuple(_runs(sorted(days)))


def _runs(days: Iterable[date]) -> Iterable[Run]:
    first: date | None = None
    last: date | None = None
    for day in days:
        if first is None or last is None or day != last + ONE_DAY:
            if first is not None and last is not None:
                yield Run(first, last)
            first = day
        last = day
    if first is not None and last is not None:
        yield Run(first, last)


def _this_year(now: datetime) -> int:
    return now.astimezone(ZONE).year
