"""Reading the notice of a year's statutory days as it is published, or plain dates.

`二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。`
`2027-02-05 - 2027-02-11 off` and `2027-02-20 works`, a statement a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from yinuo.kernel.calendars import StatutoryYear

LONGEST_NOTICE = 10_000
LONGEST_RUN = timedelta(days=30)

_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_STATEMENT = re.compile(r"[。；;\n]+")
_OFF = re.compile(r"放假|休息|休假|\boff\b", re.IGNORECASE)
_WORKED = re.compile(r"上班|补班|\bworks?\b|\bworked\b", re.IGNORECASE)
_ONE = (
    r"(?:(?P<{0}y>\d{{4}})\s*[-年/.])?\s*(?:(?P<{0}m>\d{{1,2}})\s*[-月/.])?"
    r"\s*(?P<{0}d>\d{{1,2}})(?:\s*日)?(?!\d)"
)
_RUN = re.compile(
    _ONE.format("a") + r"(?:\s*(?:至|到|~|～|—|–|\bto\b|\s-\s)\s*" + _ONE.format("b") + ")?"
)
_COUNT = re.compile(r"共\s*\d+\s*天|放假\s*\d+\s*天")
_ORDINAL = re.compile(r"^\s*[一二三四五六七八九十\d]+\s*[、.]\s*(?=\D)")


class UnreadableNotice(ValueError):
    """A statement that cannot be read; `statement` is its text, as given."""

    def __init__(self, statement: str) -> None:
        super().__init__(statement)
        self.statement = statement


@dataclass(frozen=True, slots=True)
class _Told:
    """What one statement says: days, and whether they are off."""

    days: frozenset[date]
    is_off: bool


def read_notice(text: str, year: int) -> StatutoryYear:
    """The days that a notice names; dates without a year are of `year`.

    Statements end with a full stop, a semicolon or a line; one without dates says nothing. Raises
    UnreadableNotice for dates that do not exist, runs that end before they begin or last more than
    30 days, and statements that do not say whether the days are off or worked.
    """
    told = [one for statement in _statements(text) if (one := _read(statement, year))]
    return StatutoryYear(
        year,
        frozenset(day for one in told if one.is_off for day in one.days),
        frozenset(day for one in told if not one.is_off for day in one.days),
    )


def _statements(text: str) -> Iterator[str]:
    for statement in _STATEMENT.split(_ASIDE.sub("", text[:LONGEST_NOTICE])):
        if statement.strip():
            yield statement.strip()


def _read(statement: str, year: int) -> _Told | None:
    plain = _COUNT.sub("放假", _ORDINAL.sub("", statement))
    runs = list(_RUN.finditer(plain))
    if not runs:
        return None
    is_off, is_worked = bool(_OFF.search(plain)), bool(_WORKED.search(plain))
    if is_off == is_worked:
        raise UnreadableNotice(statement)
    days: set[date] = set()
    month: int | None = None
    for run in runs:
        first = _day(run, "a", year, month, statement)
        month = first.month
        last = first if run["bd"] is None else _day(run, "b", first.year, month, statement)
        if not first <= last <= first + LONGEST_RUN:
            raise UnreadableNotice(statement)
        month = last.month
        days.update(first + timedelta(days=n) for n in range((last - first).days + 1))
    return _Told(frozenset(days), is_off)


def _day(run: re.Match[str], side: str, year: int, month: int | None, statement: str) -> date:
    given = run[f"{side}m"]
    if given is None and month is None:
        raise UnreadableNotice(statement)
    try:
        return date(int(run[f"{side}y"] or year), int(given or month or 0), int(run[f"{side}d"]))
    except ValueError as error:
        raise UnreadableNotice(statement) from error
