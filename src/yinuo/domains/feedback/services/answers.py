"""Keeping answers: each once, and of every case the one that counts by the stated rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.feedback.answer_models import Answer
from yinuo.domains.feedback.answer_types import Case, NewAnswer
from yinuo.domains.feedback.services.complaining import open_of_answer
from yinuo.domains.feedback.services.publishing import count_stands_still
from yinuo.domains.feedback.services.reckoning import reckon_cases
from yinuo.domains.fieldwork.signed import SignedSheet, last_signed
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.kernel.scoring import Given, Source, counting_answer
from yinuo.platform.database.holding import hold
from yinuo.platform.journal.work import Work


def case_of_request(request: Any, at: datetime) -> Case:
    """What an answer about a request is about: its last sheet signed by then, else itself."""
    sheet = last_signed(request.pk, at)
    if sheet is not None:
        return case_of_sheet(sheet)
    return Case(
        public_id=request.public_id,
        on=at.astimezone(ZoneInfo(settings.TIME_ZONE)).date(),
        request_pk=request.pk,
        customer_id=request.customer_id,
        project_id=request.asset.project_id if request.asset else None,
        unit_id=request.unit_id,
        engineer_id=None,
    )


def case_of_sheet(sheet: SignedSheet) -> Case:
    """The case of a signed sheet: it counts for who did the work, on the day of the signature."""
    return Case(
        public_id=sheet.work_order_public_id,
        on=sheet.signed_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date(),
        request_pk=sheet.request_pk,
        customer_id=sheet.customer_id,
        project_id=sheet.project_id,
        unit_id=sheet.unit_id,
        engineer_id=sheet.engineer_id,
    )


def keep_answer(case: Case, new: NewAnswer, *, work: Work) -> Answer | None:
    """Take an answer down and say which of its case counts now; None when it was taken before.

    Holds the case until the step ends, so that two answers at once leave one that counts.
    """
    count_stands_still()
    hold([str(case.public_id)])
    known = list(Answer.objects.filter(case_id=case.public_id).order_by("pk"))
    if Answer.objects.filter(source=new.source.value, source_id=new.source_id).exists():
        return None
    answer = Answer.objects.create(
        source=new.source.value,
        source_id=new.source_id,
        case_id=case.public_id,
        case_on=min([case.on, *(one.case_on for one in known)]),
        request_id=case.request_pk,
        customer_id=case.customer_id,
        project_id=case.project_id,
        unit_id=case.unit_id,
        engineer_id=case.engineer_id,
        left_out=any(one.left_out for one in known),
        satisfaction=new.satisfaction,
        points=new.points,
        channel=new.channel,
        said_by=new.said_by,
        opinion=new.opinion,
        given_at=new.given_at,
        recorded_at=work.now,
        recorded_by=work.actor.label,
    )
    _settle([*known, answer])
    if case.engineer_id is not None:
        reckon_cases([case.public_id])
    shown = {"source": new.source.value, "satisfaction": new.satisfaction}
    work.audit("answer.record", answer, after=shown)
    if new.satisfaction == Satisfaction.DISSATISFIED:
        open_of_answer(answer, case, work)
    return answer


def _settle(answers: list[Answer]) -> None:
    """Let the one that the rule chooses count, and no other."""
    chosen = counting_answer((given_of(one) for one in answers), order_of_sources())
    wrong = [one.pk for one in answers if one.counts and one.pk != getattr(chosen, "number", None)]
    if wrong:
        Answer.objects.filter(pk__in=wrong).update(counts=False)
    if chosen is not None:
        Answer.objects.filter(pk=chosen.number, counts=False).update(counts=True)
    for one in answers:
        one.counts = chosen is not None and one.pk == chosen.number


def order_of_sources() -> tuple[Source, ...]:
    """The order in which sources lead, as the company has set it."""
    return tuple(Source(one) for one in settings.ANSWER_SOURCES)


def given_of(row: Answer) -> Given:
    """An answer as the rule reads it."""
    return Given(row.pk, Source(row.source), Satisfaction(row.satisfaction), row.given_at)
