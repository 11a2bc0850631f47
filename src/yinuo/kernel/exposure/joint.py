"""What open promises of one contract would cost together, where caps or counts reach across cases.

Each promise by itself may be worth what the cap leaves; missed together they are worth it once.
`docs/algorithms/exposure.md` has the rules and an example.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from yinuo.kernel.evaluation.evaluation import Evaluation
from yinuo.kernel.evaluation.results import Obligation, RemedyLine, State
from yinuo.kernel.exposure.exposure import HORIZONS, as_missed, is_excused, is_ours
from yinuo.kernel.remedies.together import remedies_together

_NOTHING = Decimal(0)
# A promise: its clause, subject and number.
Place = tuple[str, str, int]


class Joint(NamedTuple):
    """What promises cost us together: accrued, and on top if all end an hour, day, week late.

    In the plan's currency; an amount whose base is not known counts nothing.
    """

    accrued: Decimal
    late: tuple[Decimal, ...]


def joint_exposure(evaluations: Sequence[Evaluation], counted: Collection[Place]) -> Joint:
    """The joint exposure of the cases of one contract, all evaluated for the same instant.

    Each evaluation is of a subject of its own; cases that are over belong to them as well, because
    they have used up of the caps. `counted` are the promises whose accrued money is asked for.
    Every promise that is still owed is taken to be missed, all by the same time: one that is late
    already by so much after now.
    """
    now = remedies_together(evaluations)
    accrued = sum(
        (
            line.amount or _NOTHING
            for line in now
            if is_ours(line) and (line.clause_id, line.subject, line.number) in counted
        ),
        _NOTHING,
    )
    before = _ours(now)
    return Joint(
        accrued,
        tuple(
            _ours(remedies_together([_missed(each, span) for each in evaluations])) - before
            for span in HORIZONS
        ),
    )


def _missed(evaluation: Evaluation, span: timedelta) -> Evaluation:
    """The evaluation with every promise with a price that is still owed missed by so much."""
    return evaluation.limited_to(
        tuple(
            as_missed(one, span) if _is_at_risk(evaluation, one) else one
            for one in evaluation.obligations
        )
    )


def _is_at_risk(evaluation: Evaluation, one: Obligation) -> bool:
    return (
        one.clause_id in evaluation.evaluator.costs
        and one.is_open
        and one.due_at is not None
        and not (one.period is not None and one.state is State.MISSED)
        and not is_excused(evaluation, one)
    )


def _ours(lines: Sequence[RemedyLine]) -> Decimal:
    return sum((line.amount or _NOTHING for line in lines if is_ours(line)), _NOTHING)
