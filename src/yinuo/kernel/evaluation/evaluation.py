"""The result of evaluating a plan on facts, with everything that is made only when asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.explanation import explain
from yinuo.kernel.evaluation.ladder import Rung
from yinuo.kernel.evaluation.pauses import counted_stops
from yinuo.kernel.evaluation.results import Cover, Note, Obligation, RemedyLine
from yinuo.kernel.evaluation.subjects import World
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.text import Text

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

    @property
    def as_of(self) -> datetime:
        """The instant evaluated."""
        return self.world.as_of

    @property
    def remedies(self) -> tuple[RemedyLine, ...]:
        """What breaches have brought so far."""
        return ()

    @property
    def totals(self) -> dict[tuple[str, str], Decimal]:
        """Money by contract and by who pays: the sum of the lines."""
        return {}

    @property
    def exposure(self) -> Decimal:
        """What the vendor owes now for breaches."""
        return Decimal(0)

    @property
    def covers(self) -> tuple[Cover, ...]:
        """Warranty terms."""
        return ()

    @property
    def derived(self) -> tuple[Fact, ...]:
        """Changes of level that followed from rules."""
        return ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader should know about the facts."""
        return ()

    def escalations(self, obligation: Obligation) -> tuple[Rung, ...]:
        """The escalation steps taken up to the instant of evaluation."""
        runner = self.evaluator.runners.get(obligation.clause_id)
        if runner is None or obligation.due_at is None or obligation.started_at is None:
            return ()
        until = self.as_of
        if obligation.ended_at is not None:
            until = min(until, obligation.ended_at - timedelta(microseconds=1))
        clock = runner.timing(self.world.subject(obligation.subject)).clock
        stops = counted_stops(obligation.pauses, self.as_of)
        return runner.ladder.rungs(until, obligation.started_at, obligation.due_at, clock, stops)

    def explain(self, obligation: Obligation) -> tuple[Text, ...]:
        """Why it is due when it is due and stands as it stands, one sentence a line."""
        return explain(self, obligation)

    def of_subject(self, subject: str) -> tuple[Obligation, ...]:
        """The obligations of one subject, the one due first leading."""
        mine = [one for one in self.obligations if one.subject == subject]
        return tuple(sorted(mine, key=lambda one: (one.due_at is None, one.due_at or self.as_of)))
