"""Who can go along to a sheet's visit: the hard rules of whoever goes, for the time it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _

from yinuo.domains.dispatch.models import Booking
from yinuo.domains.dispatch.types import Along, CanGoAlong, CannotGo
from yinuo.domains.fieldwork.companions import companions_of, goes_along
from yinuo.domains.fieldwork.planned import UNDER_WAY, VisitWanted, get_visit
from yinuo.domains.fieldwork.types import CompanionRow
from yinuo.domains.network.candidates import candidates_for, crowd_for, named
from yinuo.domains.network.qualification_types import Candidate, Demand, Obstacle, Rule
from yinuo.domains.network.qualified import qualification_for
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.selectors import people_on_duty
from yinuo.platform.errors import IllegalMove

Span = tuple[datetime, datetime]


def who_can_go_along(actor: Actor, work_order_id: object, *, now: datetime) -> Along:
    """Everybody of the sheet's unit but its lead, by name, each with the hard rules he breaks.

    Asked for the time that is kept, else for the time wished for. NotFound for a sheet to which
    the actor sends nobody. Some twenty statements, however many people there are.
    """
    visit = get_visit(actor, work_order_id)
    kept = kept_time(visit)
    demand = demand_of(visit, kept, now)
    present = {one.person_id for one in companions_of([visit.id])[visit.id]}
    people = candidates_for(actor, demand, on_call=people_on_duty(demand.starts_at))
    booked = _booked(visit.id, kept) if kept else frozenset()
    return Along(
        work_order_public_id=visit.public_id,
        version=visit.version,
        number=visit.number,
        kept=kept,
        people=tuple(
            _shown(one, is_named=one.person_id in present, is_booked=one.person_id in booked)
            for one in people
            if one.person_id != visit.assignee_id
        ),
    )


def require_able(
    actor: Actor, demand: Demand, people: Iterable[CompanionRow], on_call: frozenset[int]
) -> None:
    """Pass when these people may go along at that time; CannotGo names the first who may not."""
    crowd = crowd_for(actor, [demand])
    wanted = list(people)
    for one in wanted:
        if one.person_id not in crowd.row_of:
            message = _("%(name)s does not carry out work of this unit any more.")
            raise IllegalMove(message % {"name": one.name})
    ids = [one.person_id for one in wanted]
    for each in named(crowd, demand, ids, crowd.keeps(demand, on_call)) if ids else ():
        if each.obstacles:
            raise CannotGo(each.name, each.obstacles)


def names_with(lead: tuple[int, str], companions: Collection[CompanionRow]) -> Mapping[int, str]:
    """Everybody who goes, by name, the lead first; who leads now does not go along."""
    return dict([lead]) | {
        one.person_id: one.name for one in companions if one.person_id != lead[0]
    }


def kept_time(visit: VisitWanted) -> Span | None:
    """The time that is kept for the lead of a visit, the way there included."""
    booked = Booking.objects.filter(
        work_order_id=visit.id, person_id=visit.assignee_id or 0, released_at__isnull=True
    ).first()
    return (booked.period.lower, booked.period.upper) if booked else None


def demand_of(visit: VisitWanted, kept: Span | None, now: datetime) -> Demand:
    """What the visit asks of everybody who goes, for the time kept, else for that wished for."""
    needs = qualification_for(visit.product_line)
    begins = kept[0] if kept else max(now, visit.not_before or now)
    ends = kept[1] if kept else begins + timedelta(minutes=needs.visit_minutes)
    return Demand(visit.unit_id, begins, ends, visit.product_line, needs)


def _booked(order_id: int, kept: Span) -> frozenset[int]:
    """Who has other work at that time."""
    rows = Booking.objects.filter(
        released_at__isnull=True, period__overlap=kept, work_order__state__in=UNDER_WAY
    ).exclude(work_order_id=order_id)
    rows = rows.filter(Q(work_order__assignee_id=F("person_id")) | Q(goes_along()))
    return frozenset(rows.values_list("person_id", flat=True))


def _shown(one: Candidate, *, is_named: bool, is_booked: bool) -> CanGoAlong:
    overlap = (Obstacle(Rule.OVERLAP),) if is_booked else ()
    return CanGoAlong(
        public_id=one.public_id,
        name=one.name,
        unit_name=one.unit_name,
        is_named=is_named,
        obstacles=(*one.obstacles, *overlap),
    )
