"""What the engine works on: the case, and the routes as they are at a moment.

Nodes are numbered: visits first, then for each shift its start, then for each shift its end. All
arrays are int64 and contiguous; `case.Case` checks them before the engine sees them. What the
innermost loops need of a node stands in one row, which is one line of the processor's cache.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
NEVER = 1 << 50

# Columns of `Given.fixed`: place in the matrix (-1 none), limits, length, rows of curves, wants.
LOCATION, READY, DUE, SERVICE, CURVE, CURVE_END, WANT, WANT_END = range(8)
# Columns of `Now.live`: neighbours in the route, shift (-1 unserved), seconds on the road to it,
# end of work, latest start that keeps all limits behind it, latest that costs nothing more, place
# after it.
FOLLOWING, BEFORE, SHIFT, ROAD, DONE, LAST, CALM, PLACE = range(8)
# Columns of `curves` and of `wants`.
AT, COST = range(2)
KIND, NUMBER = range(2)
# Columns of `Now.routes`; PRICE and ALIKE never change.
ROUTE_COST, SIZE, PRICE, ALIKE = range(4)
# Places in `Now.figures`.
ABSENT, TOTAL, BEST, TOUCHED, BLINK, STAMP, SAVED_ABSENT = range(7)


class Given(NamedTuple):
    """The case. ``back`` is ``travel`` turned round, so that one visit's legs lie side by side.
    ``may[may_first[visit] : may_first[visit + 1]]`` are the shifts that may make it;
    ``alike`` has the same number for shifts without a difference, of which one empty one is tried.
    """

    travel: Ints
    back: Ints
    fixed: Ints
    curves: Ints
    wants: Ints
    fit: Ints
    may_first: Ints
    may: Ints
    penalty: Ints
    price: Ints
    alike: Ints
    stock: Ints
    near: Ints
    orders: Ints


class Now(NamedTuple):
    """The routes as they are. ``left`` on the vans; ``absent`` lists unserved visits, as many as
    ``figures[ABSENT]``. ``saved`` holds the routes changed in this round, to be put back.
    """

    live: Ints
    routes: Ints
    left: Ints
    absent: Ints
    figures: Ints
    random: Ints
    best: Ints
    touched: Ints
    is_touched: Ints
    saved: Ints
    saved_first: Ints
    saved_absent: Ints
    seen: Ints
    keys: Ints


def fresh(given: Given, seed: int) -> Now:
    """Empty routes: every visit is absent."""
    visits, shifts = given.fit.shape
    live = np.zeros((visits + 2 * shifts, 8), dtype=np.int64)
    live[:, SHIFT] = -1
    routes = np.zeros((shifts, 4), dtype=np.int64)
    routes[:, PRICE], routes[:, ALIKE] = given.price, given.alike
    salts = (1, 362436069, 521288629, 88675123)
    random = np.array([seed * 2654435761 + salt & 0xFFFFFFFF for salt in salts], dtype=np.int64)
    return Now(
        live=live,
        routes=routes,
        left=given.stock.copy(),
        absent=np.arange(visits, dtype=np.int64),
        figures=np.array([visits, 0, 0, 0, 50, 0, 0], dtype=np.int64),
        random=random | 1,
        best=live[:, : SHIFT + 1].copy(),
        touched=np.zeros(shifts, dtype=np.int64),
        is_touched=np.zeros(shifts, dtype=np.int64),
        saved=np.zeros(visits, dtype=np.int64),
        saved_first=np.zeros(shifts + 1, dtype=np.int64),
        saved_absent=np.zeros(visits, dtype=np.int64),
        seen=np.full(int(given.alike.max(initial=0)) + 1, -1, dtype=np.int64),
        keys=np.zeros(visits, dtype=np.int64),
    )
