"""Phoning a customer back (LV-06): reached or not, done, satisfied, what he says."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.feedback.answer_types import NewAnswer
from yinuo.domains.feedback.models import CallBack
from yinuo.domains.feedback.selectors import call_back_view
from yinuo.domains.feedback.services.answers import case_of_request, keep_answer
from yinuo.domains.feedback.types import CallBackAnswers, CallBackView
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.report_forms import plan_of
from yinuo.domains.requests.reports import RESTORED
from yinuo.domains.requests.services import record_steps
from yinuo.domains.requests.services.recording import check_not_merged
from yinuo.domains.requests.standing import counting
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.reports import Satisfaction, points_of
from yinuo.kernel.scoring import Source
from yinuo.kernel.states import RequestState
from yinuo.kernel.work_states import WorkOrderState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.scoped import one_of

CALLED, TRIED = "called_back", "call_back_tried"
OPINION_LENGTH = 4_000
NAME_LENGTH = 80
# Sheets that came back and wait for the call.
_BACK = [state.value for state in (WorkOrderState.SIGNED, WorkOrderState.RETURNED)]
_FILED = WorkOrderState.FILED.value


def record_call_back(
    *, actor: Actor, request_id: object, answers: CallBackAnswers, source: str, now: datetime
) -> CallBackView:
    """Record an attempt to phone a customer back after the repair.

    Reached, it is stated on the request and on its returned sheets, whose promises it keeps; not
    reached, it is kept as an attempt and the request stays on the list. Raises IllegalMove before
    the request is restored, InvalidInput per field, NotFound for a request the actor does not see.
    """
    with writing(actor=actor, now=now) as work:
        seen = visible_requests(actor).select_for_update(of=("self",))
        request = one_of(seen, request_id)
        require(actor, Permission.CALL_BACK_WRITE, request.unit_id)
        check_not_merged(request)
        if RequestState(request.state) not in RESTORED:
            raise IllegalMove(_("Report the request as restored first."))
        _check(answers)
        points = _points(answers, plan_of(request))
        at = answers.occurred_at or now
        _require_after_repair(at, request.public_id)
        words = {"spoken_to": answers.spoken_to, "text": answers.opinion}
        words["late_reason"] = answers.late_reason
        attrs = _attributes(answers, points)
        fact = StepFact(CALLED if answers.reached else TRIED, at, attrs, words)
        record_steps(
            actor=actor, request_id=request.public_id, facts=[fact], source=source, now=now
        )
        if answers.reached:
            _state_on_sheets(request.pk, min(at, now), source, work, actor)
        row = _row(request.pk, answers, points, min(at, now), work)
        if answers.reached:
            _keep_answer(request, row, work)
        return call_back_view(row, request.public_id)


def _keep_answer(request: Any, row: CallBack, work: Work) -> None:
    """What was said counts among the answers of the case; bad news goes to the screens."""
    assert row.points is not None  # the database lets nobody be reached without an opinion
    new = NewAnswer(
        source=Source.CALL_BACK,
        source_id=row.public_id,
        satisfaction=row.satisfaction,
        points=row.points,
        said_by=row.spoken_to,
        opinion=row.opinion,
        given_at=row.made_at,
    )
    keep_answer(case_of_request(request, row.made_at), new, work=work)
    if row.satisfaction == Satisfaction.DISSATISFIED:
        work.emit("call_back.dissatisfied", row, {"request": str(request.public_id)})


def _check(answers: CallBackAnswers) -> None:
    problems: dict[str, str] = {}
    if answers.reached:
        if answers.done is None:
            problems["done"] = _("Ask whether everything is done.")
        if answers.satisfaction not in set(Satisfaction):
            problems["satisfaction"] = _("Ask how satisfied the customer is.")
        if answers.satisfaction == Satisfaction.DISSATISFIED and not answers.opinion.strip():
            problems["opinion"] = _("Write down what the customer is not satisfied with.")
    else:
        for name in ("done", "satisfaction", "spoken_to"):
            if getattr(answers, name) not in (None, ""):
                problems[name] = _("Nobody was reached: leave this empty.")
    problems |= _too_long(answers)
    if problems:
        raise InvalidInput(problems)


def _too_long(answers: CallBackAnswers) -> dict[str, str]:
    problems: dict[str, str] = {}
    if len(answers.spoken_to) > NAME_LENGTH:
        problems["spoken_to"] = _("Use at most 80 characters.")
    for name in ("opinion", "late_reason"):
        if len(getattr(answers, name)) > OPINION_LENGTH:
            problems[name] = _("Use at most 4,000 characters.")
    return problems


def _require_after_repair(at: datetime, subject_id: UUID) -> None:
    if at.tzinfo is None:
        raise InvalidInput({"occurred_at": _("Give the time with its zone, such as +08:00.")})
    facts = counting(facts_of_subject(subject_id))
    restored = [fact.occurred_at for fact in facts if fact.kind == "restored"]
    if restored and at < restored[-1].replace(second=0, microsecond=0):
        raise InvalidInput({"occurred_at": _("This is before the request was restored.")})


def _points(answers: CallBackAnswers, plan: Plan | None) -> Decimal | None:
    return points_of(plan, Satisfaction(answers.satisfaction)) if answers.reached else None


def _attributes(answers: CallBackAnswers, points: Decimal | None) -> dict[str, object]:
    if not answers.reached:
        return {}
    return {
        "satisfaction": answers.satisfaction,
        "points": str(points),
        "done": bool(answers.done),
    }


def _state_on_sheets(request_pk: int, at: datetime, source: str, work: Work, actor: Actor) -> None:
    """The call is about the sheets too: their own promise of it, if the plan has one, is kept."""
    sheets = visible_work_orders(actor).filter(request_id=request_pk, state__in=[*_BACK, _FILED])
    for public_id in sheets.order_by("id").values_list("public_id", flat=True):
        record_facts(public_id, [NewFact(CALLED, at, source)], actor=actor, now=work.now)


def _row(
    request_pk: int, answers: CallBackAnswers, points: Decimal | None, at: datetime, work: Work
) -> CallBack:
    row = CallBack(
        request_id=request_pk,
        made_at=at,
        recorded_at=work.now,
        made_by=work.actor.label,
        reached=answers.reached,
        done=answers.done,
        satisfaction=answers.satisfaction,
        points=points,
        spoken_to=answers.spoken_to.strip(),
        opinion=answers.opinion.strip(),
    )
    work.add(row)
    work.audit("call_back.record", row, after={"reached": row.reached})
    return row
