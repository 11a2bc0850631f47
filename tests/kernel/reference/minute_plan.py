"""What a plan comes to, found by going through the minutes one after another.

Written from the promise model, the counting rules of the stories and `docs/plan-language.md`, not
from the evaluator. Promises here are plain records of their own; facts and the calendar are at
whole minutes, so a minute either counts or does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from tests.kernel.reference.minute_calendar import DAY, MINUTE, MinuteCalendar, OutOfSpanError

from yinuo.kernel.facts import Fact


@dataclass(frozen=True)
class StopRule:
    """A reason to pause, with what it needs and how many minutes it may take together."""

    reason: str
    proof: bool = False
    acknowledged: bool = False
    budget: int | None = None


@dataclass(frozen=True)
class Fine:
    """A penalty: a percentage of the contract's total, or an amount; `step` minutes for blocks."""

    id: str
    per: str  # breach, started, full
    step: int = 0
    percent: Decimal | None = None
    amount: Decimal | None = None
    grace: int | None = None
    cap: Decimal | None = None
    cap_percent: Decimal | None = None
    in_calendar: bool = False


@dataclass(frozen=True)
class Promise:
    """One deadline clause; `level` None holds for every level."""

    id: str
    promise: str
    level: str | None
    start: tuple[str, ...]
    end: tuple[str, ...]
    unit: str  # minute, hour, working_hour, working_day, day
    number: int
    in_calendar: bool
    day_end: str = "midnight"
    stops: tuple[StopRule, ...] = ()
    fines: tuple[Fine, ...] = ()
    intake: bool = False


@dataclass(frozen=True)
class Outcome:
    """What the promise came to; `late` is in minutes."""

    clause: str
    state: str
    started: datetime
    due: datetime | None
    ended: datetime | None
    late: int
    amounts: tuple[tuple[str, Decimal], ...]


def facts_that_count(facts: Sequence[Fact], as_of: datetime) -> list[Fact]:
    """Without the future, what was taken back, and repeats; in order of occurrence."""
    known = [fact for fact in facts if fact.occurred_at <= as_of]
    gone: list[Fact] = []
    for fact in sorted(known, key=lambda one: one.received_at, reverse=True):
        if fact.supersedes and fact not in gone:
            for other in known:
                by_kind = other.kind == fact.supersedes and other.received_at < fact.received_at
                if other is not fact and (other.id == fact.supersedes or by_kind):
                    gone.append(other)
    counted: list[Fact] = []
    for fact in sorted(known, key=lambda one: one.occurred_at):
        same = (fact.kind, fact.occurred_at, dict(fact.attrs))
        repeated = any((one.kind, one.occurred_at, dict(one.attrs)) == same for one in counted)
        if fact not in gone and fact.kind != "withdrawn" and not repeated:
            counted.append(fact)
    return counted


