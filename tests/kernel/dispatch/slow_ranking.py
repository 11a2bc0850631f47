"""One engineer after the other, each rule and term as it is described, no arrays."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from yinuo.kernel.dispatch.coordinates import distance_km
from yinuo.kernel.dispatch.ranking import Need, Stop, Weights
from yinuo.kernel.dispatch.travel import Travel


@dataclass
class Person:
    id: int
    latitude: float
    longitude: float
    shift: tuple[int, int]
    free_from: int
    load: int
    hour_fen: int
    nights: int
    first_fix: float
    skills: dict[str, int]
    certificates: dict[str, tuple[int, int]]
    tools: set[str]
    parts: dict[str, int]
    busy: list[tuple[int, int, bool]] = field(default_factory=list)
    stops: list[Stop] | None = None


def half_up(amount: int, by: int) -> int:
    return math.floor(amount / by + 0.5) if abs(amount) < 2**40 else (2 * amount + by) // (2 * by)


def trip(travel: Travel, a: tuple[float, float], b: tuple[float, float]) -> tuple[int, float]:
    straight = distance_km(*a, *b)
    way = float(travel.roads.kilometres(straight))
    return int(travel.seconds_for(straight, 9)), 0.0 if math.isnan(way) else way


def begin_of(one: Person, need: Need, seconds: int, now: int) -> tuple[int, int, int, bool]:
    """(without bookings, with them, leaves, the last in the way is an absence)."""
    leaves = max(one.shift[0], one.free_from, now)
    free = start = max(leaves + seconds, need.earliest)
    by_absence = False
    for begin, end, is_absence in sorted(one.busy):
        if start - seconds < end and start + need.duration > begin:
            leaves, start, by_absence = end, max(end + seconds, need.earliest), is_absence
    return free, start, leaves, by_absence


def broken_rule(one: Person, need: Need, seconds: int, now: int, weights: Weights) -> str | None:
    free, start, _, by_absence = begin_of(one, need, seconds, now)
    last = one.shift[1] + weights.overtime_seconds - need.duration
    limit = math.inf if need.latest is None else need.latest
    if one.id in need.blocked:
        return "blocked"
    if need.allowed and one.id not in need.allowed:
        return "allowed"
    if any(one.skills.get(name, 0) < level for name, level in need.skills.items()):
        return "skill"
    if not need.tools <= one.tools:
        return "tool"
    for name in need.certificates:
        begin, end = one.certificates.get(name, (0, 0))
        if not (begin <= start and start + need.duration <= end):
            return "certificate"
    if free > last:
        return "shift"
    if free > limit:
        return "limit"
    if start > last or start > limit:
        return "absence" if by_absence else "overlap"
    return None


def late_of(need: Need, leaves: int, seconds: int, weights: Weights) -> int:
    total = 0
    for factor, share in weights.spread:
        at = max(leaves + round(seconds * factor), need.earliest)
        total += share * sum(curve.fen(at) for curve in need.lateness)
    return half_up(total, 100)


def terms_of(one: Person, everybody: list[Person], need: Need, now: int, how) -> dict[str, int]:
    travel, weights = how
    seconds, way = trip(travel, (one.latitude, one.longitude), (need.latitude, need.longitude))
    _, start, leaves, _ = begin_of(one, need, seconds, now)
    over = max(start + need.duration - one.shift[1], 0)
    load = max(one.load - sum(each.load for each in everybody) // len(everybody), 0)
    nights = max(one.nights - sum(each.nights for each in everybody) // len(everybody), 0)
    known = [each.first_fix for each in everybody if not math.isnan(each.first_fix)]
    mean = sum(known) / len(known) if known else 1.0
    share = mean if math.isnan(one.first_fix) else one.first_fix
    missing = sum(max(n - one.parts.get(name, 0), 0) for name, n in need.parts.items())
    surplus = sum(one.skills.get(name, 0) - level for name, level in need.skills.items())
    return {
        "late": late_of(need, leaves, seconds, weights),
        "others": 0,
        "travel": half_up(seconds * one.hour_fen, 3600) + round(way * weights.km_fen),
        "overtime": half_up(over * one.hour_fen * weights.overtime_percent, 360_000),
        "load": half_up(load * load * weights.load_fen, 3600),
        "part": missing * weights.part_fen,
        "preferred": -weights.preferred_fen if one.id in need.preferred else 0,
        "familiar": -weights.familiar_fen if one.id in need.familiar else 0,
        "surplus": surplus * weights.surplus_fen,
        "night": nights * weights.night_fen if need.is_night else 0,
        "repair": round((1 - share) * weights.second_visit_fen),
    }


def run(one: Person, order: list, begin: int, travel: Travel):
    """A day gone through: what every stop starts at, road, end."""
    at, where, seconds, way, starts, leaves = begin, (one.latitude, one.longitude), 0, 0.0, [], []
    for stop in order:
        leg, km = 0, 0.0
        if not math.isnan(stop.latitude):
            leg, km = trip(travel, where, (stop.latitude, stop.longitude))
            where = (stop.latitude, stop.longitude)
        leaves.append((at, leg))
        seconds, way = seconds + leg, way + km
        starts.append(max(at + leg, stop.earliest))
        at = starts[-1] + stop.duration
    return starts, leaves, seconds, way, at


def best_day(one: Person, need: Need, now: int, how) -> tuple[int, dict[str, int]] | None:
    """The cheapest place in his day with the terms that hang on it, by trying them all."""
    travel, weights = how
    begin = max(one.shift[0], one.free_from, now)
    starts, _, seconds, way, end = run(one, one.stops, begin, travel)
    late = sum(c.fen(at) for s, at in zip(one.stops, starts, strict=True) for c in s.lateness)
    last = max(one.shift[1] + weights.overtime_seconds, end)
    found = None
    for position in range(len(one.stops) + 1):
        order = [*one.stops[:position], need, *one.stops[position:]]
        new, leaves, new_seconds, new_way, new_end = run(one, order, begin, travel)
        limits = [math.inf if s.latest is None else s.latest for s in order]
        if any(at > limit for at, limit in zip(new, limits, strict=True)) or new_end > last:
            continue
        others = sum(
            c.fen(at) for s, at in zip(order, new, strict=True) if s is not need for c in s.lateness
        )
        rate, most = one.hour_fen, one.shift[1]
        road = [
            half_up(s * rate, 3600) + round(w * weights.km_fen)
            for s, w in ((seconds, way), (new_seconds, new_way))
        ]
        over = [
            half_up(max(e - most, 0) * rate * weights.overtime_percent, 360_000)
            for e in (end, new_end)
        ]
        terms = {
            "late": late_of(need, *leaves[position], weights),
            "others": others - late,
            "travel": road[1] - road[0],
            "overtime": over[1] - over[0],
        }
        if found is None or sum(terms.values()) < sum(found[1].values()):
            found = (position, terms)
    return found
