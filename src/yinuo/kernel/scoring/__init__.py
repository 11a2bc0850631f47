"""Scores: which answer of a case counts, what answers come to, and the fair score beside it."""

from yinuo.kernel.scoring.counting import USUAL_ORDER, Given, Source, counting_answer
from yinuo.kernel.scoring.fair import (
    FairCase,
    FairPart,
    FairWeights,
    fair_of_sums,
    fair_score,
    judged,
)
from yinuo.kernel.scoring.sums import Answered, Score, score_of, together

__all__ = [
    "USUAL_ORDER",
    "Answered",
    "FairCase",
    "FairPart",
    "FairWeights",
    "Given",
    "Score",
    "Source",
    "counting_answer",
    "fair_of_sums",
    "fair_score",
    "judged",
    "score_of",
    "together",
]
