"""How long one urgent visit over 5,000 engineers takes, days of the best included."""

from __future__ import annotations

import statistics
import time

import numpy as np

from yinuo.kernel.dispatch.lateness import Lateness
from yinuo.kernel.dispatch.ranking import Busy, Fleet, Need, Stop, Weights, rank
from yinuo.kernel.dispatch.travel import Travel

ENGINEERS = 5_000
NOW = 1_800_000_000


def ranking_times(times: int = 60) -> dict[str, float]:
    """Milliseconds, p50 and p95 of processor time: without days, and with the best 20 exactly."""
    fleet, need, days = invented()
    found: dict[str, float] = {"engineers": ENGINEERS}
    for name, given in (("estimate", None), ("exact", days)):
        taken = []
        for _ in range(times):
            began = time.process_time()
            ranking = rank(
                fleet, need, travel=Travel(), weights=Weights(), now=NOW, hour=9, days=given
            )
            taken.append((time.process_time() - began) * 1000)
        cuts = statistics.quantiles(taken, n=20)
        found[f"{name}_p50_ms"], found[f"{name}_p95_ms"] = round(cuts[9], 2), round(cuts[18], 2)
        found[f"{name}_candidates"] = len(ranking.candidates)
    return found


def invented(seed: int = 1) -> tuple[Fleet, Need, dict[int, list[Stop]]]:
    """A fleet over a city, a visit with a skill, a certificate, a tool, a part and a penalty."""
    random = np.random.default_rng(seed)
    nothing = np.zeros(ENGINEERS, dtype=np.int64)
    rows = random.integers(0, ENGINEERS, ENGINEERS)
    begins = NOW + random.integers(0, 8 * 3600, ENGINEERS)
    order = np.lexsort((begins, rows))
    busy = Busy(rows[order], begins[order], begins[order] + 3600, random.random(ENGINEERS) < 0.5)
    fleet = Fleet(
        ids=np.arange(ENGINEERS),
        latitude=31.2 + random.normal(0, 0.2, ENGINEERS),
        longitude=121.4 + random.normal(0, 0.2, ENGINEERS),
        shift_begin=nothing + NOW - 7200,
        shift_end=NOW + random.integers(1, 12, ENGINEERS) * 3600,
        free_from=NOW + random.integers(0, 7200, ENGINEERS),
        load_minutes=random.integers(0, 480, ENGINEERS),
        hour_fen=nothing + 6000,
        nights=random.integers(0, 9, ENGINEERS),
        first_fix=random.random(ENGINEERS),
        busy=busy,
        skills={"laser": random.integers(0, 4, ENGINEERS).astype(np.int8)},
        certificates={"high voltage": (nothing, NOW + random.integers(-999, 99_999, ENGINEERS))},
        tools={"crane": random.random(ENGINEERS) < 0.7},
        parts={"fan": random.integers(0, 3, ENGINEERS)},
    )
    need = Need(
        latitude=31.23,
        longitude=121.47,
        duration=5400,
        earliest=NOW,
        lateness=(Lateness(((NOW + 3600, 20_000), (NOW + 90_000, 500_000))),),
        skills={"laser": 2},
        certificates=frozenset({"high voltage"}),
        tools=frozenset({"crane"}),
        parts={"fan": 1},
    )
    days = {row: _day(random) for row in range(ENGINEERS)}
    return fleet, need, days


def _day(random: np.random.Generator) -> list[Stop]:
    return [
        Stop(
            latitude=31.2 + random.normal(0, 0.1),
            longitude=121.4 + random.normal(0, 0.1),
            duration=1800,
            earliest=NOW + number * 5400,
            latest=NOW + number * 5400 + 40_000,
        )
        for number in range(5)
    ]
