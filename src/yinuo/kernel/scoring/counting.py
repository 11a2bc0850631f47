"""Which of several answers about one case counts (LV-08, BP-13).

The rule: a statement counts before "no statement"; then the source that stands first in the
vendor's order; then the answer given last; of two given at the same instant the one taken down
last. So a case has one answer however many were given and in whatever order they came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yinuo.kernel.plan.reports import Satisfaction


class Source(StrEnum):
    """Where an answer comes from."""

    CALL_BACK = "call_back"
    LINK = "link"
    PORTAL = "portal"
    SHEET = "sheet"
    PROJECT = "project_survey"
    ANNUAL = "annual_survey"


# Who asks without the engineer beside him comes first; the sheet is signed in his presence.
USUAL_ORDER = (
    Source.CALL_BACK,
    Source.LINK,
    Source.PORTAL,
    Source.SHEET,
    Source.PROJECT,
    Source.ANNUAL,
)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer of a case; `number` tells answers apart and grows as they are taken down."""

    number: int
    source: Source
    opinion: Satisfaction
    given_at: datetime


def counting_answer(given: Iterable[Given], order: Sequence[Source] = USUAL_ORDER) -> Given | None:
    """The answer that counts for a case; None when none was given.

    `order` names the sources, the first one leading; a source it leaves out comes last.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 9, 3, tzinfo=UTC)
    >>> sheet = Given(1, Source.SHEET, Satisfaction.VERY_SATISFIED, at)
    >>> call = Given(2, Source.CALL_BACK, Satisfaction.FAIR, at)
    >>> counting_answer([sheet, call]).number
    2
    >>> silent = Given(3, Source.CALL_BACK, Satisfaction.NO_STATEMENT, at)
    >>> counting_answer([sheet, silent]).number
    1
    """
    ranks = {source: -place for place, source in enumerate(order)}
    last = -len(ranks)

    def weight(one: Given) -> tuple[bool, int, datetime, int]:
        says_something = one.opinion is not Satisfaction.NO_STATEMENT
        return says_something, ranks.get(one.source, last), one.given_at, one.number

    return max(given, key=weight, default=None)
