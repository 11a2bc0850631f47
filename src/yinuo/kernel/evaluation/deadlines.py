"""Deadline clauses compiled: from one subject's facts to its obligations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from yinuo.kernel.calendars import Calendar, DayEnd
from yinuo.kernel.evaluation.clocks import (
    Clock,
    DueTime,
    LimitCompiler,
    Stops,
    agreed_time,
)
from yinuo.kernel.evaluation.conditions import holds_for
from yinuo.kernel.evaluation.ladder import Ladder
from yinuo.kernel.evaluation.pauses import counted_stops, merged, pauses_of
from yinuo.kernel.evaluation.provisional import is_provisional
from yinuo.kernel.evaluation.results import Obligation, Pause, State
from yinuo.kernel.evaluation.rounding import rounded
from yinuo.kernel.evaluation.starts import Finder, Found, compile_anchor, matching_facts
from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.anchors import FactAnchor, Which
from yinuo.kernel.plan.clauses import Deadline

NO_TIME = timedelta(0)
_MOST_REPEATS = 1000
_NO_STOPS: tuple[tuple[datetime, datetime], ...] = ()


class Timing(NamedTuple):
    """How a clause counts in one zone."""

    clock: Clock
    due: DueTime | None


@dataclass(slots=True)
class Run:
    """One subject being evaluated: what its clauses came to so far."""

    as_of: datetime
    done: dict[str, Obligation]


class CompiledDeadline:
    """One deadline clause, ready to be applied to any number of subjects."""

    def __init__(
        self,
        clause: Deadline,
        compiler: LimitCompiler,
        calendars: Callable[[str | None, str], Calendar | None],
        clauses_of: Callable[[str], tuple[str, ...]],
        zone: ZoneInfo,
    ) -> None:
        self.clause = clause
        self._compiler = compiler
        self._calendars = calendars
        self._zone = zone
        self._intake = calendars(clause.intake, zone.key) if clause.intake else None
        self.start = compile_anchor(clause.start, zone, clauses_of)
        self.end: Finder = compile_anchor(clause.end, zone, clauses_of)
        self.ladder = Ladder(clause.ladder)
        self._timings: dict[str, Timing] = {}
        self._plain = self._timing(zone.key)
        self._each = isinstance(clause.start, FactAnchor) and clause.start.which is Which.EACH
        pause_kinds = {stop.begins for stop in clause.stops} | (
            {"paused"} if clause.stops else set()
        )
        self._pause_kinds = tuple(sorted(pause_kinds))
        self._void_on = clause.void_on
        # Kinds of facts that make more of an obligation than a start, a limit and an end.
        self._unusual = pause_kinds.union(clause.void_on, clause.broken_by)
        self._is_plain = not (
            self._each
            or clause.repeat
            or clause.backward
            or clause.local_time
            or clause.intake
            or clause.reopened_by
            or clause.excused_by
        )
        self.is_plural = self._each or clause.repeat is not None or clause.backward

    def timing(self, subject: Subject) -> Timing:
        """The clock for a subject: in the customer's zone when the clause says local time."""
        if not self.clause.local_time:
            return self._plain
        name = subject.lookup("timezone")
        if not isinstance(name, str):
            return self._plain
        known = self._timings.get(name)
        return known if known is not None else self._timing(name)

    def _timing(self, zone_name: str) -> Timing:
        try:
            zone = ZoneInfo(zone_name)
        except (KeyError, ValueError, OSError):
            return self._plain
        local = zone_name if self.clause.local_time else ""
        calendar = self._calendars(self.clause.calendar, local)
        clock = Clock(calendar, zone, self.clause.backward, DayEnd(self.clause.day_end))
        limit = self.clause.limit
        due = None if limit is None else self._compiler.compile(limit, clock)
        self._timings[zone_name] = Timing(clock, due)
        return self._timings[zone_name]

    # -- from facts to obligations ----------------------------------------------------------

    def run(self, subject: Subject, run: Run) -> tuple[Obligation, ...]:
        """The obligations of this clause on one subject; empty when nothing started it."""
        if self._each:
            return self._run_each(subject, run)
        found = self.start(subject, run.done, None)
        if found is None:
            return ()
        if self._is_plain and self._unusual.isdisjoint(subject.by_kind):
            return (self._plain_one(subject, run, found),) if found[0] <= run.as_of else ()
        if self.clause.repeat is not None:
            return self._run_repeated(subject, run, found)
        one = self.apply(subject, run, found)
        return () if one is None else (one,)

    def _plain_one(self, subject: Subject, run: Run, found: Found) -> Obligation:
        """What `apply` comes to where nothing was paused, cancelled or broken: most of all."""
        started, start_fact = found
        as_of, timing, clause = run.as_of, self._plain, self.clause
        due = self.due_time(subject, timing, started, _NO_STOPS)
        end = self.end(subject, run.done, started)
        next_at, next_step = None, ""
        if end is not None:
            ended_at, end_fact = end
            state, until = State.MET, ended_at
        else:
            ended_at, end_fact = None, None
            state, until = State.RUNNING, as_of
            if due is not None:
                next_at, next_step = self.ladder.next_after(
                    as_of, started, due, timing.clock, _NO_STOPS
                )
        late, provisional = NO_TIME, False
        if due is not None:
            if until > due:
                state, late = State.MISSED, until - due
            calendar = timing.clock.calendar
            provisional = calendar is not None and is_provisional(calendar, started, due)
        return Obligation(
            clause.id, clause.promise, subject.name, state, started, due, ended_at, late,
            (), provisional, next_at, next_step, None, 0, start_fact, end_fact,
        )  # fmt: skip

    def _run_each(self, subject: Subject, run: Run) -> tuple[Obligation, ...]:
        assert isinstance(self.clause.start, FactAnchor)
        made: list[Obligation] = []
        for found in matching_facts(self.clause.start, subject, self._zone):
            one = self.apply(subject, run, found, len(made))
            if one is not None:
                made.append(one)
        return tuple(made)

    def _run_repeated(self, subject: Subject, run: Run, found: Found) -> tuple[Obligation, ...]:
        repeat = self.clause.repeat
        assert repeat is not None
        stop_at = earliest(subject, repeat.until, found[0])
        most = min(repeat.times or _MOST_REPEATS, _MOST_REPEATS)
        made: list[Obligation] = []
        begin: Found = found
        while len(made) < most:
            one = self.apply(subject, run, begin, len(made), stop_at, bool(made))
            if one is None:
                break
            made.append(one)
            following = one.ended_at if repeat.from_done else one.due_at
            if following is None or self._is_last(one, following, stop_at):
                break
            if following > run.as_of or following < begin[0]:
                break
            if following == begin[0] and not repeat.from_done:
                break
            begin = (following, one.end_fact)
        return tuple(made)

    def _is_last(self, one: Obligation, following: datetime, stop_at: Fact | None) -> bool:
        """Whether nothing repeats any more: what is repeated has stopped or became void."""
        if stop_at is not None and following >= stop_at.occurred_at:
            return True
        is_void = one.end_fact is not None and one.end_fact.kind in self._void_on
        return one.state is State.VOID or (is_void and following == one.ended_at)

    def apply(
        self,
        subject: Subject,
        run: Run,
        found: Found,
        number: int = 0,
        stop_at: Fact | None = None,
        after: bool = False,
    ) -> Obligation | None:
        """One obligation from one start; None while the start lies ahead."""
        started, start_fact = found
        clause = self.clause
        as_of = run.as_of
        if clause.backward:
            started = start_fact.occurred_at if start_fact is not None else started
        elif started > as_of:
            return None
        timing = self._plain if not clause.local_time else self.timing(subject)
        begun = started
        started = self.taken_in(started)
        pauses: tuple[Pause, ...] = ()
        stops: Stops = _NO_STOPS
        if self._pause_kinds and any(kind in subject.by_kind for kind in self._pause_kinds):
            pauses = pauses_of(subject, clause.stops, as_of, timing.clock)
            stops = counted_stops(pauses, as_of)
        end = self.end(subject, run.done, self._bound(begun, after))
        if clause.reopened_by and end is not None:
            end, reopenings = self._after_reopenings(subject, run, end)
            stops = merged([*stops, *reopenings])
        origin = found[0] if clause.backward else started
        due = self.due_time(subject, timing, origin, stops)
        last = origin if clause.backward else None
        return self.settle(subject, run, Opened(
            begun, started, start_fact, due, end, pauses, number, stop_at, timing, last
        ))  # fmt: skip

    def _after_reopenings(
        self, subject: Subject, run: Run, end: Found
    ) -> tuple[Found | None, list[tuple[datetime, datetime]]]:
        """The end that no reopening follows, and the stretches from an end to its reopening."""
        stretches: list[tuple[datetime, datetime]] = []
        last: Found | None = end
        while last is not None:
            reopened = earliest(subject, self.clause.reopened_by, last[0])
            if reopened is None or reopened.occurred_at <= last[0]:
                break
            stretches.append((last[0], reopened.occurred_at))
            last = self.end(subject, run.done, reopened.occurred_at)
        return last, stretches

    def taken_in(self, begun: datetime) -> datetime:
        """When a start begins to count: at once, or at the next opening of the intake hours."""
        return begun if self._intake is None else self._intake.next_open(begun)

    def _bound(self, begun: datetime, after: bool) -> datetime | None:
        if self.clause.backward and not isinstance(self.clause.start, FactAnchor):
            return None
        return begun + timedelta(microseconds=1) if after else begun

    def due_time(
        self,
        subject: Subject,
        timing: Timing,
        started: datetime,
        stops: Stops,
    ) -> datetime | None:
        """When the promise is due; None while something the limit needs is not known."""
        if timing.due is None:
            return None
        due = timing.due(subject, started, stops)
        clause = self.clause
        if due is None:
            return None
        if clause.rounding is not None:
            due = rounded(due, clause.rounding, timing.clock.zone)
        if clause.extended_by is not None:
            due = self._extended(subject, due)
        return due

    def _extended(self, subject: Subject, due: datetime) -> datetime:
        assert self.clause.extended_by is not None
        for fact in subject.by_kind.get(self.clause.extended_by, ()):
            if fact.occurred_at <= due:
                agreed = agreed_time((fact,), "until", fact.occurred_at, self._zone)
                if agreed is not None and agreed > due:
                    due = agreed
        return due

    def settle(self, subject: Subject, run: Run, opened: Opened) -> Obligation:
        """State and lateness of an obligation whose due time is known."""
        clause, due = self.clause, opened.due
        started = opened.started
        ended_at, end_fact, state = self._ending(subject, run, opened)
        late = NO_TIME
        note = ""
        if ended_at is None:
            if due is not None and run.as_of > due:
                state, late = State.MISSED, run.as_of - due
            elif opened.pauses and _is_paused(opened.pauses, run.as_of):
                state = State.PAUSED
        elif due is not None and ended_at > due:
            state, late = State.MISSED, ended_at - due
        elif state is State.MISSED and due is None:
            due = ended_at
        excuse = clause.excused_by
        if state is State.MISSED and excuse is not None and holds_for(excuse, subject):
            state, late, note = State.VOID, NO_TIME, "excused"
        next_at, next_step = None, ""
        clock = opened.timing.clock
        if ended_at is None and due is not None and not note:
            stops = counted_stops(opened.pauses, run.as_of) if opened.pauses else _NO_STOPS
            next_at, next_step = self.ladder.next_after(run.as_of, started, due, clock, stops)
        calendar = clock.calendar
        provisional = (
            calendar is not None and due is not None and is_provisional(calendar, started, due)
        )
        return Obligation(
            clause.id, clause.promise, subject.name, state, started, due, ended_at, late,
            opened.pauses, provisional, next_at, next_step, None, opened.number,
            opened.start_fact, end_fact, note,
        )  # fmt: skip

    def _ending(
        self, subject: Subject, run: Run, opened: Opened
    ) -> tuple[datetime | None, Fact | None, State]:
        """What ended it first: its end, a fact that makes it void, one that breaks it."""
        ended_at, end_fact = opened.end if opened.end is not None else (None, None)
        state = State.MET if ended_at is not None else State.RUNNING
        begun = opened.begun
        void = earliest(subject, self._void_on, begun) if self._void_on else None
        stop = opened.stop_at
        if stop is not None and (void is None or stop.occurred_at < void.occurred_at):
            void = stop
        if void is not None and (ended_at is None or void.occurred_at < ended_at):
            ended_at, end_fact, state = void.occurred_at, void, State.VOID
        if self.clause.broken_by:
            broken = earliest(subject, self.clause.broken_by, begun)
            if broken is not None and (ended_at is None or broken.occurred_at < ended_at):
                ended_at, end_fact, state = broken.occurred_at, broken, State.MISSED
        last = opened.last
        if last is not None and run.as_of >= last and (ended_at is None or ended_at > last):
            return last, None, State.VOID if opened.due is None else State.MISSED
        return ended_at, end_fact, state


class Opened(NamedTuple):
    """An obligation that has begun, before its state is known."""

    begun: datetime
    started: datetime
    start_fact: Fact | None
    due: datetime | None
    end: Found | None
    pauses: tuple[Pause, ...]
    number: int
    stop_at: Fact | None
    timing: Timing
    last: datetime | None = None


def earliest(subject: Subject, kinds: tuple[str, ...], bound: datetime) -> Fact | None:
    """The first fact of any of these kinds at or after an instant."""
    found: Fact | None = None
    by_kind: Mapping[str, list[Fact]] = subject.by_kind
    for kind in kinds:
        for fact in by_kind.get(kind, ()):
            if fact.occurred_at >= bound:
                if found is None or fact.occurred_at < found.occurred_at:
                    found = fact
                break
    return found


def _is_paused(pauses: tuple[Pause, ...], as_of: datetime) -> bool:
    return any(
        pause.counted
        and pause.began_at <= as_of
        and (pause.ended_at is None or as_of < pause.ended_at)
        for pause in pauses
    )
