"""Fallbacks, repeats, extensions, notices and the money of many breaches, the slow obvious way.

Written from `docs/plan-language.md`. Facts and calendars are at whole minutes, numbered as in the
minute calendar; an amount of time is stepped through minute by minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from tests.kernel.reference.minute_calendar import MinuteCalendar, OutOfSpanError

Events = dict[str, list[int]]  # fact kind to the minutes at which it happened, in order
CENT = Decimal("0.01")
Line = tuple["Result", "Penalty", Decimal]


@dataclass(frozen=True)
class Length:
    """So many minutes, counted in the calendar or not."""

    minutes: int
    in_calendar: bool


@dataclass(frozen=True)
class Price:
    """An amount, or a percentage of the contract's total."""

    amount: Decimal | None = None
    percent: Decimal | None = None

    def of(self, total: Decimal) -> Decimal:
        return self.amount if self.amount is not None else total * self.percent / 100


@dataclass(frozen=True)
class Penalty:
    """What one breach costs. `bands` are (above, up_to, price) in minutes of lateness."""

    id: str
    price: Price
    per: str = "breach"  # breach, started, full
    step: int = 60
    bands: tuple[tuple[int | None, int | None, Price], ...] = ()
    graduated: bool = False
    grace: int = 0
    cap: Price | None = None
    over: str = ""  # "", day, week, month, contract
    shared: str = ""
    group: str = ""
    from_breach: int = 1
    within: str = ""  # "", day, week, month: periods in which breaches are counted


@dataclass(frozen=True)
class Rule:
    """One clause; `start` is a fact kind, or (clause, outcome)."""

    id: str
    start: str | tuple[str, str]
    end: str
    limit: Length
    penalties: tuple[Penalty, ...] = ()
    extended_by: str = ""
    repeat_from: str = ""  # "", done, due
    until: str = ""
    backward: bool = False


@dataclass
class Result:
    """What a clause came to on a subject; minutes."""

    rule: Rule
    subject: str
    number: int
    state: str
    started: int
    due: int
    ended: int | None
    late: int = field(default=0)


class Course:
    """All clauses on one subject, one after the other."""

    def __init__(
        self,
        subject: str,
        events: Events,
        told: list[tuple[int, int]],
        planned: list[tuple[int, int]],
        as_of: int,
        calendar: MinuteCalendar,
    ) -> None:
        self.subject, self.as_of, self.calendar = subject, as_of, calendar
        self.events = {kind: [t for t in found if t <= as_of] for kind, found in events.items()}
        self.told = sorted(pair for pair in told if pair[0] <= as_of)
        self.planned = sorted(pair for pair in planned if pair[0] <= as_of)
        self.done: dict[str, Result] = {}

    def results(self, rules: Sequence[Rule]) -> list[Result]:
        made: list[Result] = []
        for rule in rules:
            if rule.backward:
                found = self.notice(rule)
            elif rule.repeat_from:
                found = self.repeated(rule)
            else:
                found = self.once(rule)
            made.extend(found)
            if found:
                self.done[rule.id] = found[-1]
        return made

    def first(self, kind: str, since: int, strictly: bool = False) -> int | None:
        return next(
            (t for t in self.events.get(kind, ()) if t > since or (t == since and not strictly)),
            None,
        )

    def start_of(self, rule: Rule) -> int | None:
        if isinstance(rule.start, str):
            return next(iter(self.events.get(rule.start, ())), None)
        clause, outcome = rule.start
        before = self.done.get(clause)
        if before is None:
            return None
        if outcome == "started":
            return before.started
        if outcome == "due":
            return before.due
        if outcome == "missed":
            return before.due if before.state == "missed" else None
        if outcome == "met" and before.state != "met":
            return None
        return None if before.state == "void" else before.ended

    def after(self, start: int, length: Length) -> int:
        if not length.in_calendar:
            return start + length.minutes
        left, minute, owners = length.minutes, start, self.calendar.owners
        while left:
            if minute >= len(owners):
                raise OutOfSpanError
            left -= bool(owners[minute])
            minute += 1
        return minute

    def before(self, end: int, length: Length) -> int:
        if not length.in_calendar:
            return end - length.minutes
        left, minute, owners = length.minutes, end, self.calendar.owners
        while left:
            minute -= 1
            if not 0 <= minute < len(owners):
                raise OutOfSpanError
            left -= bool(owners[minute])
        return minute

    def settled(
        self, rule: Rule, number: int, start: int, due: int, end: int | None, void: int | None
    ) -> Result:
        is_void = void is not None and (end is None or void < end)
        over = void if is_void else end
        seen = self.as_of if over is None else over
        if seen > due:
            return Result(rule, self.subject, number, "missed", start, due, over, seen - due)
        state = "void" if is_void else "running" if over is None else "met"
        return Result(rule, self.subject, number, state, start, due, over)

    def once(self, rule: Rule) -> list[Result]:
        start = self.start_of(rule)
        if start is None or start > self.as_of:
            return []
        due = self.after(start, rule.limit)
        if rule.extended_by:
            for at, until in self.told:
                if at <= due < until:
                    due = until
        end, void = self.first(rule.end, start), self.first("cancelled", start)
        return [self.settled(rule, 0, start, due, end, void)]

    def repeated(self, rule: Rule) -> list[Result]:
        begin = self.start_of(rule)
        if begin is None or begin > self.as_of:
            return []
        last = self.first(rule.until, begin)
        made: list[Result] = []
        while True:
            due = self.after(begin, rule.limit)
            end = self.first(rule.end, begin, strictly=bool(made))
            cancelled = self.first("cancelled", begin, strictly=False)
            voids = [one for one in (cancelled, last) if one is not None]
            one = self.settled(rule, len(made), begin, due, end, min(voids, default=None))
            made.append(one)
            following = one.ended if rule.repeat_from == "done" else one.due
            if one.state == "void" or following is None or following > self.as_of:
                return made
            if last is not None and following >= last:
                return made
            if following == one.ended and one.ended in voids and one.ended != end:
                return made
            begin = following

    def notice(self, rule: Rule) -> list[Result]:
        """Known from the newest plan; the event itself is the last chance."""
        if not self.planned:
            return []
        start, event = self.planned[-1]
        due = self.before(event, rule.limit)
        end, void = self.first(rule.end, start), self.first("cancelled", start)
        over = min((one for one in (end, void) if one is not None), default=None)
        if self.as_of >= event and (over is None or over > event):
            late = max(event - due, 0)
            return [Result(rule, self.subject, 0, "missed", start, due, event, late)]
        return [self.settled(rule, 0, start, due, end, void)]


