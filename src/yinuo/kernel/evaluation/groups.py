"""Competing clauses: which one applies to a subject, also when its level or contract changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from yinuo.kernel.evaluation.deadlines import CompiledDeadline, Opened, Run, Timing
from yinuo.kernel.evaluation.pauses import counted_stops, pauses_of
from yinuo.kernel.evaluation.results import Obligation, State
from yinuo.kernel.evaluation.starts import Found
from yinuo.kernel.evaluation.subjects import Subject, as_at
from yinuo.kernel.plan.limits import (
    SECONDS,
    Amount,
    Choose,
    FromAttribute,
    FromParameter,
    every_part,
    names_in,
)
from yinuo.kernel.plan.selectors import test_holds

ValueAt = Callable[[Subject, str, datetime | None], Any]


class Group:
    """Clauses of one promise on one kind of subject, the winning one first."""

    def __init__(
        self, runners: Sequence[CompiledDeadline], computed: frozenset[str], value_at: ValueAt
    ) -> None:
        self.runners = tuple(runners)
        self.names = frozenset(name for one in runners for name in one.clause.applies_to.names)
        self.is_computed = bool(self.names & computed)
        self._limit_names = {one.clause.id: _limit_names(one) - computed for one in runners}
        self.watched = self.names.union(*self._limit_names.values())
        self._computed = computed
        self._value_at = value_at

    def candidates(self, subject: Subject) -> tuple[CompiledDeadline, ...]:
        """Clauses whose plain selectors fit the newest values; computed ones are left open."""
        return tuple(one for one in self.runners if self._fits(one, subject, None, plain=True))

    def run(
        self, subject: Subject, run: Run, candidates: tuple[CompiledDeadline, ...]
    ) -> tuple[Obligation, ...]:
        """The obligations of the clause that applies."""
        if not self.is_computed:
            return candidates[0].run(subject, run) if candidates else ()
        for one in candidates:
            found = one.start(subject, run.done, None)
            if found is not None and self._fits(one, subject, found[0], plain=False):
                return one.run(subject, run)
        return ()

    def _fits(
        self, one: CompiledDeadline, subject: Subject, at: datetime | None, *, plain: bool
    ) -> bool:
        for name, test in one.clause.applies_to.tests:
            if plain and name in self._computed:
                continue
            value = self._value_at(subject, name, at)
            if value is None or not test_holds(test, value):
                return False
        return True

    # -- when a selector's value changes under way ------------------------------------------

    def run_changing(
        self, subject: Subject, run: Run, instants: Sequence[datetime]
    ) -> tuple[Obligation, ...]:
        """Like ``run`` when selectors change at these instants: time already counted is kept.

        The clause in force up to a change stays answerable for what ended or was missed before
        it. From the change on the new clause's limit holds, less what has been counted; it is
        never due before the change itself.
        """
        spells = self._spells(subject, instants)
        last = spells[-1].runner
        if len(spells) == 1 or any(
            one.runner is not None and one.runner.is_plural for one in spells
        ):
            return () if last is None else last.run(subject, run)
        course = _Course(subject, run)
        for number, spell in enumerate(spells):
            until = spells[number + 1].begins if number + 1 < len(spells) else None
            settled = course.through(spell, until)
            if settled is not None:
                return (settled,)
        return ()

    def _spells(self, subject: Subject, instants: Sequence[datetime]) -> list[_Spell]:
        spells: list[_Spell] = []
        for begins in (None, *instants):
            at = begins if begins is not None else datetime.min.replace(tzinfo=instants[0].tzinfo)
            runner = next((one for one in self.runners if self._fits_at(one, subject, at)), None)
            spell = _Spell(begins, runner, self._decisive(runner, subject, at))
            if not spells or spells[-1][1:] != spell[1:]:
                spells.append(spell)
        return spells

    def _decisive(
        self, runner: CompiledDeadline | None, subject: Subject, at: datetime
    ) -> tuple[Any, ...]:
        """What the clause's limit depends on, as it was at an instant."""
        names = () if runner is None else sorted(self._limit_names[runner.clause.id])
        return tuple(self._value_at(subject, name, at) for name in names)

    def _fits_at(self, one: CompiledDeadline, subject: Subject, at: datetime) -> bool:
        return self._fits(one, subject, at, plain=False)


