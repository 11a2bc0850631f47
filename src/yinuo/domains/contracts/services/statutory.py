"""Entering the statutory days of a year once they are published."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from yinuo.domains.contracts.models import StatutoryYearRow
from yinuo.domains.contracts.statutory import look_again
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.calendars import StatutoryYear, YearProblem, year_problems
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import writing

# The table is that of mainland China; its year begins there.
ZONE = ZoneInfo("Asia/Shanghai")
FURTHEST_AHEAD = 2
LONGEST_SOURCE = 200


def enter_statutory_year(
    *, actor: Actor, days: StatutoryYear, source: str, now: datetime
) -> StatutoryYearRow:
    """Enter or correct the days off and the worked weekend days of this or one of two next years.

    Workers then compute every running promise anew; what has ended stays as it was. `source` names
    the notice. Raises InvalidInput: `year`, `days` (each day that cannot be right), `source`.
    """
    require(actor, Permission.PLAN_PUBLISH)
    _check(days, source.strip(), now)
    with writing(actor=actor, now=now) as work:
        row = StatutoryYearRow.objects.create(
            year=days.year,
            off=sorted(days.off),
            worked=sorted(days.worked),
            source=source.strip(),
            entered_at=now,
            entered_by=actor.label,
        )
        after = {"year": days.year, "off": _listed(days.off), "worked": _listed(days.worked)}
        work.audit("statutory_year.enter", row, after=after | {"source": row.source})
        transaction.on_commit(look_again)
    return row


def _check(days: StatutoryYear, source: str, now: datetime) -> None:
    this_year = now.astimezone(ZONE).year
    problems = {}
    if not this_year <= days.year <= this_year + FURTHEST_AHEAD:
        message = _("Choose a year from %(first)d to %(last)d; what has passed stays as it was.")
        problems["year"] = message % {"first": this_year, "last": this_year + FURTHEST_AHEAD}
    wrong = year_problems(days)
    if wrong:
        problems["days"] = " ".join(_sentence(problem, day) for problem, day in wrong[:5])
    if not source or len(source) > LONGEST_SOURCE:
        problems["source"] = _("Name the notice it comes from, in at most 200 characters.")
    if problems:
        raise InvalidInput(problems)


def _sentence(problem: YearProblem, day: date) -> str:
    sentences = {
        YearProblem.OTHER_YEAR: _("%(day)s is not in this year."),
        YearProblem.OFF_AND_WORKED: _("%(day)s stands both as a day off and as a working day."),
        YearProblem.WORKED_ON_WEEKDAY: _("%(day)s is an ordinary weekday, no make-up day."),
        YearProblem.NOT_OFF: _("%(day)s is always off and is missing."),
    }
    return sentences[problem] % {"day": day.isoformat()}


def _listed(days: frozenset[date]) -> str:
    return " ".join(day.isoformat() for day in sorted(days))
