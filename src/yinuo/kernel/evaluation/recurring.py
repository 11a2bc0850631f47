"""Recurring duties: N times in each period, at most so far apart, after so much use."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.clocks import Clock, number_of, parameter_value
from yinuo.kernel.evaluation.duties import applies, facts_about, inside, life_of
from yinuo.kernel.evaluation.ladder import Ladder
from yinuo.kernel.evaluation.periods import spans_between
from yinuo.kernel.evaluation.results import Obligation, Span, State
from yinuo.kernel.evaluation.starts import Found
from yinuo.kernel.evaluation.subjects import Subject, World
from yinuo.kernel.evaluation.suspended import share_in_force
from yinuo.kernel.evaluation.targets import figure_of
from yinuo.kernel.plan.anchors import FactAnchor
from yinuo.kernel.plan.clauses import Recurring
from yinuo.kernel.plan.limits import Amount, Unit
from yinuo.kernel.plan.periods import Partial

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator

_MOST = 1000
# What one clause promises in several ways is numbered apart: gaps, then each step of outreach.
_APART = 10_000
_MOMENT = timedelta(microseconds=1)


class RecurringDuty:
    """One recurring clause applied to one subject."""

    def __init__(
        self, evaluator: Evaluator, clause: Recurring, world: World, subject: Subject
    ) -> None:
        self.evaluator = evaluator
        self.clause = clause
        self.world = world
        self.subject = subject
        self.as_of = world.as_of
        self.clock = Clock(evaluator.calendars.of(clause.calendar, ""), evaluator.zone)
        self.ladder = Ladder(clause.ladder)
        self.interval = self._interval()

    def obligations(self) -> list[Obligation]:
        """One obligation for each period begun, gap and interval; the outreach steps after them."""
        clause = self.clause
        if not applies(clause, self.subject):
            return []
        life = life_of(self.evaluator, self.subject, clause.begins, clause.ends, self.as_of)
        if life is None or life.begins_at > self.as_of:
            return []
        done = self._spaced(inside(self._done(), Span(life.begins_at, _later(life.ends_at))))
        made: list[Obligation] = []
        if clause.period is not None:
            made += self._in_periods(done, life)
        if self.interval is not None or clause.usage is not None:
            made += self._by_interval(done, life)
        if clause.max_gap is not None:
            made += self._gaps(done, life)
        return made + self._outreach(made, done)

    def _interval(self) -> Amount | None:
        """The interval as written, or the contract's figure that stands for it."""
        name = self.clause.interval_parameter
        if not name:
            return self.clause.interval
        parameter = self.evaluator.parameters[name]
        number = parameter_value(self.subject, parameter)
        if number is None or parameter.unit is None:
            return None
        return Amount(number, parameter.unit)

    def _done(self) -> list[Found]:
        return facts_about(self.world, self.subject, self.clause.done, self.evaluator)

    def _spaced(self, done: list[Found]) -> list[Found]:
        gap = self.clause.min_gap
        if gap is None:
            return done
        kept: list[Found] = []
        for one in done:
            if not kept or self._moved(kept[-1][0], gap) <= one[0]:
                kept.append(one)
        return kept

    def _moved(self, at: datetime, amount: Amount) -> datetime:
        return self.clock.move(at, amount.number, amount.unit, ())

    # -- periods ----------------------------------------------------------------------------

    def _in_periods(self, done: list[Found], life: Span) -> list[Obligation]:
        clause = self.clause
        assert clause.period is not None
        made: list[Obligation] = []
        free = list(done)
        pairs = spans_between(clause.period, life.begins_at, life.ends_at, self.evaluator.zone)
        for whole, part in pairs:
            if (part.begins_at if clause.due_after_end is None else part.ends_at) > self.as_of:
                break
            times = self._times(whole, part)
            if times == 0:
                continue
            window, due = self._window(part)
            share = share_in_force(self.subject.owner("contract"), part)
            times = self._left_of(times, share)
            if times == 0:
                made.append(self._let_go(part, due, len(made)))
                continue
            counted = [one for one in inside(free, window) if one[0] <= due][:times]
            free = [one for one in free if one not in counted]
            late = self._made_up(free, window, due, times - len(counted))
            free = [one for one in free if one not in late]
            made.append(self._period(part, due, times, counted, late, len(made)))
        return made

    def _window(self, part: Span) -> tuple[Span, datetime]:
        """When what a period asks for may be done, and by when it is due."""
        clause = self.clause
        if clause.due_after_begin is not None:
            due = self._moved_from_edge(part.begins_at, clause.due_after_begin)
            return part, min(due, part.ends_at)
        if clause.due_after_end is None:
            return part, part.ends_at
        due = self._moved_from_edge(part.ends_at, clause.due_after_end)
        length = part.ends_at - part.begins_at
        return Span(part.ends_at, max(part.ends_at + length, due + _MOMENT)), due

    def _moved_from_edge(self, edge: datetime, amount: Amount) -> datetime:
        """So long after the edge of a period: the first working day of the next one counts."""
        begin = edge - _MOMENT if amount.unit is Unit.WORKING_DAY else edge
        return self._moved(begin, amount)

    def _times(self, whole: Span, part: Span) -> int:
        times = self.clause.times
        if self.clause.times_parameter:
            parameter = self.evaluator.parameters[self.clause.times_parameter]
            times = int(figure_of(self.subject, parameter, part.ends_at) or 0)
        if (whole.begins_at, whole.ends_at) == (part.begins_at, part.ends_at):
            return times
        if self.clause.partial is Partial.SKIPPED:
            return 0
        if self.clause.partial is Partial.FULL:
            return times
        share = (part.ends_at - part.begins_at) / (whole.ends_at - whole.begins_at)
        return int(times * share)

    def _left_of(self, times: int, share: Fraction) -> int:
        """What a period asks for when the contract was suspended in part of it, or in all."""
        if share == 1 or (share > 0 and self.clause.partial is Partial.FULL):
            return times
        return int(times * share) if self.clause.partial is Partial.PRORATED else 0

    def _let_go(self, part: Span, due: datetime, number: int) -> Obligation:
        one = self._obligation(part.begins_at, due, State.VOID, part.begins_at, None, number)
        return one._replace(period=part, note="suspended")

    def _made_up(self, free: list[Found], window: Span, due: datetime, short: int) -> list[Found]:
        """What was done late for a period: in the rest of its window, or in the time to make up."""
        if short <= 0:
            return []
        until = window.ends_at
        if self.clause.make_up is not None:
            until = self._moved(window.ends_at, self.clause.make_up) + _MOMENT
        return [one for one in free if due <= one[0] < until][:short]

    def _period(
        self,
        part: Span,
        due: datetime,
        times: int,
        counted: list[Found],
        late: list[Found],
        number: int,
    ) -> Obligation:
        short = times - len(counted)
        ended: datetime | None = None
        fact = None
        state = State.RUNNING
        if short <= 0:
            state, ended, fact = State.MET, counted[-1][0], counted[-1][1]
        elif self._is_over(due):
            state = State.MISSED
            if len(late) >= short:
                ended, fact = late[-1][0], late[-1][1]
        missing = f"{len(counted)}/{times}" if short > 0 else ""
        begun = part.ends_at if self.clause.due_after_end is not None else part.begins_at
        made = self._obligation(begun, due, state, ended, fact, number)
        return made._replace(period=part, missing=(missing,) if missing else ())

    def _is_over(self, due: datetime) -> bool:
        """A period is half-open; a due time inside it or after it still counts as in time."""
        if self.clause.due_after_begin is None and self.clause.due_after_end is None:
            return self.as_of >= due
        return self.as_of > due

    # -- intervals, use and gaps ------------------------------------------------------------

    def _by_interval(self, done: list[Found], life: Span) -> list[Obligation]:
        if not self.clause.from_done and self.clause.usage is None:
            return self._from_due(done, life)
        made: list[Obligation] = []
        begin = life.begins_at
        while begin <= self.as_of and begin < life.ends_at and len(made) < _MOST:
            due = self._due_after(begin)
            after = [one for one in done if one[0] > begin]
            following = after[0] if after else None
            if due is None or (due > life.ends_at and following is None):
                break
            state = self._state(due, following)
            ended, fact = following if following is not None else (None, None)
            made.append(self._obligation(begin, due, state, ended, fact, len(made)))
            if following is None:
                break
            begin = following[0] if self.clause.from_done else due
        return made

    def _from_due(self, done: list[Found], life: Span) -> list[Obligation]:
        """Fixed stretches one after the other; what is done counts for the one it falls in.

        Only what is left over there makes good an earlier one that was missed.
        """
        interval = self.interval
        assert interval is not None
        dues = [life.begins_at]
        while dues[-1] <= self.as_of and len(dues) <= _MOST:
            grown = Amount(interval.number * len(dues), interval.unit)
            due = self._moved(life.begins_at, grown)
            if due > life.ends_at:
                break
            dues.append(due)
        stretches = list(pairwise(dues))
        kept: list[Found | None] = []
        free = list(done)
        for begin, due in stretches:
            kept.append(next((one for one in free if begin < one[0] <= due), None))
            free = [one for one in free if one is not kept[-1]]
        for number, (_, due) in enumerate(stretches):
            if kept[number] is None:
                kept[number] = next((one for one in free if one[0] > due), None)
                free = [one for one in free if one is not kept[number]]
        return [
            self._obligation(
                begin, due, self._state(due, one), one and one[0], one and one[1], number
            )
            for number, ((begin, due), one) in enumerate(zip(stretches, kept, strict=True))
        ]

    def _due_after(self, begin: datetime) -> datetime | None:
        known = []
        if self.interval is not None:
            known.append(self._moved(begin, self.interval))
        if self.clause.usage is not None:
            at = self._used_up(begin)
            if at is not None:
                known.append(at)
        return min(known, default=None)

    def _used_up(self, begin: datetime) -> datetime | None:
        usage = self.clause.usage
        assert usage is not None
        readings = facts_about(self.world, self.subject, FactAnchor(("metered",)), self.evaluator)
        base = None
        for at, fact in readings:
            value = number_of(fact.attrs.get(usage.attribute)) if fact is not None else None
            if value is None:
                continue
            if at <= begin or base is None:
                base = value if at <= begin or base is None else base
                if at <= begin:
                    continue
            if value - (base or 0) >= usage.every:
                return at
        return None

    def _gaps(self, done: list[Found], life: Span) -> list[Obligation]:
        assert self.clause.max_gap is not None
        made: list[Obligation] = []
        begin = life.begins_at
        for one in [*done, None]:
            due = min(self._moved(begin, self.clause.max_gap), life.ends_at)
            if due >= life.ends_at and one is None:
                break
            state = self._state(due, one)
            ended, fact = one if one is not None else (None, None)
            gap = self._obligation(begin, due, state, ended, fact, _APART + len(made))
            made.append(gap._replace(period=Span(begin, due, "gap")))
            if one is None or one[0] >= life.ends_at:
                break
            begin = one[0]
        return made

    def _state(self, due: datetime, done: Found | None) -> State:
        if done is not None:
            return State.MET if done[0] <= due else State.MISSED
        return State.MISSED if self.as_of > due else State.RUNNING

    def _obligation(
        self,
        started: datetime,
        due: datetime,
        state: State,
        ended: datetime | None,
        fact: object,
        number: int,
    ) -> Obligation:
        from yinuo.kernel.facts import Fact

        late = timedelta(0)
        if state is State.MISSED:
            late = max((ended or self.as_of) - due, timedelta(0))
        next_at, step = None, ""
        if ended is None:
            next_at, step = self.ladder.next_after(self.as_of, started, due, self.clock, ())
        return Obligation(
            self.clause.id,
            self.clause.promise,
            self.subject.name,
            state,
            started,
            due,
            ended,
            late,
            (),
            False,
            next_at,
            step,
            None,
            number,
            None,
            fact if isinstance(fact, Fact) else None,
        )

    # -- outreach ---------------------------------------------------------------------------

    def _outreach(self, made: list[Obligation], done: list[Found]) -> list[Obligation]:
        steps: list[Obligation] = []
        for place, step in enumerate(self.clause.outreach, 2):
            anchor = FactAnchor((step.fact,))
            contacts = facts_about(self.world, self.subject, anchor, self.evaluator)
            previous: datetime | None = None
            for row, (at, fact) in enumerate(done):
                back = Clock(self.clock.calendar, self.clock.zone, backward=True)
                due = back.move(at, step.latest.number, step.latest.unit, ())
                from_at = previous
                if step.earliest is not None:
                    from_at = back.move(at, step.earliest.number, step.earliest.unit, ())
                before = [
                    one
                    for one in contacts
                    if (from_at is None or one[0] >= from_at) and one[0] <= at
                ]
                contact = before[0] if before else None
                kept = contact is not None and contact[0] <= due
                ended = contact[0] if contact is not None else None
                steps.append(
                    Obligation(
                        self.clause.id,
                        step.fact,
                        self.subject.name,
                        State.MET if kept else State.MISSED,
                        from_at,
                        due,
                        ended,
                        timedelta(0) if kept else (ended or at) - due,
                        number=place * _APART + row,
                        end_fact=contact[1] if contact else fact,
                        period=Span(from_at or due, due, step.fact),
                    )
                )
                previous = at
        return steps


def _later(instant: datetime) -> datetime:
    """Facts shortly after the last period may still make up for a missed one."""
    return instant + timedelta(days=366)
