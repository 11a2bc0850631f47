"""The chain follows the crew's sheet: its departure, and the arrival agreed on by phone (BP-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.emergency.chains import chain_of, place_of
from yinuo.domains.emergency.models import EmergencyPlan, Revision
from yinuo.domains.emergency.services.departing import DEPARTED, tell_customer, told_anew
from yinuo.domains.emergency.services.moving import Taken, locked, take
from yinuo.domains.emergency.types import Doing, Told
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.emergency import CHAIN_OPEN, Act, ChainState
from yinuo.kernel.plan.emergency import StepKind
from yinuo.platform.journal.work import Work


@dataclass(frozen=True, slots=True)
class CrewMove:
    """What the sheet of a request says of a person: when, and by when he expects to be there."""

    request_id: int
    person_id: int | None
    at: datetime
    arrival_at: datetime | None
    source: str


def crew_departed(moved: CrewMove, work: Work) -> None:
    """Take the departure of the request's plan when one of its crew has left by his sheet.

    The customer is told by SMS, the call waits in the outbox. Nothing happens while another step
    waits, for whoever is not of the crew, and without an estimate that lies ahead: then whoever
    holds the step tells the customer himself. The sheet states the departure. Call it before
    anything locks the request.
    """
    row = _plan_of_crew(moved)
    if row is None:
        return
    step = place_of(row).step(chain_of(row))
    at = max(moved.at, row.step_since)
    arrival = _ahead(at, moved.arrival_at, row.arrival_at)
    if step is None or step.kind is not StepKind.DEPART or arrival is None:
        return
    tell_customer(row, DEPARTED, Told(arrival), arrival, at, work)
    taken = Taken(
        Act.DEPARTED,
        Doing(source=moved.source),
        work.actor.label,
        moved.person_id,
        changes={"arrival_at": arrival},
        facts=(StepFact("departure_told", at, {"by": "sms"}),),
        is_stated=False,
    )
    take(row, taken, at, work=work)


def crew_agreed(moved: CrewMove, reached: str, work: Work) -> None:
    """Keep the arrival that one of the crew agreed on by phone, where it is another than told.

    Nothing happens before the approval and for whoever is not of the crew.
    """
    row = _plan_of_crew(moved)
    if row is None or row.approved_at is None:
        return
    arrival = _ahead(moved.at, moved.arrival_at)
    if arrival is None or arrival == row.arrival_at:
        return
    reason = _("Agreed with the customer on the phone.")
    told = Told(arrival, reason=reason, reached=reached)
    told_anew(row, told, Doing(source=moved.source), moved.at, work=work)


def _plan_of_crew(moved: CrewMove) -> EmergencyPlan | None:
    """The request's open plan, locked with it, when the person is its lead or of its crew."""
    plans = EmergencyPlan.objects.filter(request_id=moved.request_id)
    row: EmergencyPlan | None = plans.filter(state__in=[one.value for one in CHAIN_OPEN]).first()
    if row is None or moved.person_id is None:
        return None
    content = Revision.objects.filter(plan=row, number=row.revision).first()
    if content is None or moved.person_id not in {content.lead_id, *content.crew}:
        return None
    found: EmergencyPlan | None = locked(EmergencyPlan.objects.filter(pk=row.pk)).first()
    return found if found and ChainState(found.state) in CHAIN_OPEN else None


def _ahead(at: datetime, *wanted: datetime | None) -> datetime | None:
    """The first of the instants that lies after `at`."""
    return next((one for one in wanted if one is not None and one > at), None)
