"""Who can go to a visit: the hard rules of the network, then the kernel's ranking in money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings

from yinuo.domains.dispatch.fleet import fleet_of
from yinuo.domains.dispatch.types import Goer, Going, Refused
from yinuo.domains.dispatch.ways import present_travel
from yinuo.domains.dispatch.weighing import Figures, present_weighing
from yinuo.domains.fieldwork.planned import VisitWanted, get_visit, people_who_know
from yinuo.domains.network.candidates import candidates_for
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
from yinuo.kernel.dispatch.lateness import Lateness
from yinuo.kernel.dispatch.ranking import Fleet, Need, Ranking, Weights, explain, rank

MOST_REFUSED = 50
_FEN = Decimal(100)
_RULES = {"absence": Rule.ABSENCE, "overlap": Rule.OVERLAP}


def who_can_go(actor: Actor, work_order_id: object, *, now: datetime) -> Going:
    """Everybody who may be sent to a sheet, the one that costs least first, and why others cannot.

    NotFound for a sheet to which the actor may send nobody. About twelve statements, however many
    people there are. Ways are those of the estimate, as trips have corrected it.
    """
    visit = get_visit(actor, work_order_id)
    needs = qualification_for(visit.product_line)
    at = max(now, visit.not_before or now)
    length = timedelta(minutes=needs.visit_minutes)
    demand = Demand(visit.unit_id, at, at + length, visit.product_line, needs)
    people = candidates_for(actor, demand, on_call=people_on_duty(at))
    arrivals = promised_arrivals([visit.request_public_id, visit.public_id])
    weighing = present_weighing()
    fleet = fleet_of(
        people,
        order_id=visit.id,
        at=at,
        visit_minutes=needs.visit_minutes,
        figures=weighing.figures,
    )
    lateness = tuple(lateness_of(one, at, weighing.figures) for one in arrivals)
    ranking = _ranked(fleet, people, _need(visit, needs, lateness, at), weighing.weights)
    by_id = {one.person_id: one for one in people}
    refused = [*_refused(people), *_put_off(people, ranking)]
    rejected = Counter(one.obstacles[0].rule.value for one in refused)
    return Going(
        work_order_public_id=visit.public_id,
        version=visit.version,
        number=visit.number,
        product_line=visit.product_line,
        visit_minutes=needs.visit_minutes,
        due_at=arrivals[0].due_at if arrivals else None,
        has_place=visit.latitude is not None,
        considered=len(people),
        weights=ranking.weights,
        goers=_goers(ranking, by_id, visit),
        refused=tuple(refused[:MOST_REFUSED]),
        refused_ids=frozenset(one.public_id for one in refused),
        rejected={rule.value: rejected[rule] for rule in Rule if rejected[rule]},
    )


def _need(
    visit: VisitWanted,
    needs: QualificationData,
    lateness: tuple[Lateness, ...],
    at: datetime,
) -> Need:
    has_place = visit.latitude is not None and visit.longitude is not None
    return Need(
        latitude=float(visit.latitude) if has_place and visit.latitude is not None else np.nan,
        longitude=float(visit.longitude) if has_place and visit.longitude is not None else np.nan,
        duration=needs.visit_minutes * 60,
        earliest=int(at.timestamp()),
        lateness=lateness,
        familiar=people_who_know(visit.customer_id),
    )


def lateness_of(one: PromisedArrival, at: datetime, figures: Figures) -> Lateness:
    """What coming late costs: as its clause says, else the usual amount an hour."""
    if one.late is None:
        hours = max(figures.unpriced_hours, 1)
        return Lateness.at_rate(one.due_at, figures.unpriced_fen, hours)
    return Lateness.of_exposure(one.due_at, at, one.late)


def _ranked(fleet: Fleet, people: list[Candidate], need: Need, weights: Weights) -> Ranking:
    local = datetime.fromtimestamp(need.earliest, ZoneInfo(settings.TIME_ZONE))
    able = np.array([one.can_go for one in people], dtype=np.bool_)
    return rank(
        fleet,
        need,
        travel=present_travel(),
        weights=weights,
        now=need.earliest,
        hour=local.hour,
        further={"able": able},
    )


def _goers(ranking: Ranking, people: dict[int, Candidate], visit: VisitWanted) -> tuple[Goer, ...]:
    first = ranking.candidates[0].total if ranking.candidates else 0
    return tuple(
        Goer(
            person_id=one.engineer,
            public_id=people[one.engineer].public_id,
            name=people[one.engineer].name,
            phone=people[one.engineer].phone,
            unit_name=people[one.engineer].unit_name,
            starts_at=datetime.fromtimestamp(one.start, UTC),
            travel_minutes=-(-one.travel_seconds // 60),
            is_placed=people[one.engineer].home is not None and visit.latitude is not None,
            terms={name: fen / _FEN for name, fen in one.terms.items() if fen},
            total=one.total / _FEN,
            extra=(one.total - first) / _FEN,
        )
        for one in ranking.candidates
    )


def _refused(people: Iterable[Candidate]) -> list[Refused]:
    return [
        Refused(one.public_id, one.name, one.unit_name, one.obstacles)
        for one in people
        if one.obstacles
    ]


def _put_off(people: Iterable[Candidate], ranking: Ranking) -> list[Refused]:
    """Those whom the kernel found without room: booked, away later, or beyond their hours."""
    fits = {int(ranking.ids[row]) for row in ranking.rows}
    found = []
    for one in people:
        if one.obstacles or one.person_id in fits:
            continue
        verdict = explain(ranking, one.person_id)
        broken = verdict.broken if verdict else ()
        rules = dict.fromkeys(_RULES.get(name, Rule.SHIFT) for name in broken)
        obstacles = tuple(Obstacle(rule) for rule in rules) or (Obstacle(Rule.SHIFT),)
        found.append(Refused(one.public_id, one.name, one.unit_name, obstacles))
    return found
