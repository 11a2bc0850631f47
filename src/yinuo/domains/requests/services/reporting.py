"""Recording a step by its form; the state follows from the table of steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.requests.answers import Answers, read_answers
from yinuo.domains.requests.asking import asked_by_plan, is_unanswered, stops_by_reason
from yinuo.domains.requests.filing import require_whole
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import right_for_step
from yinuo.domains.requests.reopening import require_reopenable
from yinuo.domains.requests.services.recording import (
    LATE_REASON,
    check_not_merged,
    locked_request,
    occurred_at,
    require_late_reason,
    state_facts,
)
from yinuo.domains.requests.standing import counting, standing_of
from yinuo.domains.requests.types import Report, StepFact
from yinuo.kernel.states import PAUSED
from yinuo.kernel.steps import Consequence, FieldType, StepField, following, preceding
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import writing

LATE_FIELD = StepField(LATE_REASON, FieldType.TEXT)


def report_fact(
    *,
    actor: Actor,
    request_id: object,
    report: Report,
    source: str,
    version: int | None = None,
    now: datetime,
) -> Request:
    """Record a step that occurred on a request and compute its promises anew.

    A step may state more facts at its instant: advice by phone that solved it also answers and
    restores. Raises IllegalMove when the state does not allow it, Conflict when `version` is given
    and stale, InvalidInput per field, Forbidden without the right.
    """
    with writing(actor=actor, now=now) as work:
        request = locked_request(actor, request_id)
        require(actor, right_for_step(report.kind), request.unit_id)
        check_not_merged(request)
        asked = asked_by_plan(request.plan_version_id)
        if report.kind not in asked:
            raise InvalidInput({"kind": _("There is no such step.")})
        known = counting(facts_of_subject(request.public_id))
        at = occurred_at(report.occurred_at, request, known, now)
        answers = read_answers((*asked[report.kind], LATE_FIELD), report.values)
        require_late_reason(at, answers.words, now)
        _check(report.kind, request, answers)
        if report.kind == "reopened":
            require_reopenable(request, known, at)
        if report.kind == "archived":
            require_whole(request, known)
        return state_facts(
            request,
            _facts(report.kind, request, answers, at),
            source=source,
            work=work,
            version=version,
            reason=answers.words.get("reason", ""),
            act=report.kind,
        )


def _check(kind: str, request: Request, answers: Answers) -> None:
    if kind != PAUSED:
        return
    stop = stops_by_reason(request.plan_version_id).get(answers.attrs["reason"])
    if stop is not None and stop.proof and "proof" not in answers.words:
        raise InvalidInput(
            {"proof": _("The clock stops for this reason only with proof: name it.")}
        )


def _facts(kind: str, request: Request, answers: Answers, at: datetime) -> list[StepFact]:
    """The step with what it states before and after itself, in order, at one instant.

    Kinds that only some plans know are stated where a clause of this plan waits for them.
    """
    attrs: dict[str, Any] = dict(answers.attrs)
    if kind == PAUSED and "proof" in answers.words:
        # What the proof is stands with the words; the clause asks whether there is one.
        attrs["proof"] = True
    asked: Mapping[str, Any] = asked_by_plan(request.plan_version_id)
    before = preceding(kind, is_unanswered=is_unanswered(standing_of(request)))
    after = following(kind, str(attrs.get("result", "")))
    own = StepFact(kind, at, attrs, answers.words, answers.shown)
    return [
        *(_stated(one, at) for one in before if one.kind in asked),
        own,
        *(_stated(one, at) for one in after if one.kind in asked),
    ]


def _stated(one: Consequence, at: datetime) -> StepFact:
    return StepFact(one.kind, at, dict(one.attrs))
