"""Routes of a day or of some days: who makes which visits in which order, at the least cost.

`plan` from nothing, `replan` with the least change, `explain` why a visit is where it is. Import
it in worker processes only: it loads a compiler. `docs/algorithms/dispatch.md` has the rules.
"""

from __future__ import annotations

from yinuo.kernel.dispatch.routes.case import MUST, Case
from yinuo.kernel.dispatch.routes.explaining import Option, explain
from yinuo.kernel.dispatch.routes.planning import (
    Effort,
    Routes,
    of_rounds,
    of_seconds,
    plan,
    replan,
    warm_up,
)

__all__ = [
    "MUST",
    "Case",
    "Effort",
    "Option",
    "Routes",
    "explain",
    "of_rounds",
    "of_seconds",
    "plan",
    "replan",
    "warm_up",
]
