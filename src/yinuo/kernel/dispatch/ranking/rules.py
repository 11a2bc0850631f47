"""The hard rules: who may go at all, each rule an array, so that every no keeps its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from yinuo.kernel.dispatch.ranking.fleet import Bools, Fleet, Floats, Ints, Need
from yinuo.kernel.dispatch.ranking.weights import Weights

# In the order in which a rejection is named; the caller's own come before them.
RULES = (
    "blocked",
    "allowed",
    "skill",
    "tool",
    "certificate",
    "shift",
    "limit",
    "absence",
    "overlap",
)
_NEVER = np.iinfo(np.int64).max


class Way(NamedTuple):
    """How each row gets there: its trip, when it could begin on site, and what put it off.

    ``seconds`` and ``kilometres`` (by road) of the trip; ``leaves``: when he sets out. ``free``:
    begin of work were there no busy times; ``start``: after those that are in the way;
    ``by_absence``: the last of them is an absence.
    """

    seconds: Ints
    kilometres: Floats
    free: Ints
    start: Ints
    by_absence: Bools
    leaves: Ints


def ways(fleet: Fleet, need: Need, trip: tuple[Ints, Floats], now: int) -> Way:
    """When each row could begin: now, shift, what he does until then, the trip, leave, bookings."""
    travel, kilometres = trip
    duration = need.duration
    leaves = np.maximum(np.maximum(fleet.shift_begin, fleet.free_from), now)
    free = np.maximum(leaves + travel, need.earliest)
    start, by_absence = free.copy(), np.zeros(len(fleet), dtype=np.bool_)
    first, count = fleet.busy_bounds
    for number in range(int(count.max(initial=0))):
        rows = np.flatnonzero(count > number)
        at = first[rows] + number
        # From setting out on: whoever is held while he would be on the road cannot go either.
        is_in_way = (start[rows] - travel[rows] < fleet.busy.end[at]) & (
            start[rows] + duration > fleet.busy.begin[at]
        )
        rows, at = rows[is_in_way], at[is_in_way]
        leaves[rows] = fleet.busy.end[at]
        start[rows] = np.maximum(fleet.busy.end[at] + travel[rows], need.earliest)
        by_absence[rows] = fleet.busy.is_absence[at]
    return Way(travel, kilometres, free, start, by_absence, leaves)


def passed(fleet: Fleet, need: Need, when: Way, weights: Weights) -> dict[str, Bools]:
    """For each rule of `RULES` which rows keep it."""
    last = fleet.shift_end + weights.overtime_seconds - need.duration
    limit = _NEVER if need.latest is None else need.latest
    is_fine = when.start <= np.minimum(last, limit)
    keeps_shift, keeps_limit = when.free <= last, when.free <= limit
    is_put_off = ~is_fine & keeps_shift & keeps_limit
    return {
        "blocked": ~among(fleet.ids, need.blocked),
        "allowed": among(fleet.ids, need.allowed) if need.allowed else _all(fleet),
        "skill": _skilled(fleet, need.skills),
        "tool": _equipped(fleet, need.tools),
        "certificate": _certified(fleet, need, when.start),
        "shift": keeps_shift,
        "limit": keeps_limit,
        "absence": ~(is_put_off & when.by_absence),
        "overlap": ~(is_put_off & ~when.by_absence),
    }


def first_broken(rules: Mapping[str, Bools], rows: int) -> Ints:
    """For each row the number of the first rule it breaks; the number of rules when none."""
    broken = np.full(rows, len(rules), dtype=np.int64)
    for number, keeps in reversed(list(enumerate(rules.values()))):
        broken[~keeps] = number
    return broken


def _all(fleet: Fleet) -> Bools:
    return np.ones(len(fleet), dtype=np.bool_)


def among(rows: Ints, ids: frozenset[int]) -> Bools:
    """Which rows are of one of these engineers; there are few."""
    found = np.zeros(len(rows), dtype=np.bool_)
    for one in ids:
        found |= rows == one
    return found


def _skilled(fleet: Fleet, skills: Mapping[str, int]) -> Bools:
    found = _all(fleet)
    for name, level in skills.items():
        held = fleet.skills.get(name)
        found &= False if held is None else held >= level
    return found


def _equipped(fleet: Fleet, tools: frozenset[str]) -> Bools:
    found = _all(fleet)
    for name in tools:
        carried = fleet.tools.get(name)
        found &= False if carried is None else carried
    return found


def _certified(fleet: Fleet, need: Need, start: Ints) -> Bools:
    found = _all(fleet)
    for name in need.certificates:
        valid = fleet.certificates.get(name)
        found &= (
            False if valid is None else (valid[0] <= start) & (start + need.duration <= valid[1])
        )
    return found
