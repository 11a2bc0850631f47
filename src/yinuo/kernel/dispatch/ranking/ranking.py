"""All engineers ranked for one urgent visit, with every reason and every fen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from yinuo.kernel.dispatch.coordinates import distance_km
from yinuo.kernel.dispatch.ranking.fleet import Bools, Fleet, Ints, Need, Stop
from yinuo.kernel.dispatch.ranking.insertion import Day, Place, best_place, legs_of
from yinuo.kernel.dispatch.ranking.rules import Way, first_broken, passed, ways
from yinuo.kernel.dispatch.ranking.terms import term_rows
from yinuo.kernel.dispatch.ranking.weights import Weights
from yinuo.kernel.dispatch.travel import Travel

# So many of the best by estimate are worked out exactly, so many are tried for that.
EXACT = 20
TRIED = 100
NO_ROOM = "overlap"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who may go. ``start`` of work on site, ``terms`` in fen; ``total`` is their sum.

    ``position``: after how many stops of his day, None when his day was not given.
    """

    engineer: int
    row: int
    start: int
    travel_seconds: int
    terms: Mapping[str, int]
    total: int
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Who goes, best first, and why nobody else.

    ``rejected`` counts engineers by the first rule that his best row breaks, in the order of the
    rules; ``considered`` is everybody. ``candidates`` holds the best, worked out exactly where
    their day is known; ``rows`` all that keep the rules, by estimate, and ``terms`` theirs. The
    arrays stay for `explain`; ``no_room`` are rows in whose day the visit fits nowhere.
    """

    weights: str
    considered: int
    rejected: Mapping[str, int]
    candidates: tuple[Candidate, ...]
    rows: Ints
    terms: Mapping[str, Ints]
    rules: Mapping[str, Bools]
    way: Way
    ids: Ints
    no_room: frozenset[int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why not this one: the rules he breaks, or what he costs more than the first.

    ``broken`` in order, empty when he may go; then ``candidate`` has his terms, ``extra_fen`` what
    he costs more than the first and ``is_exact`` whether his day was worked through.
    """

    engineer: int
    broken: tuple[str, ...]
    candidate: Candidate | None
    extra_fen: int | None
    is_exact: bool


def rank(
    fleet: Fleet,
    need: Need,
    *,
    travel: Travel,
    weights: Weights,
    now: int,
    hour: int,
    days: Mapping[int, Sequence[Stop]] | None = None,
    further: Mapping[str, Bools] | None = None,
) -> Ranking:
    """Rank everybody for one visit.

    `now` in seconds since 1970, `hour` the local hour that travel is estimated for. `days`: what
    is planned for a row, in order, from the time it is free; with it the best rows are worked out
    exactly. `further`: the caller's own hard rules, True passes; they are named before the others.
    """
    straight = distance_km(fleet.latitude, fleet.longitude, need.latitude, need.longitude)
    trip = travel.seconds_for(straight, hour), travel.roads.kilometres(straight)
    way = ways(fleet, need, trip, now)
    rules = {**(further or {}), **passed(fleet, need, way, weights)}
    broken = first_broken(rules, len(fleet))
    rows = np.flatnonzero(broken == len(rules))
    terms = term_rows(fleet, need, way, rows, weights)
    order = np.lexsort((rows, np.sum(list(terms.values()), axis=0)))
    estimate = Ranking(
        weights=weights.version,
        considered=len(fleet.engineers[0]),
        rejected=_rejected(fleet, rules, broken),
        candidates=(),
        rows=rows[order],
        terms={name: column[order] for name, column in terms.items()},
        rules=rules,
        way=way,
        ids=fleet.ids,
        no_room=frozenset(),
    )
    chosen, no_room = _chosen(estimate, (fleet, need, days or {}), (travel, weights, now, hour))
    return _with(estimate, chosen, no_room)


