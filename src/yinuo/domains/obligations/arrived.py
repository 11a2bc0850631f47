"""Promises to be on site as they came out: how long they gave, how late it was, counted in the
hours of their clause. For weighing what was in whose hands; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.obligations.arrival import ON_SITE
from yinuo.domains.obligations.models import ChangeRow, ObligationRow, SubjectRow
from yinuo.kernel.calendars import Calendar

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class KeptArrival:
    """A promise of arrival that is over: when it began, was due, was made good."""

    started_at: datetime
    due_at: datetime
    ended_at: datetime
    calendar: Calendar | None

    def minutes(self, since: datetime, until: datetime) -> int:
        """Whole minutes between two instants in the hours of the promise; 0 when not in order."""
        if until <= since:
            return 0
        time = self.calendar.elapsed(since, until) if self.calendar else until - since
        return time // _MINUTE


def kept_arrivals(subject_ids: Iterable[UUID]) -> dict[UUID, list[KeptArrival]]:
    """Those of the subjects that came to an end, the earliest due first; two statements.

    The caller has checked the subjects.
    """
    ids = list(subject_ids)
    rows = ObligationRow.objects.filter(
        subject_id__in=ids,
        promise__in=ON_SITE,
        state__in=("met", "missed"),
        started_at__isnull=False,
        due_at__isnull=False,
        ended_at__isnull=False,
    )
    zones = dict(SubjectRow.objects.filter(subject_id__in=ids).values_list("subject_id", "zone"))
    found: dict[UUID, list[KeptArrival]] = {one: [] for one in ids}
    for row in rows.order_by("due_at"):
        if row.started_at and row.due_at and row.ended_at:
            calendar = _calendar(row, zones.get(row.subject_id, ""))
            one = KeptArrival(row.started_at, row.due_at, row.ended_at, calendar)
            found[row.subject_id].append(one)
    return found


def changes_after(number: int, at_most: int) -> list[tuple[int, UUID, datetime]]:
    """Changes of promises after this one as (number, subject, when), in order; for the product."""
    rows = ChangeRow.objects.filter(pk__gt=number).order_by("pk")
    return list(rows.values_list("pk", "subject_id", "at")[:at_most])


def _calendar(row: ObligationRow, zone: str) -> Calendar | None:
    evaluator = compiled_plan(row.plan_version_id)
    clause = evaluator.plan.clause(row.clause)
    return evaluator.calendars.of(clause.calendar, zone if clause.local_time else "")