class _Spell(NamedTuple):
    """A stretch of time in which the same clause (or none) applies with the same limit.

    ``begins`` None: from the beginning.
    """

    begins: datetime | None
    runner: CompiledDeadline | None
    decisive: tuple[Any, ...] = ()


class _Course:
    """One obligation on its way through several clauses."""

    def __init__(self, subject: Subject, run: Run) -> None:
        self.subject = subject
        self.run = run
        self.found: Found | None = None
        self.counted = timedelta(0)
        self.last: CompiledDeadline | None = None

    def through(self, spell: _Spell, until: datetime | None) -> Obligation | None:
        """Go through one spell; the obligation when it is settled in it (or nothing follows)."""
        runner = spell.runner
        if runner is None:
            return self._dropped(spell)
        begins_here = self.found is None
        if self.found is None:
            self.found = runner.start(self.subject, self.run.done, None)
            if self.found is None or self.found[0] > self.run.as_of:
                self.found = None
                return None
            if until is not None and self.found[0] >= until:
                self.found = None
                return None
        opened = self._opened(runner, spell.begins, begins_here)
        obligation = runner.settle(self.subject, self.run, opened)
        if spell.begins is not None and not (begins_here and spell.begins <= opened.started):
            obligation = obligation._replace(changed_at=spell.begins)
        if until is None or _is_settled_before(obligation, until):
            return obligation
        self._count(runner, spell.begins, until, opened)
        self.last = runner
        return None

    def _dropped(self, spell: _Spell) -> Obligation | None:
        if self.found is None or self.last is None or spell.begins is None:
            return None
        opened = self._opened(self.last, None, True)
        obligation = self.last.settle(self.subject, self.run, opened)
        return obligation._replace(
            state=State.VOID,
            ended_at=spell.begins,
            late_by=timedelta(0),
            next_at=None,
            next_step="",
            changed_at=spell.begins,
        )

    def _opened(
        self, runner: CompiledDeadline, change: datetime | None, begins_here: bool
    ) -> Opened:
        assert self.found is not None
        timing = runner.timing(self.subject)
        pauses = pauses_of(self.subject, runner.clause.stops, self.run.as_of, timing.clock)
        stops = counted_stops(pauses, self.run.as_of)
        started = runner.taken_in(self.found[0])
        then = as_at(self.subject, started if change is None else max(change, started))
        full = runner.due_time(then, timing, started, stops)
        due = full
        if full is not None and change is not None and change > started:
            if not begins_here and counts_time(runner):
                left = timing.clock.elapsed(started, full, stops) - self.counted
                due = timing.clock.move_by(change, left, stops) if left > timedelta(0) else change
            due = max(due or full, change)
            due = self._with_least(runner, timing, change, due)
        end = runner.end(self.subject, self.run.done, self.found[0])
        return Opened(self.found[0], started, self.found[1], due, end, pauses, 0, None, timing)

    @staticmethod
    def _with_least(
        runner: CompiledDeadline, timing: Timing, change: datetime, due: datetime
    ) -> datetime:
        least = runner.clause.at_least_after_change
        if least is None:
            return due
        return max(due, timing.clock.move(change, least.number, least.unit, ()))

    def _count(
        self, runner: CompiledDeadline, begins: datetime | None, until: datetime, opened: Opened
    ) -> None:
        stops = counted_stops(opened.pauses, self.run.as_of)
        since = opened.started if begins is None else max(begins, opened.started)
        if until > since:  # a change before the intake hours open has nothing counted before it
            self.counted += opened.timing.clock.elapsed(since, until, stops)


def _is_settled_before(obligation: Obligation, until: datetime) -> bool:
    if obligation.ended_at is not None and obligation.ended_at < until:
        return True
    return obligation.due_at is not None and obligation.due_at < until


def _limit_names(runner: CompiledDeadline) -> frozenset[str]:
    limit = runner.clause.limit
    return frozenset() if limit is None else names_in(limit)


def counts_time(runner: CompiledDeadline) -> bool:
    """Whether all of a clause's limit is counted in hours or shorter, so that it can be split."""
    if runner.clause.limit is None:
        return False
    for part in every_part(runner.clause.limit):
        if isinstance(part, Amount | FromAttribute) and part.unit not in SECONDS:
            return False
        if not isinstance(part, Amount | FromAttribute | FromParameter | Choose) and not hasattr(
            part, "parts"
        ):
            return False
    return True