def explain(ranking: Ranking, engineer: int) -> Verdict | None:
    """Why this engineer does not go, or what he would cost more; None when nobody has the id."""
    rows = np.flatnonzero(ranking.ids == engineer)
    if not len(rows):
        return None
    best = ranking.candidates[0] if ranking.candidates else None
    exact = next((one for one in ranking.candidates if one.engineer == engineer), None)
    if exact is not None and best is not None:
        return Verdict(engineer, (), exact, exact.total - best.total, True)
    places = np.flatnonzero(np.isin(ranking.rows, rows)).tolist()
    with_room = [place for place in places if int(ranking.rows[place]) not in ranking.no_room]
    if with_room and best is not None:
        one = estimated(ranking, with_room[0])
        return Verdict(engineer, (), one, one.total - best.total, False)
    if places:
        return Verdict(engineer, (NO_ROOM,), None, None, True)
    broken = [rules_of_row(ranking, row) for row in rows.tolist()]
    order = list(ranking.rules)
    furthest = max(broken, key=lambda names: (order.index(names[0]), -len(names)))
    return Verdict(engineer, furthest, None, None, True)


def rules_of_row(ranking: Ranking, row: int) -> tuple[str, ...]:
    """The rules that a row of the fleet breaks, in order."""
    return tuple(name for name, keeps in ranking.rules.items() if not keeps[row])


def estimated(ranking: Ranking, place: int) -> Candidate:
    """The row at `place` among those that keep the rules, its day not looked at."""
    row = int(ranking.rows[place])
    terms = {name: int(column[place]) for name, column in ranking.terms.items()}
    return Candidate(
        engineer=int(ranking.ids[row]),
        row=row,
        start=int(ranking.way.start[row]),
        travel_seconds=int(ranking.way.seconds[row]),
        terms=terms,
        total=sum(terms.values()),
    )


def _rejected(fleet: Fleet, rules: Mapping[str, Bools], broken: Ints) -> dict[str, int]:
    """How many engineers each rule removed; of two rows the one that came further counts."""
    ids, place = fleet.engineers
    furthest = np.full(len(ids), -1, dtype=np.int64)
    np.maximum.at(furthest, place, broken)
    counts = np.bincount(furthest, minlength=len(rules) + 1)
    return {name: int(counts[number]) for number, name in enumerate(rules)}


def _chosen(
    estimate: Ranking,
    data: tuple[Fleet, Need, Mapping[int, Sequence[Stop]]],
    how: tuple[Travel, Weights, int, int],
) -> tuple[list[Candidate], set[int]]:
    """The best by estimate, worked out exactly where a day is given, one row for each engineer."""
    fleet, need, days = data
    travel, weights, now, hour = how
    chosen: dict[int, Candidate] = {}
    no_room: set[int] = set()
    for first in range(0, TRIED, EXACT):
        if len(chosen) == EXACT:
            break
        rows = estimate.rows[first : first + EXACT].tolist()
        begins = np.maximum(fleet.shift_begin[rows], fleet.free_from[rows])
        known = {
            row: Day(fleet, row, max(begin, now), days[row], need)
            for row, begin in zip(rows, begins.tolist(), strict=True)
            if row in days
        }
        legs = dict(zip(known, legs_of(list(known.values()), travel, hour), strict=True))
        for place, row in enumerate(rows, start=first):
            if len(chosen) == EXACT:
                break
            one = estimated(estimate, place)
            if row in known:
                found = best_place(known[row], legs[row], weights)
                if found is None:
                    no_room.add(row)
                    continue
                one = _placed(one, found)
            if one.engineer not in chosen or one.total < chosen[one.engineer].total:
                chosen[one.engineer] = one
    return sorted(chosen.values(), key=lambda one: (one.total, one.start, one.row)), no_room


def _placed(one: Candidate, place: Place) -> Candidate:
    terms = {**one.terms, **place.terms}
    return Candidate(
        engineer=one.engineer,
        row=one.row,
        start=place.start,
        travel_seconds=place.travel_seconds,
        terms=terms,
        total=sum(terms.values()),
        position=place.position,
    )


def _with(estimate: Ranking, chosen: list[Candidate], no_room: set[int]) -> Ranking:
    """The ranking with what the days showed: who has no room after all counts as rejected."""
    rejected = dict(estimate.rejected)
    if no_room:
        held = set(estimate.ids[[row for row in estimate.rows if int(row) not in no_room]].tolist())
        rejected[NO_ROOM] += len({int(estimate.ids[row]) for row in no_room} - held)
    return replace(
        estimate, rejected=rejected, candidates=tuple(chosen), no_room=frozenset(no_room)
    )
