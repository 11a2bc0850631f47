"""Scores: which answer of a case counts, what answers come to, and the fair score beside it."""

from yinuo.kernel.scoring.counting import USUAL_ORDER, Given, Source, counting_answer
from yinuo.kernel.scoring.sums import Answered, Score, score_of, together

__all__ = [
    "USUAL_ORDER",
    "Answered",
    "Given",
    "Score",
    "Source",
    "counting_answer",
    "score_of",
    "together",
]
