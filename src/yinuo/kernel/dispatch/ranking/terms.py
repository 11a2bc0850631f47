"""The score: every term in fen, for each row; the lowest sum goes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from yinuo.kernel.dispatch.ranking.fleet import Fleet, Ints, Need
from yinuo.kernel.dispatch.ranking.rules import Way, among
from yinuo.kernel.dispatch.ranking.weights import Weights

TERMS = (
    "late",
    "others",
    "travel",
    "overtime",
    "load",
    "part",
    "preferred",
    "familiar",
    "surplus",
    "night",
    "repair",
)


def term_rows(fleet: Fleet, need: Need, way: Way, rows: Ints, weights: Weights) -> dict[str, Ints]:
    """Each term of `TERMS` for some rows of the fleet.

    What others are put off is not known here: that takes the day of the row (`insertion`).
    """
    hour_fen = fleet.hour_fen[rows]
    over = np.maximum(way.start[rows] + need.duration - fleet.shift_end[rows], 0)
    return {
        "late": _expected_lateness(need, way.leaves[rows], way.seconds[rows], weights),
        "others": np.zeros(len(rows), dtype=np.int64),
        "travel": _divided(way.seconds[rows] * hour_fen, 3600)
        + np.rint(np.nan_to_num(way.kilometres[rows]) * weights.km_fen).astype(np.int64),
        "overtime": _divided(over * hour_fen * weights.overtime_percent, 360_000),
        "load": _load(fleet, rows, weights),
        "part": _parts(fleet, rows, need.parts, weights),
        "preferred": _bonus(fleet, rows, need.preferred, weights.preferred_fen),
        "familiar": _bonus(fleet, rows, need.familiar, weights.familiar_fen),
        "surplus": _surplus(fleet, rows, need.skills, weights),
        "night": _nights(fleet, rows, need, weights),
        "repair": _repair(fleet, rows, weights),
    }


def _expected_lateness(need: Need, leaves: Ints, seconds: Ints, weights: Weights) -> Ints:
    """The price of being late, weighed over how much trips vary."""
    total = np.zeros(len(leaves), dtype=np.int64)
    if not need.lateness:
        return total
    for factor, share in weights.spread:
        varied = np.rint(seconds * factor).astype(np.int64)
        at = np.maximum(leaves + varied, need.earliest)
        for one in need.lateness:
            total += one.fens(at) * share
    return _divided(total, 100)


def lateness_of_trip(need: Need, leaves: int, seconds: int, weights: Weights) -> int:
    """The same for one trip."""
    total = 0
    for factor, share in weights.spread:
        at = max(leaves + round(seconds * factor), need.earliest)
        total += sum(one.fen(at) for one in need.lateness) * share
    return _rounded(total, 100)


def fen_on_road(seconds: int, kilometres: float, hour_fen: int, weights: Weights) -> int:
    """The engineer's time on the road, and the way."""
    return _rounded(seconds * hour_fen, 3600) + round(kilometres * weights.km_fen)


def fen_of_overtime(seconds: int, hour_fen: int, weights: Weights) -> int:
    """Seconds after the end of the shift, at the rate of overtime."""
    return _rounded(seconds * hour_fen * weights.overtime_percent, 360_000)


def _rounded(amount: int, by: int) -> int:
    """Divided and rounded to the nearest, halves up."""
    return (2 * amount + by) // (2 * by)


def _divided(amount: Ints, by: int) -> Ints:
    return (2 * amount + by) // (2 * by)


def _load(fleet: Fleet, rows: Ints, weights: Weights) -> Ints:
    above = np.maximum(fleet.load_minutes[rows] - fleet.mean_load_minutes, 0)
    return _divided(above * above * weights.load_fen, 3600)


def _parts(fleet: Fleet, rows: Ints, parts: Mapping[str, int], weights: Weights) -> Ints:
    missing = np.zeros(len(rows), dtype=np.int64)
    for name, wanted in parts.items():
        carried = fleet.parts.get(name)
        if carried is None:
            missing += wanted
        else:
            missing += np.maximum(wanted - carried[rows].astype(np.int64), 0)
    return missing * weights.part_fen


def _bonus(fleet: Fleet, rows: Ints, ids: frozenset[int], fen: int) -> Ints:
    return np.where(among(fleet.ids[rows], ids), -fen, 0)


def _surplus(fleet: Fleet, rows: Ints, skills: Mapping[str, int], weights: Weights) -> Ints:
    levels = np.zeros(len(rows), dtype=np.int64)
    for name, level in skills.items():
        held = fleet.skills.get(name)
        if held is not None:
            levels += np.maximum(held[rows].astype(np.int64) - level, 0)
    return levels * weights.surplus_fen


def _nights(fleet: Fleet, rows: Ints, need: Need, weights: Weights) -> Ints:
    if not need.is_night:
        return np.zeros(len(rows), dtype=np.int64)
    return np.maximum(fleet.nights[rows] - fleet.mean_nights, 0) * weights.night_fen


def _repair(fleet: Fleet, rows: Ints, weights: Weights) -> Ints:
    """What a second visit costs, times how often one is needed; unknown counts as the mean."""
    known = fleet.first_fix[rows]
    share = np.where(np.isnan(known), fleet.mean_first_fix, known)
    return np.rint((1.0 - np.clip(share, 0.0, 1.0)) * weights.second_visit_fen).astype(np.int64)
