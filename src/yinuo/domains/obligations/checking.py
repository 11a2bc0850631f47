"""Whether what is stored equals a fresh computation; for the check of an installation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.computing import evaluated
from yinuo.domains.obligations.joining import joint_values
from yinuo.domains.obligations.models import (
    LIVE,
    FactRow,
    JointExposure,
    ObligationRow,
    SubjectRow,
)
from yinuo.domains.obligations.services.storing import MONEY, costs_of_subject, money_values

AT_ONCE = 500


class WrongJoint(NamedTuple):
    """A contract whose stored joint exposure is not what computing it anew gives."""

    contract_id: int
    stored: dict[str, Any]
    fresh: dict[str, Any]


def wrong_joint_exposure(*, now: datetime) -> list[WrongJoint]:
    """Contracts whose joint exposure differs from one computed at `now`; reads every case of them.

    What waits for a worker, itself or one of its promises, is left out: it is about to be computed.
    """
    due = ObligationRow.objects.filter(contract_id=OuterRef("contract_id"), next_at__lte=now)
    found = []
    for row in JointExposure.objects.filter(~Exists(due), done=F("marks")).order_by("pk"):
        fresh = joint_values(row.contract_id, now)
        stored = {name: getattr(row, name) for name in fresh}
        if stored != fresh:
            found.append(WrongJoint(row.contract_id, stored, fresh))
    return found


def forgotten_subjects() -> list[UUID]:
    """Subjects with live promises that a new table of statutory days would pass over."""
    live = ObligationRow.objects.filter(LIVE, subject_id=OuterRef("subject_id"))
    passed_over = SubjectRow.objects.filter(Exists(live), holidays=None)
    return list(passed_over.order_by("pk").values_list("subject_id", flat=True))


class WrongMoney(NamedTuple):
    """A promise whose stored money is not what computing it anew gives."""

    public_id: UUID
    stored: dict[str, Any]
    fresh: dict[str, Any]


def wrong_money(*, now: datetime) -> list[WrongMoney]:
    """Promises whose stored exposure differs from one computed at `now`; reads everything.

    What is due by now and waits for a worker is left out: it is about to be computed.
    """
    found: list[WrongMoney] = []
    computed = SubjectRow.objects.filter(plan_version_id__isnull=False, terms_changed=False)
    subjects = computed.order_by("pk")
    last = 0
    while some := list(subjects.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        found.extend(_wrong_of(some, now))
    return found


def _wrong_of(subjects: Sequence[SubjectRow], now: datetime) -> Iterator[WrongMoney]:
    ids = [one.subject_id for one in subjects]
    facts: dict[UUID, list[FactRow]] = {one: [] for one in ids}
    for fact in FactRow.objects.filter(subject_id__in=ids).order_by("id"):
        facts[fact.subject_id].append(fact)
    rows: dict[UUID, list[ObligationRow]] = {one: [] for one in ids}
    for row in ObligationRow.objects.filter(subject_id__in=ids):
        rows[row.subject_id].append(row)
    for subject in subjects:
        mine = rows[subject.subject_id]
        if not any(row.next_at is not None and row.next_at <= now for row in mine):
            binding = binding_of(subject)
            evaluation = evaluated(binding, facts[subject.subject_id], now)
            costs = costs_of_subject(binding, evaluation)
            for row in mine:
                fresh = money_values(costs.get((row.clause, row.position)))
                stored = {name: getattr(row, name) for name in (*MONEY, "price_unknown")}
                if stored != fresh:
                    yield WrongMoney(row.public_id, stored, fresh)
