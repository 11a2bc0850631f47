"""The fair score (B-61): what an engineer's cases come to, apart from what was not in his hands.

Every case is worth its difficulty; what is missing from it is at most one ordinary case, however
hard it was. The score is the share of the worth that is not missing, 0 to 100. What lowers what is
missing: minutes of the promise used up before he got the case, a long way, a hard case. The prose
with worked tables is docs/algorithms/fair-score.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

WHOLE = 10_000
USUAL = 100
HARDEST = 300
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class FairWeights:
    """What counts how much; all in percent or minutes, whole numbers.

    ``satisfaction`` and ``timeliness`` are shares of each other · ``relief`` is taken off a bad
    opinion when the whole promise was used up before · ``tolerance`` is how late, of the promised
    time, a case is wholly late · a way over ``travel_free`` minutes gives as many minutes more, at
    most ``travel_most`` · the others say how hard a case is; 100 is an ordinary one.
    """

    satisfaction_percent: int = 60
    timeliness_percent: int = 40
    relief_percent: int = 50
    tolerance_percent: int = 100
    travel_free_minutes: int = 60
    travel_most_minutes: int = 180
    worst_level_percent: int = 150
    second_level_percent: int = 120
    fault_percent: int = 110
    coordination_percent: int = 120

    def __post_init__(self) -> None:
        """Refuse what would turn the score round. Raises ValueError."""
        if self.satisfaction_percent + self.timeliness_percent <= 0 or self.tolerance_percent <= 0:
            raise ValueError("nothing would count")
        if not 0 <= self.relief_percent <= USUAL or min(self._plain()) < 0:
            raise ValueError("below zero or above the whole")

    def _plain(self) -> tuple[int, ...]:
        return (
            self.satisfaction_percent,
            self.timeliness_percent,
            self.travel_free_minutes,
            self.travel_most_minutes,
        )

    def difficulty(self, kind: str, level_rank: int | None) -> int:
        """How hard a case of this kind and level is, in percent, 100 to 300.

        ``level_rank`` counts the plan's levels from the worst, 0; None without a level.

        >>> FairWeights().difficulty("fault", 0), FairWeights().difficulty("advice", None)
        (165, 100)
        """
        levels = {0: self.worst_level_percent, 1: self.second_level_percent}
        kinds = {"fault": self.fault_percent, "coordination": self.coordination_percent}
        level = levels.get(level_rank, USUAL) if level_rank is not None else USUAL
        both = kinds.get(kind, USUAL) * level // USUAL
        return min(max(both, USUAL), HARDEST)


@dataclass(frozen=True, slots=True)
class FairCase:
    """What is known of one case. Minutes count in the hours of the promise, whole ones.

    ``points`` of what the customer says on a scale from ``least`` to ``most``; None when he makes
    no statement. ``promised_minutes`` from the promise's start to its due time; None when no
    arrival was promised. ``inherited_minutes`` from its start until he got the case.
    ``late_minutes`` after the due time; 0 in time.
    """

    points: Decimal | None
    least: Decimal
    most: Decimal
    promised_minutes: int | None = None
    inherited_minutes: int = 0
    travel_minutes: int = 0
    late_minutes: int = 0
    difficulty_percent: int = USUAL


@dataclass(frozen=True, slots=True)
class FairPart:
    """What one case comes to. ``missing`` in ten-thousandths of an ordinary case.

    ``satisfaction_missing`` and ``timeliness_missing`` None where nothing is known of it;
    ``own_late_minutes`` is what stays of the lateness once way and inheritance are taken off.
    """

    difficulty_percent: int
    missing: int
    satisfaction_missing: int | None
    timeliness_missing: int | None
    own_late_minutes: int


def judged(case: FairCase, weights: FairWeights) -> FairPart | None:
    """What a case comes to; None when neither opinion nor promise says anything of it.

    >>> late = FairCase(Decimal(3), Decimal(-5), Decimal(5), 240, 180, 30, 200)
    >>> part = judged(late, FairWeights())
    >>> part.satisfaction_missing, part.timeliness_missing, part.missing
    (1250, 833, 1083)
    """
    said = _satisfaction_missing(case, weights)
    own_late = _own_late(case, weights)
    timed = _timeliness_missing(case, own_late, weights)
    known = [
        (weight, part)
        for weight, part in (
            (weights.satisfaction_percent, said),
            (weights.timeliness_percent, timed),
        )
        if part is not None and weight
    ]
    if not known:
        return None
    missing = _rounded(
        sum(weight * part for weight, part in known), sum(weight for weight, _part in known)
    )
    return FairPart(case.difficulty_percent, missing, said, timed, own_late)


def fair_score(parts: Iterable[FairPart]) -> Decimal | None:
    """The score of several cases, 0 to 100, two decimals, half up; None without a case."""
    missing = difficulty = 0
    for one in parts:
        missing += one.missing
        difficulty += one.difficulty_percent
    return fair_of_sums(missing, difficulty)


def fair_of_sums(missing: int, difficulty_percent: int) -> Decimal | None:
    """The score by what is missing and what all cases are worth; None without a case.

    >>> str(fair_of_sums(1_000, 400))
    '97.50'
    """
    if difficulty_percent <= 0:
        return None
    score = Decimal(USUAL) - Decimal(missing) / Decimal(difficulty_percent)
    return score.quantize(_HUNDREDTH, ROUND_HALF_UP)


def _satisfaction_missing(case: FairCase, weights: FairWeights) -> int | None:
    if case.points is None or case.most <= case.least:
        return None
    points = min(max(case.points, case.least), case.most)
    short = (case.most - points) / (case.most - case.least) * WHOLE
    if case.promised_minutes:
        used = min(max(case.inherited_minutes, 0), case.promised_minutes)
        short -= short * weights.relief_percent * used / (USUAL * case.promised_minutes)
    return int(short.quantize(Decimal(1), ROUND_HALF_UP))


def _own_late(case: FairCase, weights: FairWeights) -> int:
    way = max(case.travel_minutes - weights.travel_free_minutes, 0)
    allowed = max(case.inherited_minutes, 0) + min(way, weights.travel_most_minutes)
    return max(case.late_minutes - allowed, 0)


def _timeliness_missing(case: FairCase, own_late: int, weights: FairWeights) -> int | None:
    if case.promised_minutes is None:
        return None
    whole = max(case.promised_minutes, 1) * weights.tolerance_percent
    return min(WHOLE, _rounded(own_late * WHOLE * USUAL, whole))


def _rounded(number: int, by: int) -> int:
    """The quotient of two whole numbers, half up."""
    return (2 * number + by) // (2 * by)
