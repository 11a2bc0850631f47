"""Exposure: what has accrued in money, and what open promises would cost if they were missed.

Nothing more happens than time: no new fact is assumed. `exposures` works it out from an
evaluation; no I/O, no clock. `docs/algorithms/exposure.md` has the rules and tables.
"""

from __future__ import annotations

from yinuo.kernel.exposure.consequences import next_growth
from yinuo.kernel.exposure.exposure import HORIZONS, CostLine, Exposure, cost_lines, exposures
from yinuo.kernel.exposure.joint import Joint, joint_exposure

__all__ = [
    "HORIZONS",
    "CostLine",
    "Exposure",
    "Joint",
    "cost_lines",
    "exposures",
    "joint_exposure",
    "next_growth",
]
