"""Promises to be on site that still run for a case: what coming late would cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from yinuo.domains.obligations.models import ObligationRow

ON_SITE = ("on_site", "expert_on_site")


@dataclass(frozen=True, slots=True)
class PromisedArrival:
    """One such promise. `late` an hour, a day, a week late in money; None without a price."""

    due_at: datetime
    late: tuple[Decimal, Decimal, Decimal] | None


def promised_arrivals(subject_ids: Iterable[UUID]) -> list[PromisedArrival]:
    """Those of the subjects, the earliest due first. The caller has checked the subjects."""
    return [found for _subject, found in _arrivals(subject_ids)]


def arrivals_by_subject(subject_ids: Iterable[UUID]) -> dict[UUID, list[PromisedArrival]]:
    """The same for each subject that has any. One statement."""
    found: dict[UUID, list[PromisedArrival]] = defaultdict(list)
    for subject, one in _arrivals(subject_ids):
        found[subject].append(one)
    return found


def _arrivals(subject_ids: Iterable[UUID]) -> list[tuple[UUID, PromisedArrival]]:
    rows = ObligationRow.objects.filter(
        subject_id__in=list(subject_ids),
        promise__in=ON_SITE,
        ended_at__isnull=True,
        due_at__isnull=False,
        state__in=("running", "paused", "missed"),
    )
    columns = ("subject_id", "due_at", "late_hour", "late_day", "late_week")
    return [
        (subject, PromisedArrival(due_at, _late(hour, day, week)))
        for subject, due_at, hour, day, week in rows.order_by("due_at").values_list(*columns)
        if due_at
    ]


def _late(
    hour: Decimal | None, day: Decimal | None, week: Decimal | None
) -> tuple[Decimal, Decimal, Decimal] | None:
    if hour is None or day is None or week is None:
        return None
    return hour, day, week
