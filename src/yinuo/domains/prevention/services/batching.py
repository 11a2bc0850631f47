"""Planning many visits at once: each its day, and the sheets that day planning takes up."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.keeping import zone_of
from yinuo.domains.prevention.models import DueVisit
from yinuo.domains.prevention.policies import visible_due_visits
from yinuo.domains.prevention.services.agreeing import plan_visit
from yinuo.domains.prevention.services.ordering import order_visit
from yinuo.domains.prevention.types import MonthPlan, Planned
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.work import writing

MOST_AT_ONCE = 100
MORNING = time(9)


def plan_month(*, actor: Actor, plan: MonthPlan, source: str, now: datetime) -> Planned:
    """Give chosen visits their days; with sheets, each also gets its work order for that morning,
    which the planning of that day takes up.

    A visit that somebody changed meanwhile is left and named, the others go on. Raises
    InvalidInput for none or more than 100, NotFound for one the actor does not plan.
    """
    if not 0 < len(plan.days) <= MOST_AT_ONCE:
        raise InvalidInput({"visits": _("Choose 1 to 100 visits at a time.")})
    seen = visible_due_visits(actor, Permission.PREVENTION_WRITE)
    wanted = {one for one, _version, _day in plan.days}
    names = dict(seen.filter(public_id__in=wanted).values_list("public_id", "customer__name"))
    if len(names) != len(wanted):
        raise NotFound
    left: list[tuple[str, str]] = []
    planned, sheets = 0, 0
    with writing(actor=actor, now=now) as work:
        # In one order, so that two who plan the same wait for each other.
        for one in sorted(plan.days):
            # What was done so far is written, so that a visit that does not go takes back itself.
            work.write_down()
            try:
                with transaction.atomic():
                    sheets += _plan(one, plan, source, actor=actor, now=now)
                    planned += 1
            except (Conflict, IllegalMove) as error:
                work.pending.clear()
                left.append((names[one[0]], str(error.message)))
            except InvalidInput as error:
                work.pending.clear()
                left.append((names[one[0]], " ".join(map(str, error.fields.values()))))
    return Planned(planned, sheets, tuple(left))


def _plan(
    one: tuple[UUID, int, date], plan: MonthPlan, source: str, *, actor: Actor, now: datetime
) -> int:
    """Give one visit its day; 1 when it got its sheet too."""
    visit_id, version, day = one
    visit = plan_visit(actor=actor, visit_id=visit_id, version=version, planned_on=day, now=now)
    if not plan.with_sheets:
        return 0
    order_visit(
        actor=actor,
        visit_id=visit_id,
        version=visit.version,
        service_at=_morning(visit),
        source=source,
        now=now,
    )
    return 1


def _morning(visit: DueVisit) -> datetime | None:
    """Nine o'clock there, on the day it is planned for."""
    if visit.planned_on is None:
        return None
    return datetime.combine(visit.planned_on, MORNING, ZoneInfo(zone_of(visit.series)))
