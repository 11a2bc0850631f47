"""Placing a visit on the board: somebody, from when; every rule is asked by the server."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.dispatch.along import names_with, require_able
from yinuo.domains.dispatch.booking import keep_time
from yinuo.domains.dispatch.models import Booking, Decision
from yinuo.domains.dispatch.types import CannotGo
from yinuo.domains.dispatch.ways import present_travel
from yinuo.domains.dispatch.weighing import present_weighing
from yinuo.domains.fieldwork.companions import companions_of
from yinuo.domains.fieldwork.planned import VisitWanted, get_visit
from yinuo.domains.fieldwork.services import assign_work_order
from yinuo.domains.fieldwork.services.moving import locked_order
from yinuo.domains.network.candidates import candidates_for
from yinuo.domains.network.qualification_types import Candidate, Demand
from yinuo.domains.network.qualified import qualification_for
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.selectors import people_on_duty
from yinuo.kernel.work_states import BEFORE_VISIT
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput, NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.work import writing

# A visit that begins now takes a moment to enter; appointments are kept within so long.
LATEST_ENTRY, KEPT_WITHIN = timedelta(minutes=10), timedelta(minutes=15)
MOST_AHEAD = timedelta(days=60)


def place_visit(
    *,
    actor: Actor,
    work_order_id: object,
    person_id: object,
    starts_at: datetime,
    version: int,
    source: str,
    now: datetime,
) -> Decision:
    """Give a sheet to somebody for a time that the dispatcher chose, and keep the time.

    Whoever goes along comes at that time too. Raises CannotGo with every hard rule broken (skill,
    certificate, tools, absence, hours, other work) by him or one of them, IllegalMove for a visit
    under way or agreed for another time, InvalidInput for a time that is past or too far, Conflict
    for a stale sheet, NotFound.
    """
    visit = get_visit(actor, work_order_id)
    if visit.version != version:
        raise Conflict(details={"yours": version, "present": visit.version})
    _check_time(visit, starts_at, now)
    demand = _demand(visit, starts_at)
    on_call = people_on_duty(starts_at)
    goer = _candidate(actor, demand, person_id, on_call)
    period = starts_at - _way(goer, visit, starts_at), demand.ends_at
    if goer.obstacles:
        raise CannotGo(goer.name, goer.obstacles)
    with writing(actor=actor, now=now) as work:
        locked_order(actor, work_order_id, version)
        companions = companions_of([visit.id])[visit.id]
        along = [one for one in companions if one.person_id != goer.person_id]
        require_able(actor, demand, along, on_call)
        if visit.assignee_id != goer.person_id:
            assign_work_order(
                actor=actor,
                work_order_id=work_order_id,
                assignee_id=goer.public_id,
                version=version,
                source=source,
                now=now,
            )
        keep_time(names_with((goer.person_id, goer.name), along), visit.id, period, now)
        decision = _decision(visit, goer, starts_at, actor, now)
        work.add(decision)
        after = {"person": str(goer.public_id), "starts_at": starts_at.isoformat()}
        work.audit("dispatch.place", decision, after=after)
        return decision


def _decision(
    visit: VisitWanted, goer: Candidate, starts_at: datetime, actor: Actor, now: datetime
) -> Decision:
    return Decision(
        work_order_id=visit.id,
        person_id=goer.person_id,
        decided_at=now,
        decided_by=actor.label[:80],
        place=0,
        reason=_("Placed on the board"),
        weights=present_weighing().label,
        considered=1,
        content={"starts_at": starts_at.isoformat(), "goers": [], "refused": []},
    )


def _check_time(visit: VisitWanted, starts_at: datetime, now: datetime) -> None:
    if not now - LATEST_ENTRY <= starts_at <= now + MOST_AHEAD:
        raise InvalidInput({"starts_at": _("Choose a time from now on, within 60 days.")})
    if visit.state not in BEFORE_VISIT:
        raise IllegalMove(_("This visit is under way or over. It cannot be placed any more."))
    agreed = visit.agreed_for
    if agreed is not None and agreed >= now and abs(starts_at - agreed) > KEPT_WITHIN:
        shown = agreed.astimezone(ZoneInfo(settings.TIME_ZONE)).strftime("%Y-%m-%d %H:%M")
        message = _("The customer was promised %(at)s. Agree on another time first.")
        raise IllegalMove(message % {"at": shown})


def _demand(visit: VisitWanted, at: datetime) -> Demand:
    needs = qualification_for(visit.product_line)
    ends = at + timedelta(minutes=needs.visit_minutes)
    return Demand(visit.unit_id, at, ends, visit.product_line, needs)


def _candidate(
    actor: Actor, demand: Demand, person_id: object, on_call: frozenset[int]
) -> Candidate:
    wanted = parse_public_id(person_id)
    people = candidates_for(actor, demand, on_call=on_call)
    found = next((one for one in people if one.public_id == wanted), None)
    if found is None:
        raise NotFound
    return found


def _way(goer: Candidate, visit: VisitWanted, at: datetime) -> timedelta:
    """From home, where both places are known; a way that is not known is the dispatcher's."""
    if goer.home is None or visit.latitude is None or visit.longitude is None:
        return timedelta()
    before = Booking.objects.filter(
        person_id=goer.person_id, released_at__isnull=True, period__endswith__lte=at
    ).exclude(work_order_id=visit.id)
    last = before.select_related("work_order__request__site").order_by("-period").first()
    place = (goer.home.latitude, goer.home.longitude)
    if last is not None and at - last.period.upper < timedelta(hours=6):
        site = last.work_order.request.site
        if site is None or site.latitude is None or site.longitude is None:
            return timedelta()
        place = (site.latitude, site.longitude)
    seconds = present_travel().seconds(
        float(place[0]),
        float(place[1]),
        float(visit.latitude),
        float(visit.longitude),
        at.astimezone(ZoneInfo(settings.TIME_ZONE)).hour,
    )
    return timedelta(seconds=int(seconds))
