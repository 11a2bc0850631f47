"""How long ways take: `matrix` asks the deployer's provider and falls back to the estimate.

What it never does: fail, or wait longer than the settings allow.
"""

from yinuo.domains.dispatch.ways.asking import Answer, matrix
from yinuo.domains.dispatch.ways.estimate import calibrate, present_travel

__all__ = ["Answer", "calibrate", "matrix", "present_travel"]
