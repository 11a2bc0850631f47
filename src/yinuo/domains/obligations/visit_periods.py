"""Visits that contracts promise by the period, as computed: for planning them, not for showing.

The caller is the product itself, or has scoped the contracts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.contracts.plans import compiled_plan, version_ids
from yinuo.domains.obligations.contract_facts import CONTRACT
from yinuo.domains.obligations.contract_promises import held_of, make_good_within
from yinuo.domains.obligations.models import FigureRow, ObligationRow
from yinuo.domains.obligations.services.holding import duties_of
from yinuo.kernel.evaluation.results import State
from yinuo.kernel.plan.clauses import Outreach, Recurring
from yinuo.kernel.plan.limits import DAYS, Amount
from yinuo.kernel.plan.periods import PeriodKind
from yinuo.kernel.plan.selectors import OneOf
from yinuo.kernel.plan.text import Text

# What is done by going to the customer without being called.
GOING = frozenset({"visited", "inspected", "maintained", "calibrated"})


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many days before a visit a step is taken: from so many on, at the latest so many."""

    most: int
    least: int
    fact: str


@dataclass(frozen=True, slots=True)
class VisitDuty:
    """A promise that somebody comes, time and again; `kind` is the fact that keeps it.

    `steps` are those the clause asks for before each visit, in its order.
    """

    clause: str
    number: str
    title: Text
    text: Text
    kind: str
    by_season: bool
    roles: frozenset[str]
    steps: tuple[Ahead, ...]
    make_up: Amount | None


@dataclass(frozen=True, slots=True)
class VisitPeriod:
    """One period of such a promise: by when, how many of how many were held, what a miss costs.

    `is_lost`: missed, and nothing done now counts for it any more.
    """

    obligation_id: UUID
    contract_id: int
    contract_public_id: UUID
    plan_version_id: int
    clause: str
    name: str
    begins_at: datetime
    due_at: datetime
    ended_at: datetime | None
    done: int
    times: int
    is_met: bool
    is_lost: bool
    make_good_until: datetime | None
    stake: Decimal


def visit_duties(plan_version_id: int) -> Mapping[str, VisitDuty]:
    """What contracts on a plan version promise to come for, by clause."""
    found = duties_of(compiled_plan(plan_version_id))
    return {one.id: _duty(one) for one in found if GOING.intersection(one.done.kinds)}


def periods_unknown(known: QuerySet[Any], now: datetime, at_most: int) -> list[VisitPeriod]:
    """Periods in which a visit is owed, whose promise (public id) is not among `known`; the first
    due leading. Three statements."""
    wanted = [
        Q(plan_version_id=version, clause__in=clauses)
        for version in version_ids()
        if (clauses := list(visit_duties(version)))
    ]
    if not wanted:
        return []
    rows = _of_contracts().filter(reduce(or_, wanted), state=State.RUNNING.value)
    fresh = rows.filter(due_at__gt=now).exclude(public_id__in=known)
    return _periods(list(fresh.order_by("due_at", "id")[:at_most]), now)


def periods_of(obligation_ids: Iterable[UUID], now: datetime) -> dict[UUID, VisitPeriod]:
    """How these promises stand. Two statements."""
    rows = _of_contracts().filter(public_id__in=list(obligation_ids))
    return {one.obligation_id: one for one in _periods(list(rows), now)}


def _of_contracts() -> QuerySet[ObligationRow]:
    # A step before a visit has the clause of the visit, but no contract's turn of its own.
    return ObligationRow.objects.filter(
        subject_type=CONTRACT, contract_id__isnull=False, due_at__isnull=False
    )


def _periods(rows: list[ObligationRow], now: datetime) -> list[VisitPeriod]:
    figures = FigureRow.objects.in_bulk([row.public_id for row in rows])
    found = []
    for row in rows:
        clause = compiled_plan(row.plan_version_id).plan.clause(row.clause)
        if isinstance(clause, Recurring) and row.promise == clause.promise:
            found.append(_period(row, clause, figures.get(row.public_id), now))
    return found


def _period(
    row: ObligationRow, clause: Recurring, figure: FigureRow | None, now: datetime
) -> VisitPeriod:
    assert row.due_at is not None
    assert row.contract_id is not None
    done, times = held_of(figure, row, clause)
    is_met = row.state == State.MET or row.ended_at is not None
    until = make_good_within(row, clause, figure, now)
    return VisitPeriod(
        obligation_id=row.public_id,
        contract_id=row.contract_id,
        contract_public_id=row.subject_id,
        plan_version_id=row.plan_version_id,
        clause=row.clause,
        name=figure.period if figure else "",
        begins_at=(figure.begins_at if figure else None) or row.started_at or row.due_at,
        due_at=row.due_at,
        ended_at=row.ended_at,
        done=(times or 1) if is_met else done or 0,
        times=times or clause.times,
        is_met=is_met,
        is_lost=row.state == State.VOID
        or (row.state == State.MISSED and not is_met and until is None),
        make_good_until=until,
        stake=(row.accrued or Decimal(0)) + (row.late_day or Decimal(0)),
    )


def _duty(clause: Recurring) -> VisitDuty:
    tests = [test for name, test in clause.done.where.tests if name == "role"]
    return VisitDuty(
        clause=clause.id,
        number=clause.number,
        title=clause.title,
        text=clause.text,
        kind=next(one for one in clause.done.kinds if one in GOING),
        by_season=clause.period is not None and clause.period.kind is PeriodKind.SEASON,
        roles=frozenset(role for test in tests if isinstance(test, OneOf) for role in test.values),
        steps=tuple(ahead for step in clause.outreach if (ahead := _ahead(step))),
        make_up=clause.make_up,
    )


def _ahead(step: Outreach) -> Ahead | None:
    """In days; a step that counts in hours is not planned by the day."""
    earliest = step.earliest or step.latest
    if step.latest.unit not in DAYS or earliest.unit not in DAYS:
        return None
    least = int(step.latest.number * DAYS[step.latest.unit])
    return Ahead(int(earliest.number * DAYS[earliest.unit]), least, step.fact)
