"""Publishing the count of a month, once; what changes afterwards is a difference later."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from yinuo.domains.feedback.answer_models import Answer
from yinuo.domains.feedback.fair_models import AppealDecision, ScoredCase
from yinuo.domains.feedback.publication_models import PublishedScore, ScorePublication
from yinuo.domains.feedback.publishing import (
    CELL,
    Cells,
    differing,
    fresh_cells,
    groups_of,
    published_cells,
    rows_of,
)
from yinuo.domains.feedback.services.reckoning import AT_ONCE, reckon_cases
from yinuo.domains.feedback.weighing import present_weighing
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import headquarters_id
from yinuo.domains.network.types import Actor
from yinuo.kernel.instants import shift_date
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing

# Whoever changes what is counted shares this lock; whoever publishes holds it alone.
_LOCK = 0x5C0E


def count_stands_still(*, alone: bool = False) -> None:
    """Hold the count until the step ends: shared by those who change it, alone to publish it."""
    shared = "" if alone else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{shared}(%s)", [_LOCK])  # no input


def publish_month(*, actor: Actor, month: date, now: datetime) -> ScorePublication:
    """Publish what a month came to, with the differences of all months published before.

    For the whole company, so at headquarters. Raises Forbidden, InvalidInput for a month that is
    not over, IllegalMove for one that was published.
    """
    require(actor, Permission.SCORE_PUBLISH, headquarters_id())
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    if month.day != 1 or shift_date(month, months=1) > today:
        raise InvalidInput({"month": _("Choose a month that is over.")})
    with writing(actor=actor, now=now) as work:
        count_stands_still(alone=True)
        if ScorePublication.objects.filter(month=month).exists():
            raise IllegalMove(_("This month has been published already."))
        _reckon_month(month)
        before = list(ScorePublication.objects.values_list("month", flat=True))
        publication = ScorePublication.objects.create(
            month=month,
            published_at=now,
            published_by=actor.label[:80],
            weights=present_weighing().number,
            last_answer_id=Answer.objects.aggregate(last=Max("pk"))["last"] or 0,
            last_decision_id=AppealDecision.objects.aggregate(last=Max("pk"))["last"] or 0,
        )
        known = published_cells(before)
        units = actor.units_for(Permission.SCORE_PUBLISH)
        changed = {one: differing(fresh_cells(one), known[one]) for one in before}
        PublishedScore.objects.bulk_create(
            _rows(publication, {month: fresh_cells(month), **changed}, units), batch_size=1_000
        )
        work.audit("score.publish", publication, after={"month": f"{month:%Y-%m}"})
        work.emit("score.published", publication, {"month": f"{month:%Y-%m}"})
        return publication


def _rows(
    publication: ScorePublication, months: dict[date, Cells], units: Collection[int]
) -> Iterator[PublishedScore]:
    for month, cells in months.items():
        for name, group in {CELL: cells, **groups_of(cells, units)}.items():
            for row in rows_of(name, group):
                row.publication, row.of_month = publication, month
                yield row


def _reckon_month(month: date) -> None:
    """Bring the cases of a month to the weights that count now; those of older times are made."""
    within = {"case_on__gte": month, "case_on__lt": shift_date(month, months=1)}
    ready = ScoredCase.objects.filter(weights=present_weighing().number, **within)
    answers = Answer.objects.filter(counts=True, engineer__isnull=False, **within)
    left = answers.exclude(case_id__in=ready.values("case_id")).order_by("case_id")
    ids = list(left.values_list("case_id", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        reckon_cases(ids[start : start + AT_ONCE])
