"""Who can go to a visit: the hard rules of the network, then the kernel's ranking in money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings

from yinuo.domains.dispatch.fleet import AHEAD, fleet_of
from yinuo.domains.dispatch.types import Goer, Going, Refused
from yinuo.domains.dispatch.ways import present_travel
from yinuo.domains.dispatch.weighing import Figures, present_weighing
from yinuo.domains.fieldwork.planned import VisitWanted, get_visit, people_who_know
from yinuo.domains.network.candidates import crowd_for, named
from yinuo.domains.network.crowd import Bools, Crowd
from yinuo.domains.network.qualification_types import (
    Candidate,
    Demand,
    Obstacle,
    QualificationData,
    Rule,
)
from yinuo.domains.network.qualified import qualification_for
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.arrival import PromisedArrival, promised_arrivals
from yinuo.domains.oncall.selectors import people_on_duty
from yinuo.domains.parts.carrying import parts_awaited
from yinuo.kernel.dispatch.lateness import Lateness
from yinuo.kernel.dispatch.ranking import Candidate as Ranked
from yinuo.kernel.dispatch.ranking import (
    Fleet,
    Need,
    Ranking,
    Weights,
    estimated,
    rank,
    rules_of_row,
)

MOST_GOERS, MOST_REFUSED = 20, 50
_FEN = Decimal(100)
# The rules of the network together, as the kernel counts them.
ABLE = "able"
# What the kernel's own rules are called here; the others are about hours.
_RULES = {"absence": Rule.ABSENCE, "overlap": Rule.OVERLAP}


def who_can_go(
    actor: Actor,
    work_order_id: object,
    *,
    now: datetime,
    goers_from: int = 0,
    refused_from: int = 0,
    and_person: int | None = None,
) -> Going:
    """Everybody who may be sent to a sheet, the one that costs least first, and why others cannot.

    Twenty of the one and fifty of the other, after so many; `and_person` (an internal id) stands at
    the end of the first where he can go and is not among them. NotFound for a sheet to which the
    actor may send nobody. Some twenty statements, however many people there are. Ways are those of
    the estimate, as trips have corrected it.
    """
    visit = get_visit(actor, work_order_id)
    demand = _demand(visit, now)
    crowd = crowd_for(actor, [demand], away_until=demand.starts_at + AHEAD)
    keeps: Mapping[Rule, Bools] = crowd.keeps(demand, people_on_duty(demand.starts_at))
    due = promised_arrivals([visit.request_public_id, visit.public_id])
    ranking, keeps = _ranking(visit, demand, crowd, keeps, due)
    out = _out(ranking, keeps)
    chosen = _page(ranking, goers_from, and_person)
    refused = out[refused_from : refused_from + MOST_REFUSED]
    ids = {one.engineer for one in chosen.values()} | {*crowd.ids[refused].tolist()}
    by_id = {one.person_id: one for one in named(crowd, demand, ids, keeps)}
    return Going(
        work_order_public_id=visit.public_id,
        version=visit.version,
        number=visit.number,
        product_line=visit.product_line,
        visit_minutes=demand.needs.visit_minutes,
        due_at=due[0].due_at if due else None,
        has_place=visit.latitude is not None,
        considered=len(crowd),
        weights=ranking.weights,
        can_go=len(ranking.rows),
        goers_from=goers_from,
        goers=_goers(chosen, ranking, by_id, visit),
        refused_from=refused_from,
        refused=tuple(_refused(by_id[int(crowd.ids[row])], ranking, row) for row in refused),
        refused_ids=frozenset(crowd.ids[out].tolist()),
        rejected=_rejected(ranking, keeps),
    )


def _demand(visit: VisitWanted, now: datetime) -> Demand:
    needs, at = qualification_for(visit.product_line), max(now, visit.not_before or now)
    ends = at + timedelta(minutes=needs.visit_minutes)
    return Demand(visit.unit_id, at, ends, visit.product_line, needs)


def _ranking(
    visit: VisitWanted,
    demand: Demand,
    crowd: Crowd,
    keeps: Mapping[Rule, Bools],
    arrivals: Sequence[PromisedArrival],
) -> tuple[Ranking, Mapping[Rule, Bools]]:
    """Everybody of the crowd ranked for the visit, with their hours, bookings and parts, and which
    rules they keep when they would be there."""
    weighing, at, needs = present_weighing(), demand.starts_at, demand.needs
    parts = parts_awaited(visit.request_public_id)
    fleet = fleet_of(
        crowd,
        order_id=visit.id,
        at=at,
        visit_minutes=needs.visit_minutes,
        figures=weighing.figures,
        parts=parts,
    )
    lateness = tuple(lateness_of(one, at, weighing.figures) for one in arrivals)
    need = _need(visit, needs, lateness, at, parts)
    ranking = _ranked(fleet, keeps, need, weighing.weights)
    then = _kept_then(crowd, demand, keeps, ranking)
    return (_ranked(fleet, then, need, weighing.weights) if then is not keeps else ranking), then


def _kept_then(
    crowd: Crowd, demand: Demand, keeps: Mapping[Rule, Bools], ranking: Ranking
) -> Mapping[Rule, Bools]:
    """What everybody keeps, his certificates asked for the days on which he would be there: whoever
    has other work first comes later than was asked."""
    rules = [one for one in (Rule.CERTIFICATE, Rule.UNIT_CERTIFICATE) if one in keeps]
    rows = ranking.rows
    if not rules or not len(rows):
        return keeps
    found, starts = dict(keeps), ranking.way.start[rows]
    ends = starts + demand.needs.visit_minutes * 60
    zone = ZoneInfo(settings.TIME_ZONE)
    day = demand.starts_at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    last = int(ends.max())
    while (day := day + timedelta(days=1)).timestamp() <= last:
        until = (day + timedelta(days=1)).timestamp()
        there = rows[(starts < until) & (ends >= day.timestamp())]
        then = crowd.keeps(replace(demand, starts_at=day, ends_at=day))
        for rule in rules:
            good = found[rule].copy()
            good[there] &= then[rule][there]
            found[rule] = good
    return keeps if all(np.array_equal(found[one], keeps[one]) for one in rules) else found


def _need(
    visit: VisitWanted,
    needs: QualificationData,
    lateness: tuple[Lateness, ...],
    at: datetime,
    parts: Mapping[int, int],
) -> Need:
    has_place = visit.latitude is not None and visit.longitude is not None
    return Need(
        latitude=float(visit.latitude) if has_place and visit.latitude is not None else np.nan,
        longitude=float(visit.longitude) if has_place and visit.longitude is not None else np.nan,
        duration=needs.visit_minutes * 60,
        earliest=int(at.timestamp()),
        lateness=lateness,
        parts={str(part_id): number for part_id, number in parts.items()},
        familiar=people_who_know(visit.customer_id),
    )


def lateness_of(one: PromisedArrival, at: datetime, figures: Figures) -> Lateness:
    """What coming late costs: as its clause says, else the usual amount an hour."""
    if one.late is None:
        hours = max(figures.unpriced_hours, 1)
        return Lateness.at_rate(one.due_at, figures.unpriced_fen, hours)
    return Lateness.of_exposure(one.due_at, at, one.late)


def _ranked(fleet: Fleet, keeps: Mapping[Rule, Bools], need: Need, weights: Weights) -> Ranking:
    local = datetime.fromtimestamp(need.earliest, ZoneInfo(settings.TIME_ZONE))
    return rank(
        fleet,
        need,
        travel=present_travel(),
        weights=weights,
        now=need.earliest,
        hour=local.hour,
        further={ABLE: _able(keeps)},
    )


def _page(ranking: Ranking, begins: int, and_person: int | None) -> dict[int, Ranked]:
    """Who can go by place, from 0. Nobody has two rows here, so a row is a person."""
    places = list(range(begins, min(begins + MOST_GOERS, len(ranking.rows))))
    if and_person is not None:
        found = np.flatnonzero(ranking.ids[ranking.rows] == and_person).tolist()
        places += [place for place in found if place not in places]
    return {place: estimated(ranking, place) for place in places}


def _goers(
    chosen: Mapping[int, Ranked],
    ranking: Ranking,
    people: dict[int, Candidate],
    visit: VisitWanted,
) -> tuple[Goer, ...]:
    first = estimated(ranking, 0).total if len(ranking.rows) else 0
    return tuple(
        Goer(
            place=place + 1,
            person_id=one.engineer,
            public_id=people[one.engineer].public_id,
            name=people[one.engineer].name,
            phone=people[one.engineer].phone,
            unit_name=people[one.engineer].unit_name,
            starts_at=datetime.fromtimestamp(one.start, UTC),
            travel_seconds=one.travel_seconds,
            is_placed=people[one.engineer].home is not None and visit.latitude is not None,
            terms={name: fen / _FEN for name, fen in one.terms.items() if fen},
            total=one.total / _FEN,
            extra=(one.total - first) / _FEN,
        )
        for place, one in chosen.items()
    )


def _out(ranking: Ranking, keeps: Mapping[Rule, Bools]) -> list[int]:
    """The rows whom a rule of the network removes, then those whom the kernel found no room for."""
    able = _able(keeps)
    fits = np.zeros(len(able), dtype=np.bool_)
    fits[ranking.rows] = True
    return [*np.flatnonzero(~able).tolist(), *np.flatnonzero(able & ~fits).tolist()]


def _refused(one: Candidate, ranking: Ranking, row: int) -> Refused:
    """With the rules of the network, else what the kernel found: booked, away later, no hours."""
    obstacles = one.obstacles
    if not obstacles:
        rules = dict.fromkeys(_RULES.get(name, Rule.SHIFT) for name in rules_of_row(ranking, row))
        obstacles = tuple(Obstacle(rule) for rule in rules) or (Obstacle(Rule.SHIFT),)
    return Refused(one.public_id, one.name, one.unit_name, obstacles)


def _rejected(ranking: Ranking, keeps: Mapping[Rule, Bools]) -> dict[str, int]:
    """How many each rule removed first, in the order of the rules."""
    counted: Counter[Rule] = Counter()
    left = np.ones(len(ranking.ids), dtype=np.bool_)
    for rule, kept in keeps.items():
        counted[rule] += int(np.count_nonzero(left & ~kept))
        left &= kept
    for name, number in ranking.rejected.items():
        if name != ABLE:
            counted[_RULES.get(name, Rule.SHIFT)] += number
    return {rule.value: counted[rule] for rule in Rule if counted[rule]}


def _able(keeps: Mapping[Rule, Bools]) -> Bools:
    """Who keeps every rule of the network."""
    able: Bools = np.logical_and.reduce(list(keeps.values()))
    return able
