"""Asking the next unit: the one place where a request moves on along its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.network.nearness import NearUnit, WorkWanted, nearest_units
from yinuo.domains.network.roster import read_roster
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.requests.services.recording import state_facts
from yinuo.domains.requests.types import StepFact
from yinuo.domains.routing.models import Offer, Routing
from yinuo.domains.routing.types import Outcome, RoutingState
from yinuo.kernel.evaluation.preview import preview
from yinuo.platform.journal.work import Work
from yinuo.platform.positions import position_of

OFFERED_TOPIC, EXHAUSTED_TOPIC = "offer.made", "offer.nobody"
ASKED, SKIPPED, NOBODY = "assigned", "unit_skipped", "routing_ended"
# Who looks for another way when no unit takes a request.
RESCUERS = ("dispatcher", "service_manager")
PROMISE = "accept"


def ask_next(
    routing: Routing,
    before: Sequence[StepFact],
    *,
    source: str,
    work: Work,
    changes: dict[str, Any] | None = None,
    reason: str = "",
) -> Offer | None:
    """Ask the next unit on the way of a locked request; None when nobody is left.

    `before` are the facts that led here; they, every unit passed over and the one asked are stated
    together, so that the promises see one step. `changes` are of the request's row.
    """
    request, now = routing.request, work.now
    passed, found = _next(routing, now)
    facts = [*before, *(_fact(SKIPPED, one, now, reason=str(one.reason)) for one in passed)]
    facts.append(_fact(ASKED, found, now) if found else StepFact(NOBODY, now))
    act = "offered" if found else NOBODY
    state_facts(request, facts, source=source, work=work, changes=changes, reason=reason, act=act)
    place = (routing.offers.aggregate(last=Max("place"))["last"] or 0) + 1
    for number, one in enumerate(passed, start=place):
        Offer.objects.create(
            **_columns(routing, one, number, now),
            outcome=Outcome.PASSED_OVER.value,
            passed_over=one.reason,
        )
    if found is None:
        _exhaust(routing, work)
        return None
    offer = Offer.objects.create(
        **_columns(routing, found, place + len(passed), now),
        outcome=Outcome.OFFERED.value,
        expires_at=expires_at(request, routing.product_line, now),
    )
    _set_state(routing, RoutingState.RUNNING, None)
    work.audit("offer.make", offer, after={"request": request.number, "unit": found.name})
    _tell(offer, found, work)
    return offer


def expires_at(request: Any, product_line: str, now: datetime) -> datetime:
    """Until when a unit asked now may answer: what the plan promises, else the company's setting.

    `request` is a request; promises of the plan are read by its level and category.
    """
    fallback = now + timedelta(minutes=settings.OFFER_MINUTES)
    if request.plan_version_id is None:
        return fallback
    evaluator = compiled_plan(request.plan_version_id)
    given = {
        "level": request.level,
        "category": request.category,
        "kind": request.kind,
        "product_line": product_line,
    }
    select = {name: word for name, word in given.items() if word}
    dues = [
        one.obligation.due_at
        for one in preview(evaluator, select, now, ASKED)
        if one.obligation is not None
        and one.obligation.due_at is not None
        and evaluator.plan.clause(one.clause_id).promise == PROMISE
    ]
    return min((due for due in dues if due > now), default=fallback)


def close(offer: Offer, outcome: Outcome, *, at: datetime, by: str, said: str = "") -> None:
    """Write what became of a locked offer."""
    offer.outcome, offer.ended_at, offer.ended_by, offer.said = outcome.value, at, by, said
    offer.version += 1
    offer.save(update_fields=["outcome", "ended_at", "ended_by", "said", "version"])


def unit_fact(kind: str, offer: Offer, at: datetime, said: str = "") -> StepFact:
    """The fact that a unit did something with an offer; what it said stays erasable."""
    attrs = {"unit": str(offer.unit.public_id), "unit_name": offer.unit.name}
    return StepFact(kind, at, attrs, {"reason": said} if said else {})


def _next(routing: Routing, now: datetime) -> tuple[list[NearUnit], NearUnit | None]:
    """Units passed over from here on, and the first that can be asked. None is asked twice."""
    request = routing.request
    site = request.site or (request.asset and request.asset.site)
    wanted = WorkWanted(
        unit_id=request.unit_id,
        product_line=routing.product_line,
        mode=routing.mode,
        address=site.address if site else "",
        position=position_of(site.latitude, site.longitude) if site else None,
        at=now,
    )
    known = set(routing.offers.values_list("unit_id", flat=True))
    passed: list[NearUnit] = []
    for one in nearest_units(wanted):
        if one.unit_id in known:
            continue
        if not one.reason:
            return passed, one
        passed.append(one)
    return passed, None


def _columns(routing: Routing, one: NearUnit, place: int, now: datetime) -> dict[str, Any]:
    return {
        "routing": routing,
        "unit_id": one.unit_id,
        "place": place,
        "distance_km": one.distance_km,
        "made_at": now,
    }


def _fact(kind: str, one: NearUnit, at: datetime, **more: str) -> StepFact:
    return StepFact(kind, at, {"unit": str(one.public_id), "unit_name": one.name, **more})


def _tell(offer: Offer, found: NearUnit, work: Work) -> None:
    """Whoever answers for the unit learns of it at once."""
    roster = read_roster()
    holders = [holder for one in found.answerers if (holder := roster.person(one))]
    request = offer.routing.request
    data = {"number": request.number}
    telling = Telling(OFFERED_TOPIC, "offer", offer.public_id, found.unit_id, data)
    notify(work, telling, holders, ())


def _exhaust(routing: Routing, work: Work) -> None:
    """Nobody is left: dispatchers and managers, and whoever follows the case, are told."""
    _set_state(routing, RoutingState.EXHAUSTED, work.now)
    roster, request = read_roster(), routing.request
    found = {one.person_id: one for one in roster.holders(RESCUERS, request.unit_id).holders}
    if follower := roster.person(routing.follower_id):
        found[follower.person_id] = follower
    telling = Telling(EXHAUSTED_TOPIC, "request", request.public_id, request.unit_id)
    notify(work, telling, list(found.values()), ())


def _set_state(routing: Routing, state: RoutingState, ended_at: datetime | None) -> None:
    routing.state, routing.ended_at = state.value, ended_at
    routing.save(update_fields=["state", "ended_at"])
