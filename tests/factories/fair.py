"""Cases of engineers as the fair score sees them: signed, answered, late by so much."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import time_machine
from tests.factories.company import Member
from tests.factories.promises import open_fault
from tests.factories.repairs import Repair
from tests.factories.work import PART, STROKES, advance, issue, step, take

from yinuo.domains.feedback.models import PublishedScore, ScoredCase, ScorePublication
from yinuo.domains.feedback.services import appeal_case, take_sheet_answers
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.network.models import Person, ServiceUnit


def sign_after(
    repair: Repair,
    began: datetime,
    *,
    given: timedelta,
    way: timedelta = timedelta(minutes=40),
    idle: timedelta = timedelta(0),
    satisfaction: str = "satisfied",
    by: Member | None = None,
) -> WorkOrder:
    """A serious fault reported at `began`: `given` later the engineer gets it, `idle` later he
    departs, `way` later he is there, works and has it signed."""
    engineer = by or repair.technician
    with time_machine.travel(began, tick=True):
        request = open_fault(repair.consultant, repair.customer, "serious")
        order = issue(repair.consultant, request)
    with time_machine.travel(began + given, tick=True):
        take(engineer, order)
        advance(engineer, order, "appointed")
    with time_machine.travel(began + given + idle, tick=True):
        step(engineer, order, "departed")
    there = began + given + idle + way
    with time_machine.travel(there, tick=True):
        step(engineer, order, "arrived")
        step(engineer, order, "worked")
        unsaid = ("speed",) if satisfaction == "dissatisfied" else ()
        part = replace(PART, satisfaction=satisfaction, dissatisfied_with=unsaid)
        step(engineer, order, "signed", part=part, strokes=STROKES)
    take_sheet_answers(now=there + timedelta(minutes=1))
    return order


def case_of(order: Any) -> ScoredCase:
    """The case of a sheet."""
    return ScoredCase.objects.get(case_id=order.public_id)


def make_case(by: Member, engineer: Member, request: Any) -> ScoredCase:
    """A case of the engineer, signed and answered just now."""
    order = issue(by, request)
    take(engineer, order)
    advance(engineer, order, "signed")
    take_sheet_answers(now=datetime.now(UTC))
    return case_of(order)


def make_appeal(by: Member, engineer: Member, request: Any) -> Any:
    """An appeal of the engineer against a case of his own."""
    case = make_case(by, engineer, request)
    now = datetime.now(UTC)
    return appeal_case(
        actor=engineer.actor, case_id=case.public_id, reason="客户要求改期，不是我迟到", now=now
    )


def make_published(unit: ServiceUnit, engineer: Person) -> PublishedScore:
    """What an engineer of a unit came to in a month, as it was published."""
    month, now = date(2020, 1, 1), datetime.now(UTC)
    about = {"weights": 1, "last_answer_id": 0, "last_decision_id": 0}
    publication = ScorePublication.objects.create(
        month=month, published_at=now, published_by="经理", **about
    )
    figures = {"cases": 1, "points": 5, "missing": 0, "difficulty_percent": 100}
    return PublishedScore.objects.create(
        publication=publication,
        of_month=month,
        grouping="engineer",
        engineer=engineer,
        unit=unit,
        counts={"very_satisfied": 1},
        **figures,
    )
