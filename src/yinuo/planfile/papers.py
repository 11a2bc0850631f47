"""`papers:` of a plan: what is handed over on paper, and by when."""

from __future__ import annotations

from typing import Any

from yinuo.kernel.plan.papers import PaperStart, PromisedPaper
from yinuo.planfile.messages import Message
from yinuo.planfile.shapes import (
    CODE,
    BadValueError,
    Bilingual,
    Key,
    ListOf,
    Number,
    Reader,
    Record,
    String,
    Values,
    Word,
)

MOST_PAPERS = 100
_CODE = String("a code such as user_manual", CODE)


def _paper(values: Values, reader: Reader) -> PromisedPaper:
    after, days = values.get("after"), values.get("days")
    if days is not None and after is None:
        message = Message("days count from something: give after as well")
        raise BadValueError(values.at("days"), "missing_key", message)
    return PromisedPaper(
        values.get("code"),
        values.get("title"),
        values.get("kind", ""),
        PaperStart(after) if after else None,
        int(days or 0),
    )


_PAPER = Record(
    "a promised paper",
    {
        "code": Key(_CODE, "its name in files and answers", True),
        "title": Key(Bilingual(), "what it is", True),
        "kind": Key(_CODE, "what sort of paper, such as manual or drawing"),
        "after": Key(
            Word("paper_starts", "signed, finished or accepted", tuple(PaperStart), False),
            "the day of the contract or project from which its time runs; left out: no date",
        ),
        "days": Key(Number("0", "3650", whole=True), "how many days after it; left out: 0"),
    },
    _paper,
)


class Papers(ListOf):
    """The papers of a plan, each code once."""

    def read(self, node: Any, reader: Reader) -> tuple[Any, ...]:
        papers = super().read(node, reader)
        codes = [one.code for one in papers]
        if len(set(codes)) != len(codes):
            raise BadValueError(node, "duplicate_id", "a value is written twice")
        if len(codes) > MOST_PAPERS:
            raise BadValueError(node, "bad_value", Message("at most {most} of them", most=100))
        return papers


PAPERS = Papers(_PAPER)
