"""`questions:` and `sheets:` of a plan: what is asked when a case is taken in, how visits end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yinuo.kernel.plan.guiding import Answer, Question, SheetResult
from yinuo.kernel.plan.selectors import ALWAYS
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.messages import Message
from yinuo.planfile.shapes import (
    CODE,
    BadValueError,
    Bilingual,
    Key,
    Known,
    ListOf,
    Reader,
    Record,
    String,
    Values,
    YesNo,
)

MOST_QUESTIONS, MOST_ANSWERS, MOST_RESULTS = 60, 30, 20
# What facts carry under these names already.
TAKEN = frozenset(
    [
        "level",
        "category",
        "contract",
        "asset",
        "site",
        "customer",
        "project",
        "order",
        "request",
        "work_order",
        "visit",
        "unit",
        "timezone",
        "until",
        "reason",
        "proof",
        "id",
        "supersedes",
        "by",
        "words",
        "cover",
        "channel",
        "request_kind",
        "asset_class",
    ]
)
_CODE = String("a code such as serious", CODE)


def _answer(values: Values, reader: Reader) -> Answer:
    code = values.get("code")
    return Answer(
        code,
        values.get("title", Text(code, code)),
        values.get("definition", EMPTY),
        values.get("level", ""),
        values.get("category", ""),
    )


_ANSWER = Record(
    "an answer",
    {
        "code": Key(_CODE, "the word kept with the case", True),
        "title": Key(Bilingual(), "the answer"),
        "definition": Key(Bilingual(), "what it means"),
        "level": Key(Known("selector:level", "a level of this plan"), "the level it speaks for"),
        "category": Key(
            Known("selector:category", "a category of this plan"), "the category it speaks for"
        ),
    },
    _answer,
)


def _question(values: Values, reader: Reader) -> Question:
    code: str = values.get("code")
    answers: tuple[Answer, ...] = values.get("values")
    _check_once(values, "values", answers, MOST_ANSWERS)
    if code in TAKEN:
        message = Message('"{code}" has a meaning of its own in facts', code=code)
        raise BadValueError(values.at("code"), "bad_value", message)
    known = reader.words.get(f"selector:{code}")
    strange = [one.code for one in answers if known is not None and one.code not in known]
    if strange:
        message = Message('"{text}" is no value of the selector {name}', text=strange[0], name=code)
        raise BadValueError(values.at("values"), "unknown_value", message)
    return Question(code, values.get("title"), answers, values.get("applies_to", ALWAYS))


_QUESTION = Record(
    "a question",
    {
        "code": Key(_CODE, "its name; that of a selector sets the selector", True),
        "title": Key(Bilingual(), "what is asked", True),
        "applies_to": Key(ConditionShape(), "selectors that must fit; left out: always asked"),
        "values": Key(ListOf(_ANSWER), "the answers to choose from", True),
    },
    _question,
)


class Questions(ListOf):
    """The questions of a plan, each code once."""

    def read(self, node: Any, reader: Reader) -> tuple[Any, ...]:
        questions = super().read(node, reader)
        _refuse_twice(node, questions, MOST_QUESTIONS)
        return questions


QUESTIONS = Questions(_QUESTION)


def _result(values: Values, reader: Reader) -> SheetResult:
    code, holds = values.get("code"), values.get("holds", "")
    if holds:
        reader.nodes[f"result:{code}"] = values.at("holds")
    return SheetResult(
        code, values.get("title"), values.get("done", False), values.get("asks_why", False), holds
    )


_RESULT = Record(
    "a result of a visit",
    {
        "code": Key(_CODE, "its name in files and answers", True),
        "title": Key(Bilingual(), "how it reads on the sheet", True),
        "done": Key(YesNo(), "the work asked for is done; left out: no"),
        "asks_why": Key(YesNo(), "the reason is written in words; left out: no"),
        "holds": Key(_CODE, "a fact: recurring promises of the contract count the visit as it"),
    },
    _result,
)


def _sheets(values: Values, reader: Reader) -> tuple[SheetResult, ...]:
    results: tuple[SheetResult, ...] = values.get("results")
    _check_once(values, "results", results, MOST_RESULTS)
    if not any(one.is_done for one in results):
        raise BadValueError(values.at("results"), "missing_key", "no result says that it is done")
    return results


SHEETS = Record(
    "the work sheets",
    {"results": Key(ListOf(_RESULT), "how a visit may end", True)},
    _sheets,
)


def _check_once(values: Values, key: str, items: Sequence[Any], most: int) -> None:
    _refuse_twice(values.at(key), items, most)


def _refuse_twice(node: Any, items: Sequence[Any], most: int) -> None:
    codes = [one.code for one in items]
    if len(set(codes)) != len(codes):
        raise BadValueError(node, "duplicate_id", "a value is written twice")
    if len(codes) > most:
        raise BadValueError(node, "bad_value", Message("at most {most} of them", most=most))
