"""What answers come to: how many of each opinion, over how many cases, and their points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from yinuo.kernel.plan.reports import Satisfaction

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Answered:
    """So many counting answers with one opinion, each worth so many points."""

    opinion: Satisfaction
    points: Decimal
    cases: int = 1


@dataclass(frozen=True, slots=True)
class Score:
    """Cases by opinion and the sum of their points; every opinion is a key of `counts`."""

    counts: Mapping[Satisfaction, int]
    points: Decimal

    @property
    def cases(self) -> int:
        """Over how many cases."""
        return sum(self.counts.values())

    @property
    def mean(self) -> Decimal | None:
        """Points a case, two decimals, half up; None without a case."""
        if not self.cases:
            return None
        return (self.points / self.cases).quantize(_HUNDREDTH, ROUND_HALF_UP)


def score_of(answers: Iterable[Answered]) -> Score:
    """The score of answers of which each case has one (LV-08).

    >>> def said(opinion, points, cases):
    ...     return Answered(Satisfaction(opinion), Decimal(points), cases)
    >>> september = score_of([
    ...     said("very_satisfied", 5, 4), said("satisfied", 3, 3), said("fair", 2, 1),
    ...     said("no_statement", 1, 2), said("dissatisfied", -5, 1)])
    >>> september.points, september.cases
    (Decimal('28'), 11)
    """
    counts = dict.fromkeys(Satisfaction, 0)
    points = Decimal(0)
    for one in answers:
        counts[one.opinion] += one.cases
        points += one.points * one.cases
    return Score(MappingProxyType(counts), points)


def together(scores: Iterable[Score]) -> Score:
    """The score of several groups without a case in common, as a supervisor's of his engineers."""
    counts = dict.fromkeys(Satisfaction, 0)
    points = Decimal(0)
    for one in scores:
        points += one.points
        for opinion, cases in one.counts.items():
            counts[opinion] += cases
    return Score(MappingProxyType(counts), points)
