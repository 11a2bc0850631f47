"""The result of evaluating a plan on facts, with everything that is made only when asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.clocks import Clock
from yinuo.kernel.evaluation.explanation import explain
from yinuo.kernel.evaluation.ladder import Ladder, Rung
from yinuo.kernel.evaluation.notes import notes_on
from yinuo.kernel.evaluation.pauses import counted_stops
from yinuo.kernel.evaluation.results import Cover, Note, Obligation, RemedyLine
from yinuo.kernel.evaluation.subjects import Subject, World
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.clauses import Recurring
from yinuo.kernel.plan.limits import Amount
from yinuo.kernel.plan.text import Text
from yinuo.kernel.remedies.lines import extension_amount, lines_at_risk, remedy_lines
from yinuo.kernel.warranty.covers import covers_of

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator


class Evaluation:
    """Obligations at one instant; remedies, covers and explanations are worked out when read."""

    def __init__(
        self, evaluator: Evaluator, world: World, obligations: tuple[Obligation, ...]
    ) -> None:
        self.evaluator = evaluator
        self.world = world
        self.obligations = obligations
        self._subjects: dict[str, Subject] = {}

    def subject(self, name: str) -> Subject:
        """A subject as known at the instant; kept, because breaches ask for it again and again."""
        found = self._subjects.get(name)
        if found is None:
            found = self._subjects[name] = self.world.subject(name)
        return found

    def limited_to(self, obligations: tuple[Obligation, ...]) -> Evaluation:
        """The same facts at the same instant with these obligations in the place of all."""
        other = Evaluation(self.evaluator, self.world, obligations)
        other._subjects = self._subjects
        return other

    @property
    def as_of(self) -> datetime:
        """The instant evaluated."""
        return self.world.as_of

    @cached_property
    def remedies(self) -> tuple[RemedyLine, ...]:
        """What breaches have brought so far, caps and exclusions applied, in order of breach."""
        return remedy_lines(self)

    @cached_property
    def at_risk(self) -> tuple[RemedyLine, ...]:
        """What the open promises would cost if missed now, and the next step of open breaches."""
        return lines_at_risk(self)

    @cached_property
    def totals(self) -> dict[tuple[str, str], Decimal]:
        """Money by contract and by who pays: exactly the sum of the lines."""
        sums: dict[tuple[str, str], Decimal] = {}
        for line in self.remedies:
            if line.amount is not None:
                key = (line.contract, line.paid_by)
                sums[key] = sums.get(key, Decimal(0)) + line.amount
        return sums

    @cached_property
    def covers(self) -> tuple[Cover, ...]:
        """Warranty terms on assets, and whether they cover the requests about them."""
        extensions: dict[str, tuple[Amount, ...]] = {}
        for line in self.remedies:
            amount = extension_amount(self.evaluator.plan, line)
            asset = self.world.subject(line.subject).owner("asset")
            if amount is not None and asset is not None:
                extensions[asset.name] = (*extensions.get(asset.name, ()), amount)
        return covers_of(self.evaluator, self.world, extensions)

    @property
    def derived(self) -> tuple[Fact, ...]:
        """Changes of level that followed from the plan's rules."""
        return tuple(sorted(self.world.derived, key=lambda one: (one.occurred_at, one.subject)))

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What a reader should know about the facts: future, repeated, contradictory …"""
        return notes_on(self.world, self.evaluator.zone)

    def escalations(self, obligation: Obligation) -> tuple[Rung, ...]:
        """The escalation steps taken up to the instant of evaluation."""
        if obligation.due_at is None or obligation.started_at is None:
            return ()
        until = self.as_of
        if obligation.ended_at is not None:
            until = min(until, obligation.ended_at - timedelta(microseconds=1))
        found = self._ladder_of(obligation)
        if found is None:
            return ()
        ladder, clock = found
        stops = counted_stops(obligation.pauses, self.as_of)
        return ladder.rungs(until, obligation.started_at, obligation.due_at, clock, stops)

    def _ladder_of(self, obligation: Obligation) -> tuple[Ladder, Clock] | None:
        """The ladder of a deadline or of a duty that returns, with the clock it is counted by."""
        runner = self.evaluator.runners.get(obligation.clause_id)
        if runner is not None:
            return runner.ladder, runner.timing(self.world.subject(obligation.subject)).clock
        clause = self.evaluator.plan.clause(obligation.clause_id)
        if not isinstance(clause, Recurring):
            return None
        calendar = self.evaluator.calendars.of(clause.calendar, "")
        return Ladder(clause.ladder), Clock(calendar, self.evaluator.zone)

    def explain(self, obligation: Obligation) -> tuple[Text, ...]:
        """Why it is due when it is due and stands as it stands, one sentence a line."""
        return explain(self, obligation)

    def of_subject(self, subject: str) -> tuple[Obligation, ...]:
        """The obligations of one subject, the one due first leading."""
        mine = [one for one in self.obligations if one.subject == subject]
        return tuple(sorted(mine, key=lambda one: (one.due_at is None, one.due_at or self.as_of)))
