"""Trainings of people month by month, as appraisal takes them in (MS-02)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from yinuo.domains.network.types import Actor
from yinuo.domains.trainings.policies import visible_participants, visible_trainings
from yinuo.domains.trainings.types import TOOK_PLACE, TrainingOutcome


@dataclass(frozen=True, slots=True)
class Trained:
    """How many trainings somebody came to and passed, and how many he gave."""

    came: int = 0
    passed: int = 0
    given: int = 0


def trainings_by_month(
    actor: Actor, since: datetime, until: datetime, person_ids: Collection[int]
) -> dict[tuple[int, date], Trained]:
    """Visible trainings that took place, by the month they began; two statements."""
    took = {"state__in": TOOK_PLACE, "began_at__gte": since, "began_at__lt": until}
    absent = [TrainingOutcome.EXPECTED.value, TrainingOutcome.ABSENT.value]
    parts = visible_participants(actor).filter(
        person_id__in=person_ids, **{f"training__{name}": value for name, value in took.items()}
    )
    months = parts.annotate(month=TruncMonth("training__began_at")).order_by()
    came = months.exclude(outcome__in=absent).values_list("person_id", "month")
    passed = Count("pk", filter=Q(outcome=TrainingOutcome.PASSED), distinct=True)
    found: dict[tuple[int, date], Trained] = defaultdict(Trained)
    for person, month, number, good in came.annotate(n=Count("pk", distinct=True), good=passed):
        if person is not None:
            found[person, month.date()] = Trained(number, good)
    gave = visible_trainings(actor).filter(trainer_id__in=person_ids, **took)
    given = gave.annotate(month=TruncMonth("began_at")).order_by()
    for person, month, number in given.values_list("trainer_id", "month").annotate(
        n=Count("pk", distinct=True)
    ):
        key = person, month.date()
        found[key] = replace(found[key], given=number)
    return dict(found)
