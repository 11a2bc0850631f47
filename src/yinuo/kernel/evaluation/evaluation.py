"""The result of evaluating a plan on facts, with everything that is made only when asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.explanation import explain
from yinuo.kernel.evaluation.results import Obligation
from yinuo.kernel.evaluation.subjects import World
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

    def explain(self, obligation: Obligation) -> tuple[Text, ...]:
        """Why it is due when it is due and stands as it stands, one sentence a line."""
        return explain(self, obligation)

    def of_subject(self, subject: str) -> tuple[Obligation, ...]:
        """The obligations of one subject, the one due first leading."""
        mine = [one for one in self.obligations if one.subject == subject]
        return tuple(sorted(mine, key=lambda one: (one.due_at is None, one.due_at or self.as_of)))
