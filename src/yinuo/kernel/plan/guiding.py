"""What a plan has the consultant ask, and how its work sheets may end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yinuo.kernel.plan.selectors import ALWAYS, Condition, fits
from yinuo.kernel.plan.text import EMPTY, Text

if TYPE_CHECKING:
    from yinuo.kernel.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to choose, and the level and category it speaks for; empty for none."""

    code: str
    title: Text
    definition: Text = EMPTY
    level: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to ask where ``applies_to`` fits what is known of the case."""

    code: str
    title: Text
    answers: tuple[Answer, ...]
    applies_to: Condition = ALWAYS

    def answer(self, code: str) -> Answer | None:
        """The answer with this code, None when there is none."""
        return next((one for one in self.answers if one.code == code), None)


@dataclass(frozen=True, slots=True)
class SheetResult:
    """One way a visit may end. ``is_done``: the work asked for is done; ``asks_why``: in words.

    ``holds`` is the fact as which the contract's recurring promises count the visit; empty: none.
    """

    code: str
    title: Text
    is_done: bool = False
    asks_why: bool = False
    holds: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The level and category that answers speak for; empty where they say nothing."""

    level: str = ""
    category: str = ""


# LV-15; a plan may name its own.
USUAL_RESULTS = (
    SheetResult("done", Text("已完成", "Done"), is_done=True),
    SheetResult(
        "to_repair",
        Text("未完成：设备送修或更换", "Not done: the device goes to repair or exchange"),
    ),
    SheetResult("contact_again", Text("未完成：需再次联系", "Not done: must be contacted again")),
    SheetResult("other", Text("未完成：其他原因", "Not done: another reason"), asks_why=True),
)


def questions_for(plan: Plan | None, known: Mapping[str, Any]) -> tuple[Question, ...]:
    """The plan's questions that fit what is known: level, category, answers given so far …"""
    questions = plan.questions if plan else ()
    return tuple(one for one in questions if fits(one.applies_to, known))


def suggested(plan: Plan | None, answers: Mapping[str, str]) -> Suggestion:
    """What the answers speak for: the worst level among them, the category of the first one."""
    if plan is None:
        return Suggestion()
    chosen = [
        answer
        for question in plan.questions
        if (answer := question.answer(answers.get(question.code, ""))) is not None
    ]
    levels = {one.level for one in chosen}
    worst = next((one.code for one in plan.levels if one.code in levels), "")
    return Suggestion(worst, next((one.category for one in chosen if one.category), ""))


def results_of(plan: Plan | None) -> tuple[SheetResult, ...]:
    """How a visit under this plan may end; the usual four where it, or no plan, says nothing.

    >>> [one.code for one in results_of(None)]
    ['done', 'to_repair', 'contact_again', 'other']
    """
    return (plan.results if plan else ()) or USUAL_RESULTS


def result_named(results: Iterable[SheetResult], code: str) -> SheetResult | None:
    """The result with this code, None when there is none."""
    return next((one for one in results if one.code == code), None)
