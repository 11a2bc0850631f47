"""Guided questions of a plan: which fit a case, what was answered, what the answers speak for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.standing import counting
from yinuo.domains.requests.types import AnswerWord, AskedQuestion, GivenAnswer, Word
from yinuo.kernel.plan.guiding import Answer, Question, questions_for
from yinuo.kernel.plan.plan import Plan

# The fact that keeps answers: each under its question's code.
ANSWERED = "questions_answered"


def plan_of_version(plan_version_id: int | None) -> Plan | None:
    """The plan of a version; None without one."""
    return compiled_plan(plan_version_id).plan if plan_version_id else None


def answer_problems(plan: Plan | None, answers: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with answers, under `answers.` and the question's code."""
    known = {question.code: question for question in plan.questions} if plan else {}
    problems: dict[str, str] = {}
    for code, answer in answers.items():
        question = known.get(code)
        if question is None:
            problems[f"answers.{code}"] = _("The plan asks no such question.")
        elif answer and question.answer(answer) is None:
            problems[f"answers.{code}"] = _("Choose one of those offered.")
    return problems


def asked_questions(
    plan: Plan | None, known: Mapping[str, Any], answers: Mapping[str, str]
) -> tuple[AskedQuestion, ...]:
    """The questions that fit what is known of a case, each with the answer given so far."""
    found = questions_for(plan, {**known, **answers})
    return tuple(_asked(one, answers.get(one.code, "")) for one in found)


def every_question(plan: Plan | None) -> tuple[AskedQuestion, ...]:
    """All questions of a plan, whether or not they fit."""
    return tuple(_asked(one, "") for one in (plan.questions if plan else ()))


def answers_in(facts: Iterable[FactView]) -> dict[str, str]:
    """The newest answer to each question by the facts that count, in their order."""
    found: dict[str, str] = {}
    for fact in facts:
        if fact.kind == ANSWERED:
            found |= {name: value for name, value in fact.attrs.items() if isinstance(value, str)}
    return found


def answers_of(request_id: UUID, plan_version_id: int | None) -> tuple[GivenAnswer, ...]:
    """What was answered on a request, for those who work on it. The caller has checked it."""
    plan = plan_of_version(plan_version_id)
    if plan is None or not plan.questions:
        return ()
    return given_answers(plan, answers_in(counting(facts_of_subject(request_id))))


def given_answers(plan: Plan | None, answers: Mapping[str, str]) -> tuple[GivenAnswer, ...]:
    """Questions with what was answered, in the order and words of the plan."""
    pairs = (
        (question, question.answer(answers.get(question.code, "")))
        for question in (plan.questions if plan else ())
    )
    return tuple(
        GivenAnswer(question.code, _title(question), _word(answer))
        for question, answer in pairs
        if answer is not None
    )


def _asked(question: Question, given: str) -> AskedQuestion:
    return AskedQuestion(
        code=question.code,
        title_zh=question.title.zh,
        title_en=question.title.en,
        answers=tuple(AnswerWord(_word(one), one.level, one.category) for one in question.answers),
        given=given,
    )


def _title(question: Question) -> Word:
    return Word(question.code, question.title.zh, question.title.en)


def _word(answer: Answer) -> Word:
    return Word(
        answer.code,
        answer.title.zh,
        answer.title.en,
        answer.definition.zh,
        answer.definition.en,
    )