def pauses(rules: Sequence[StopRule], facts: Sequence[Fact], as_of: datetime):
    """The stretches in which the clock stands still, budgets applied."""
    stretches = []
    for rule in rules:
        left = rule.budget
        for index, fact in enumerate(facts):
            if fact.kind != "paused" or fact.attrs["reason"] != rule.reason:
                continue
            rest = facts[index + 1 :]
            ends = [f.occurred_at for f in rest if f.kind == "resumed"]
            end = ends[0] if ends else as_of
            if rule.proof and "proof" not in fact.attrs:
                continue
            following = [f.occurred_at for f in rest if f.kind == "paused"]
            answers = [f.occurred_at for f in rest if f.kind == "pause_acknowledged"]
            if rule.acknowledged and not any(t < min([*following, t + DAY]) for t in answers):
                continue
            if left is not None:
                minutes = min(left, (end - fact.occurred_at) // MINUTE)
                end = fact.occurred_at + minutes * MINUTE
                left -= minutes
            stretches.append((fact.occurred_at, end))
    return stretches


class Stepper:
    """One promise on one subject, minute by minute; minutes are numbered as in the calendar."""

    def __init__(
        self,
        clauses: Sequence[Promise],
        facts: Sequence[Fact],
        as_of: datetime,
        calendar: MinuteCalendar,
    ) -> None:
        self.clauses = clauses
        self.facts = facts_that_count(facts, as_of)
        self.calendar = calendar
        self.pauses = {c.id: pauses(c.stops, self.facts, as_of) for c in clauses}
        self.stops = {
            name: [(self.minute(a), self.minute(b)) for a, b in stretches]
            for name, stretches in self.pauses.items()
        }
        self.as_of = self.minute(as_of)
        self.start = self.first(clauses[0].start, None)
        self.ended = self.first(clauses[0].end, self.start)
        self.cancelled = self.first(("cancelled",), self.start)
        self.stated = [f for f in self.facts if "level" in f.attrs]

    def minute(self, t: datetime) -> int:
        return (t - self.calendar.first) // MINUTE

    def first(self, kinds: Sequence[str], after: int | None) -> int | None:
        for fact in self.facts:
            if fact.kind in kinds and (after is None or self.minute(fact.occurred_at) >= after):
                return self.minute(fact.occurred_at)
        return None

    def clause_at(self, minute: int) -> Promise:
        """The clause of the newest level then; the first one stated holds from the beginning.

        Nothing changes any more once the promise is over.
        """
        for over in (self.ended, self.cancelled):
            minute = minute if over is None else min(minute, over)
        level = self.stated[0].attrs["level"] if self.stated else None
        for fact in self.stated:
            if self.minute(fact.occurred_at) <= minute:
                level = fact.attrs["level"]
        return next(c for c in self.clauses if c.level in (None, level))

    def counts(self, clause: Promise, minute: int) -> bool:
        stops = self.stops[clause.id]
        if stops and any(a <= minute < b for a, b in stops):
            return False
        if not clause.in_calendar:
            return True
        owners = self.calendar.owners
        if not 0 <= minute < len(owners):
            raise OutOfSpanError
        return bool(owners[minute])

    def day_due(self, clause: Promise) -> int:
        """Limits in days run from the original start."""
        begun = self.calendar.instant(self.begun)
        if clause.unit == "working_day":
            stops = self.pauses[clause.id]
            end = self.calendar.end_of_working_day(begun, clause.number, clause.day_end, stops)
            return self.minute(end)
        wall = begun.astimezone(self.calendar.zone).replace(tzinfo=None) + clause.number * DAY
        left = self.minute(self.calendar.first_reached(wall)) - self.begun
        minute, stops = self.begun, self.stops[clause.id]
        if not stops:
            return minute + left
        while left:
            left -= not any(a <= minute < b for a, b in stops)
            minute += 1
        return minute

    def due(self) -> int:
        """Minute by minute until the clause in force says that the limit is reached."""
        counted, minute = 0, self.begun
        changes = {self.minute(fact.occurred_at) for fact in self.stated}
        clause, limit = None, 0
        while True:
            if clause is None or minute in changes:
                clause = self.clause_at(minute)
                in_days = clause.unit in ("working_day", "day")
                limit = self.day_due(clause) if in_days else clause.number
                limit *= 60 if clause.unit in ("hour", "working_hour") else 1
            if minute > self.begun and (minute if in_days else counted) >= limit:
                return minute
            counted += self.counts(clause, minute)
            minute += 1
            if minute > len(self.calendar.owners) + 30 * 1440:
                raise OutOfSpanError

    @cached_property
    def begun(self) -> int:
        """The start; outside the intake hours the next opening."""
        minute = self.start
        while self.clauses[0].intake and not self.calendar.counts(minute, ()):
            minute += 1
        return minute

    def outcome(self, total: Decimal) -> Outcome | None:
        if self.start is None:
            return None
        due = self.due()
        over, is_void = self.ended, False
        if self.cancelled is not None and (over is None or over > self.cancelled):
            over, is_void = self.cancelled, True
        seen = self.as_of if over is None else over
        clause = self.clause_at(min(due, seen))
        late = max(0, seen - due)
        if late:
            state = "missed"
        elif over is not None:
            state = "void" if is_void else "met"
        else:
            state = "paused" if self.is_paused(clause) else "running"
        amounts = tuple((f.id, self.fine(f, due, seen, total)) for f in clause.fines if late)
        instant = self.calendar.instant
        ended = None if over is None else instant(over)
        return Outcome(clause.id, state, instant(self.begun), instant(due), ended, late, amounts)

    def is_paused(self, clause: Promise) -> bool:
        """Whether a pause that counts has not ended yet."""
        latest = [f for f in self.facts if f.kind in ("paused", "resumed")]
        if not latest or latest[-1].kind == "resumed":
            return False
        return (self.minute(latest[-1].occurred_at), self.as_of) in self.stops[clause.id]

    def fine(self, fine: Fine, due: int, over: int, total: Decimal) -> Decimal:
        late = 0
        for minute in range(due, over):
            late += not fine.in_calendar or self.calendar.counts(minute, ())
        if fine.grace is not None and late <= fine.grace:
            return Decimal(0)
        steps = 1 if fine.per == "breach" else 0
        for minute in range(late if fine.per != "breach" else 0):
            steps += minute % fine.step == (0 if fine.per == "started" else fine.step - 1)
        price = fine.amount if fine.percent is None else total * fine.percent / 100
        caps = [fine.cap, None if fine.cap_percent is None else total * fine.cap_percent / 100]
        amount = min([steps * price, *(cap for cap in caps if cap is not None)])
        return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
