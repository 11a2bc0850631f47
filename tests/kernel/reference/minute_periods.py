"""Figures over periods, the slow obvious way: a period is a run of minutes, a figure counts them.

Written from the part on measures in `docs/plan-language.md`. Minutes are numbered as in the minute
calendar; `reached` there says which local day a minute belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tests.kernel.reference.minute_calendar import MinuteCalendar, OutOfSpanError
from tests.kernel.reference.minute_more import Result

RISING = ("count", "sum", "downtime", "largest", "repeats")


@dataclass(frozen=True)
class Happening:
    """Something that happened at a minute, on a subject."""

    minute: int
    subject: str
    kind: str
    cause: str = "vendor"
    component: str = ""
    degree: str = "full"
    score: Decimal = Decimal(0)
    begins: int = 0
    ends: int = 0


@dataclass(frozen=True)
class Rule:
    """One measure. `target` is (key, bound); lengths are minutes."""

    id: str
    figure: str
    period: str  # day, week, month, contract, rolling
    target: tuple[str, Decimal]
    kind: str = ""
    until: str = ""
    of: str = ""
    attribute: str = ""
    good: str = ""
    grouped: bool = False
    exempt: bool = False
    without_exempt: bool = False
    weighted: bool = False
    planned: tuple[int, int] | None = None  # told so long before, at most so much in a period
    in_calendar: bool = False
    partial: str = "full"
    minimum: int = 0
    percentile: int = 0
    start_points: int = 0
    points: tuple[tuple[str, int], ...] = ()
    rolling: int = 0


@dataclass(frozen=True)
class Part:
    """The part of a period inside the life, and the whole period; None beyond the listed minutes."""

    begins: int
    ends: int
    whole_begins: int | None
    whole_ends: int | None

    @property
    def is_partial(self) -> bool:
        return (self.begins, self.ends) != (self.whole_begins, self.whole_ends)

    def share(self) -> Fraction:
        if self.whole_begins is None or self.whole_ends is None:
            raise OutOfSpanError
        return Fraction(self.ends - self.begins, self.whole_ends - self.whole_begins)


@dataclass(frozen=True)
class Judged:
    """What a measure comes to in one period (and group)."""

    begins: int
    due: int
    group: str
    state: str
    ended: int | None
    figure: Fraction | None
    cases: int


def name_of(kind: str, day: date) -> object:
    """Which period of a kind a local day lies in."""
    if kind == "day":
        return day
    return day - timedelta(days=day.weekday()) if kind == "week" else (day.year, day.month)


@lru_cache(maxsize=4)
def names_in(calendar: MinuteCalendar, kind: str) -> list[object]:
    """For each listed minute the period it lies in."""
    return [name_of(kind, wall.date()) for wall in calendar.reached]


def parts(kind: str, life: tuple[int, int], as_of: int, calendar: MinuteCalendar) -> Iterator[Part]:
    """The periods that have begun, in order; `life` may end beyond the listed minutes."""
    begin, end = life
    if kind == "contract":
        yield Part(begin, end, begin, end)
        return
    names = names_in(calendar, kind)
    minute = begin
    while minute < end and minute <= as_of:
        first = after = minute
        while first > 0 and names[first - 1] == names[minute]:
            first -= 1
        while after < len(names) and names[after] == names[minute]:
            after += 1
        if after == len(names) and end > after:
            raise OutOfSpanError
        whole_ends = after if after < len(names) else None
        yield Part(minute, min(after, end), first if first > 0 else None, whole_ends)
        minute = after


class Meter:
    """Measures on one contract: what happened under it, and what its promises came to."""

    def __init__(
        self,
        happened: Sequence[Happening],
        results: Sequence[tuple[Result, str]],
        life: tuple[int, int],
        as_of: int,
        calendar: MinuteCalendar,
    ) -> None:
        self.happened = sorted(
            (one for one in happened if one.minute <= as_of), key=lambda one: one.minute
        )
        self.results = results
        self.life, self.as_of, self.calendar = life, as_of, calendar

    def judged(self, rule: Rule) -> list[Judged]:
        if rule.period == "rolling":
            return self.rolling(rule)
        made = []
        for part in parts(rule.period, self.life, self.as_of, self.calendar):
            if part.is_partial and rule.partial == "skipped":
                continue
            made += [self.in_part(rule, part, group) for group in self.groups(rule, part.ends)]
        return made

    def groups(self, rule: Rule, before: int) -> list[str]:
        if not rule.grouped:
            return [""]
        return sorted({one.component for one in self.facts(rule) if one.minute < before})

    def in_part(self, rule: Rule, part: Part, group: str) -> Judged:
        figure, cases = self.figure(rule, part.begins, part.ends, group)
        key, bound = rule.target
        limit = Fraction(bound)
        if part.is_partial and rule.partial == "prorated" and key == "at_most":
            limit = six(limit * part.share())
        is_over = self.as_of >= part.ends
        state, ended = "running", part.ends if is_over else None
        if figure is None or cases < rule.minimum:
            state = "void" if is_over else "running"
        elif not holds(key, limit, figure):
            upper = key in ("at_most", "below")
            early = (rule.figure in RISING and upper) or (rule.figure == "smallest" and not upper)
            state = "missed" if is_over or early else "running"
        elif is_over:
            state = "met"
        return Judged(part.begins, part.ends, group, state, ended, figure, cases)

    # -- figures --------------------------------------------------------------------------------

    def facts(self, rule: Rule) -> list[Happening]:
        found = [one for one in self.happened if one.kind == rule.kind]
        return [one for one in found if not (rule.exempt and one.cause == "customer")]

    def figure(self, rule: Rule, begins: int, ends: int, group: str) -> tuple[Fraction | None, int]:
        found = [
            one
            for one in self.facts(rule)
            if begins <= one.minute < ends and (not group or one.component == group)
        ]
        if rule.figure == "count":
            return Fraction(len(found)), len(found)
        if rule.figure == "repeats":
            return Fraction(max(0, len(found) - 1)), len(found)
        if rule.figure in ("availability", "downtime", "mtbf"):
            return self.of_time(rule, begins, ends)
        if rule.figure == "points":
            return self.of_points(rule, begins, ends)
        if rule.figure == "share":
            good, cases = self.shared(rule, found, begins, ends)
            return (six(Fraction(good * 100, cases)), cases) if cases else (None, 0)
        if rule.of:
            values = [Fraction(self.length(one), 60) for one in self.ended(rule, begins, ends)]
        else:
            values = [Fraction(one.score) for one in found]
        return of_values(rule, values), len(values)

    def of_promise(self, rule: Rule) -> list[Result]:
        return [
            one
            for one, cause in self.results
            if one.rule.id == rule.of and not (rule.exempt and cause == "customer")
        ]

    def ended(self, rule: Rule, begins: int, ends: int) -> list[Result]:
        return [
            one
            for one in self.of_promise(rule)
            if one.ended is not None and begins <= one.ended < min(ends, self.as_of)
        ]

    def length(self, one: Result) -> int:
        return sum(
            self.counts(one.rule.limit.in_calendar, minute)
            for minute in range(one.started, one.ended or 0)
        )

    def counts(self, in_calendar: bool, minute: int) -> bool:
        if not in_calendar:
            return True
        if not 0 <= minute < len(self.calendar.owners):
            raise OutOfSpanError
        return bool(self.calendar.owners[minute])

    def shared(self, rule: Rule, found: list[Happening], begins: int, ends: int) -> tuple[int, int]:
        if rule.kind:
            return sum(one.degree == rule.good for one in found), len(found)
        due = [
            one.state
            for one in self.of_promise(rule)
            if one.state in ("met", "missed") and begins <= one.due < min(ends, self.as_of)
        ]
        return due.count("met"), len(due)

    def of_points(self, rule: Rule, begins: int, ends: int) -> tuple[Fraction, int]:
        total, cases = rule.start_points, 0
        for kind, points in rule.points:
            count = sum(
                one.kind == kind
                and begins <= one.minute < ends
                and not (rule.exempt and one.cause == "customer")
                for one in self.happened
            )
            count += sum(
                one.rule.id == kind and one.state == "missed" and begins <= one.due < ends
                for one, _ in self.results
            )
            total, cases = total + points * count, cases + count
        return Fraction(total), cases

    # -- time -----------------------------------------------------------------------------------

    def of_time(self, rule: Rule, begins: int, ends: int) -> tuple[Fraction | None, int]:
        until = min(ends, self.as_of)
        down = self.outages(rule, self.facts(rule), until) if rule.until else []
        exempt = [one for one in self.happened if one.kind == rule.kind and one.cause == "customer"]
        left_out = self.outages(rule, exempt, until) if rule.exempt else []
        planned = self.planned(rule, begins, until)
        minutes_down, minutes_exempt, minutes_planned = Fraction(0), 0, 0
        for minute in range(begins, until):
            if not self.counts(rule.in_calendar, minute):
                continue
            if minute in planned:
                minutes_planned += 1
                continue
            minutes_down += max((w for a, b, w in down if a <= minute < b), default=0)
            minutes_exempt += any(a <= minute < b for a, b, _ in left_out)
        cases = sum(a < until and b > begins and w > 0 for a, b, w in down)
        if rule.figure == "downtime":
            return six(minutes_down / 60), cases
        if rule.figure == "mtbf":
            stops = sum(begins <= one.minute < ends for one in self.facts(rule))
            up = sum(self.counts(rule.in_calendar, minute) for minute in range(begins, until))
            return (six((up - minutes_down) / 60 / stops), stops) if stops else (None, 0)
        if ends > len(self.calendar.owners):
            raise OutOfSpanError
        total = sum(self.counts(rule.in_calendar, minute) for minute in range(begins, ends))
        if rule.without_exempt:
            total -= minutes_exempt + minutes_planned
        if total <= 0:
            return None, 0
        return six(max(Fraction(0), 100 - minutes_down * 100 / total)), cases

    def outages(
        self, rule: Rule, begun: list[Happening], last: int
    ) -> list[tuple[int, int, Fraction]]:
        """(begin, end, weight) of each outage; one that has not ended lasts until now."""
        made = []
        for subject in {one.subject for one in begun}:
            free = 0
            for one in begun:
                if one.subject != subject or one.minute < free:
                    continue
                ends = [
                    other.minute
                    for other in self.happened
                    if other.kind == rule.until
                    and other.subject == subject
                    and other.minute >= one.minute
                ]
                free = min(ends, default=last)
                half = rule.weighted and one.degree == "half"
                made.append((one.minute, free, Fraction(1, 2) if half else Fraction(1)))
        return made

    def planned(self, rule: Rule, begins: int, ends: int) -> set[int]:
        """The minutes of windows told in time, the first come up to the most there may be."""
        if rule.planned is None:
            return set()
        before, left = rule.planned
        told = [one for one in self.happened if one.kind == "work_planned"]
        found = set()
        for minute in range(begins, ends):
            inside = any(
                one.begins <= minute < one.ends and one.minute <= one.begins - before
                for one in told
            )
            if inside and left and self.counts(rule.in_calendar, minute):
                found.add(minute)
                left -= 1
        return found

    # -- windows that look back -----------------------------------------------------------------

    def rolling(self, rule: Rule) -> list[Judged]:
        made = []
        for group in self.groups(rule, self.life[1]):
            found = [
                one.minute
                for one in self.facts(rule)
                if self.life[0] <= one.minute < self.life[1]
                and (not group or one.component == group)
            ]
            broken = False
            for at in found:
                count = sum(at - rule.rolling < other <= at for other in found)
                figure = Fraction(max(0, count - 1) if rule.figure == "repeats" else count)
                is_broken = not holds(rule.target[0], Fraction(rule.target[1]), figure)
                if is_broken and (not broken or rule.figure == "repeats"):
                    begins = max(at - rule.rolling, self.life[0])
                    made.append(Judged(begins, at, group, "missed", at, figure, count))
                broken = is_broken
            if not broken:
                made.append(self.kept(rule, group))
        return made

    def kept(self, rule: Rule, group: str) -> Judged:
        begins = max(self.as_of - rule.rolling, self.life[0])
        is_over = self.as_of >= self.life[1]
        ended = self.life[1] if is_over else None
        state = "met" if is_over else "running"
        return Judged(begins, self.life[1], group, state, ended, None, 0)


def of_values(rule: Rule, values: list[Fraction]) -> Fraction | None:
    if rule.figure == "sum":
        return sum(values, Fraction(0))
    if not values:
        return None
    if rule.figure == "mean":
        return six(sum(values, Fraction(0)) / len(values))
    ordered = sorted(values)
    if rule.figure == "percentile":
        # The smallest value that at least so many per cent of all do not exceed.
        return next(
            one
            for number, one in enumerate(ordered, 1)
            if number * 100 >= rule.percentile * len(ordered)
        )
    return ordered[0] if rule.figure == "smallest" else ordered[-1]


def holds(key: str, bound: Fraction, figure: Fraction) -> bool:
    return {
        "at_least": figure >= bound,
        "above": figure > bound,
        "at_most": figure <= bound,
        "below": figure < bound,
    }[key]


def six(value: Fraction) -> Fraction:
    """Six decimals, half away from zero (nothing here is below zero)."""
    return Fraction(int(value * 1_000_000 + Fraction(1, 2)), 1_000_000)
