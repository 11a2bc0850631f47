"""The heading that every clause has, as written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from yinuo.kernel.plan.remedies import Remedy
from yinuo.kernel.plan.selectors import ALWAYS
from yinuo.kernel.plan.text import EMPTY
from yinuo.kernel.plan.words import OWERS, PROMISES, SUBJECT_KINDS
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.ladders import LadderShape
from yinuo.planfile.remedies import REMEDY
from yinuo.planfile.shapes import (
    CLAUSE_ID,
    CODE,
    Bilingual,
    Key,
    Known,
    ListOf,
    Number,
    Reader,
    String,
    Values,
    Word,
    YesNo,
)

CALENDAR = Known("calendars", "a calendar of this plan", also=("always",))
HEADING: dict[str, Key] = {
    "id": Key(
        String("an id such as on_site.serious", CLAUSE_ID),
        "name of the clause, unique in the plan",
        True,
    ),
    "kind": Key(
        String("a kind"),
        "deadline (left out), recurring, measure, coverage, warranty, level_change, statement",
    ),
    "number": Key(String(), "the clause's number in the contract"),
    "title": Key(Bilingual(), "a short name"),
    "text": Key(Bilingual(), "the promise in words"),
    "promise": Key(Word("promises", "a promise", PROMISES), "what is promised"),
    "slot": Key(String("a name", CODE), "keeps several promises of the same kind apart"),
    "subject": Key(
        Word("subjects", "a subject kind", SUBJECT_KINDS), "what it is about; left out: request"
    ),
    "owed_by": Key(Word("owers", "a party", OWERS, False), "who owes it; left out: vendor"),
    "applies_to": Key(ConditionShape(), "selectors that must fit"),
    "rank": Key(
        Number("-1000", "1000", whole=True),
        "wins over competing clauses of lower rank; left out: 0",
    ),
    "default": Key(YesNo(), "the figure is a shipped default, not from the contract"),
    "evidence": Key(ListOf(String(), or_one=True), "what proves it"),
    "remedies": Key(ListOf(REMEDY), "what a breach brings"),
    "escalation": Key(LadderShape(), "a ladder's name, or its steps"),
    "calendar": Key(CALENDAR, "the time that counts; left out: the plan's, else always"),
    "local_time": Key(YesNo(), "clock times are those of the customer's zone (attribute timezone)"),
}


def heading(
    values: Values, reader: Reader, promise: str = "other", subject: str = "request"
) -> dict[str, Any]:
    """The fields every clause has, from what was written."""
    remedies = tuple(
        _named(remedy, number, values) for number, remedy in enumerate(values.get("remedies", ()))
    )
    number = values.get("number", "")
    return {
        "id": values.get("id"),
        "promise": values.get("promise", promise),
        "number": number,
        "title": values.get("title", EMPTY),
        "text": values.get("text", EMPTY),
        "slot": values.get("slot", ""),
        "subject": values.get("subject", subject),
        "owed_by": values.get("owed_by", "vendor"),
        "applies_to": values.get("applies_to", ALWAYS),
        "rank": int(values.get("rank", 0)),
        "is_default": bool(values.get("default", False)),
        "evidence": values.get("evidence", ()),
        "remedies": remedies,
        "ladder": values.get("escalation", reader.shared.get("ladder", ())),
        "calendar": values.get("calendar", reader.shared.get("calendar")),
        "local_time": bool(values.get("local_time", False)),
    }


def _named(remedy: Remedy, number: int, values: Values) -> Remedy:
    payer = remedy.paid_by or values.get("owed_by", "vendor")
    if remedy.bonus and not remedy.paid_by:
        payer = "customer" if payer == "vendor" else "vendor"
    return replace(remedy, id=remedy.id or str(number + 1), paid_by=payer)
