"""Exposure: what has accrued in money, and what open promises would cost if they were missed.

Nothing more happens than time: no new fact is assumed. `exposures` works it out from an
evaluation; no I/O, no clock. `docs/algorithms/exposure.md` has the rules and tables.
"""

from __future__ import annotations

from yinuo.kernel.exposure.consequences import next_growth
from yinuo.kernel.exposure.exposure import HORIZONS, CostLine, Exposure, cost_lines, exposures

__all__ = ["HORIZONS", "CostLine", "Exposure", "cost_lines", "exposures", "next_growth"]