# -- money ----------------------------------------------------------------------------------


def period_of(minute: int, kind: str, calendar: MinuteCalendar) -> object:
    if not 0 <= minute < len(calendar.reached):
        raise OutOfSpanError
    day = calendar.reached[minute].date()  # a midnight that comes twice begins the day but once
    if kind == "day":
        return day
    if kind == "week":
        return day - timedelta(days=day.weekday())
    return (day.year, day.month) if kind == "month" else ""


def steps(penalty: Penalty, late: int) -> int:
    if penalty.per == "breach":
        return 1
    whole, rest = late // penalty.step, late % penalty.step
    return whole + (1 if rest and penalty.per == "started" else 0)


def exact(penalty: Penalty, late: int, total: Decimal) -> Decimal | None:
    """The price of one breach before rounding and caps; None when no band is reached."""
    if not penalty.bands:
        count = steps(penalty, late)
        return count * penalty.price.of(total) if count else None
    if not penalty.graduated:
        if steps(penalty, late) == 0:
            return None
        for above, up_to, price in penalty.bands:
            if (above is None or late > above) and (up_to is None or late <= up_to):
                return steps(penalty, late) * price.of(total)
        return None
    amount = Decimal(0)
    for above, up_to, price in penalty.bands:
        inside = (late if up_to is None else min(late, up_to)) - (above or 0)
        if inside > 0:
            amount += steps(penalty, inside) * price.of(total)
    return amount


def money(
    results: Sequence[Result], total: Decimal, calendar: MinuteCalendar
) -> list[tuple[str, str, str, int, Decimal]]:
    """(clause, penalty, subject, number, amount) in the order of the breaches' due times."""
    breaches = [one for one in results if one.state == "missed"]
    breaches.sort(key=lambda one: (one.due, one.subject))
    spent: dict[object, Decimal] = {}
    paid = []
    for one, penalty, amount in without_rivals(priced(breaches, total, calendar)):
        kept = amount
        if penalty.cap is not None and (penalty.over or penalty.shared):
            name = penalty.shared or (one.rule.id, penalty.id)
            key = (name, period_of(one.due, penalty.over, calendar) if penalty.over else "")
            most = penalty.cap.of(total).quantize(CENT, ROUND_HALF_UP)
            kept = min(kept, max(most - spent.get(key, Decimal(0)), Decimal(0)))
            spent[key] = spent.get(key, Decimal(0)) + kept
        paid.append((one.rule.id, penalty.id, one.subject, one.number, kept))
    return paid


def priced(breaches: Sequence[Result], total: Decimal, calendar: MinuteCalendar) -> list[Line]:
    """What each breach costs by itself."""
    counted: dict[object, int] = {}
    lines: list[Line] = []
    for one in breaches:
        for penalty in one.rule.penalties:
            if one.late <= penalty.grace:
                continue
            if penalty.from_breach > 1:
                key = (one.rule.id, penalty.id, period_of(one.due, penalty.within, calendar))
                counted[key] = counted.get(key, 0) + 1
                if counted[key] < penalty.from_breach:
                    continue
            amount = exact(penalty, one.late, total)
            if amount is None:
                continue
            if penalty.cap is not None and not penalty.over and not penalty.shared:
                amount = min(amount, penalty.cap.of(total))
            lines.append((one, penalty, amount.quantize(CENT, ROUND_HALF_UP)))
    return lines


def without_rivals(lines: Sequence[Line]) -> list[Line]:
    """Of the lines of one group on one subject only the first of the largest is paid."""
    kept: list[Line] = []
    for number, (one, penalty, amount) in enumerate(lines):
        rivals = [
            (other[2], -place)
            for place, other in enumerate(lines)
            if penalty.group and other[1].group == penalty.group and other[0].subject == one.subject
        ]
        loses = bool(rivals) and max(rivals) != (amount, -number)
        kept.append((one, penalty, Decimal(0) if loses else amount))
    return kept
