"""Rounding of due times to a grid of the local day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from yinuo.kernel.instants import at_wall, wall_of
from yinuo.kernel.plan.clauses import Rounding


def rounded(due: datetime, rounding: Rounding, zone: ZoneInfo) -> datetime:
    """The due time moved to a multiple of minutes of the local day.

    A due time on the grid stays where it is; ``nearest`` moves half-way times up.
    """
    wall = wall_of(due, zone)
    midnight = datetime.combine(wall.date(), time())
    step = timedelta(minutes=rounding.minutes)
    over = (wall - midnight) % step
    if not over:
        return due
    goes_up = rounding.mode == "up" or (rounding.mode == "nearest" and over * 2 >= step)
    return at_wall(wall - over + (step if goes_up else timedelta(0)), zone)
