"""Visits of salespeople month by month, as appraisal takes them in (MS-05)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.policies import visible_due_visits
from yinuo.domains.prevention.types import SeriesKind, Standing


@dataclass(frozen=True, slots=True)
class SalesVisits:
    """How many visits fell due, and how many of them were held."""

    due: int
    held: int


def sales_visits_by_month(
    actor: Actor, since: date, until: date, person_ids: Collection[int]
) -> dict[tuple[int, date], SalesVisits]:
    """Visible visits of series these people see to, by the month they fall due; those let off
    count neither way. One statement."""
    rows = visible_due_visits(actor).filter(
        series__kind=SeriesKind.SALES,
        series__person_id__in=person_ids,
        due_on__gte=since,
        due_on__lt=until,
    )
    months = rows.exclude(state=Standing.SKIPPED).annotate(month=TruncMonth("due_on")).order_by()
    counted = months.values_list("series__person_id", "month").annotate(
        due=Count("pk"), held=Count("pk", filter=Q(state=Standing.HELD))
    )
    return {(person, month): SalesVisits(due, held) for person, month, due, held in counted}
