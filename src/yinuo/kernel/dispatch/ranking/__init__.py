"""Who goes to one urgent visit: hard rules with their reasons, then a score in money.

`rank` answers for a whole fleet held in arrays, `explain` for one engineer. NumPy only.
"""

from __future__ import annotations

from yinuo.kernel.dispatch.ranking.fleet import Busy, Fleet, Need, Stop
from yinuo.kernel.dispatch.ranking.ranking import (
    Candidate,
    Ranking,
    Verdict,
    estimated,
    explain,
    rank,
    rules_of_row,
)
from yinuo.kernel.dispatch.ranking.rules import RULES
from yinuo.kernel.dispatch.ranking.terms import TERMS
from yinuo.kernel.dispatch.ranking.weights import Weights

__all__ = [
    "RULES",
    "TERMS",
    "Busy",
    "Candidate",
    "Fleet",
    "Need",
    "Ranking",
    "Stop",
    "Verdict",
    "Weights",
    "estimated",
    "explain",
    "rank",
    "rules_of_row",
]
