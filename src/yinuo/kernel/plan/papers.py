"""Papers that a plan promises to hand over: manuals, drawings, acceptance papers (SG-08)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yinuo.kernel.plan.text import Text


class PaperStart(StrEnum):
    """The day from which a paper's time runs."""

    SIGNED = "signed"
    FINISHED = "finished"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class PromisedPaper:
    """A paper every contract on the plan promises, due so many days after a day of it.

    ``after`` None: promised without a date.
    """

    code: str
    title: Text
    kind: str = ""
    after: PaperStart | None = None
    days: int = 0


def paper_due_on(
    after: PaperStart | None, days: int, known: Mapping[PaperStart, date | None]
) -> date | None:
    """The last day on which a paper is in time: ``days`` after the day it counts from.

    None when the paper has no date, or the day it counts from is not known yet.

    >>> paper_due_on(PaperStart.ACCEPTED, 10, {PaperStart.ACCEPTED: date(2026, 2, 20)})
    datetime.date(2026, 3, 2)
    """
    start = known.get(after) if after else None
    return start + timedelta(days=days) if start else None
