"""Asking for an emergency plan: a chain begins for a request, by the steps of its service plan."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.emergency.chains import chain_in, next_escalation, plan_behind
from yinuo.domains.emergency.models import EmergencyPlan
from yinuo.domains.emergency.services.moving import tell_next
from yinuo.domains.emergency.types import Doing
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services.recording import (
    locked_request,
    require_late_reason,
    state_facts,
)
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.emergency import CHAIN_OPEN, Place
from yinuo.kernel.states import ENDED, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.sequences import next_number

DOCUMENT_KIND = "YJ"


def open_chain(*, actor: Actor, request_id: object, doing: Doing, now: datetime) -> EmergencyPlan:
    """Ask for an emergency plan; the first step of the chain waits from then on.

    Raises NotFound outside the actor's scope, IllegalMove for an ended request, one whose service
    plan has no chain, and while another plan of it runs; InvalidInput for a time in the future or
    before the report.
    """
    with writing(actor=actor, now=now) as work:
        request = locked_request(actor, request_id)
        require(actor, Permission.EMERGENCY_WORK, request.unit_id)
        if RequestState(request.state) in ENDED:
            raise IllegalMove(_("A closed request needs no emergency plan."))
        chain = chain_in(plan_behind(request.plan_version_id))
        if chain is None or request.plan_version_id is None:
            raise IllegalMove(_("The service plan of this request knows no emergency plans."))
        _refuse_second(request.pk)
        at = doing.occurred_at or now
        if at.tzinfo is None or not request.reported_at <= at <= now:
            message = _("Give a time between the report and now.")
            raise InvalidInput({"occurred_at": message})
        require_late_reason(at, {"late_reason": doing.late_reason}, now)
        row = EmergencyPlan.objects.create(
            number=next_number(_series(request.unit.code, now)),
            request=request,
            unit_id=request.unit_id,
            plan_version_id=request.plan_version_id,
            step_since=at,
            opened_at=at,
            opened_by=actor.label,
            opener_id=actor.person_id,
            next_at=next_escalation(chain, chain.steps[0], at, now),
        )
        words = {"text": doing.note, "late_reason": doing.late_reason}
        fact = StepFact("plan_requested", at, {"plan": row.number}, words)
        state_facts(request, [fact], source=doing.source, work=work)
        work.audit("emergency.open", row, after={"number": row.number})
        work.emit("emergency.changed", row, {"number": row.number, "act": "opened"})
        tell_next(row, Place(), chain, work)
        return row


def _refuse_second(request_pk: int) -> None:
    running = EmergencyPlan.objects.filter(
        request_id=request_pk, state__in=[state.value for state in CHAIN_OPEN]
    ).first()
    if running is not None:
        message = _("%(number)s runs already. Go on there, or withdraw it first.")
        raise IllegalMove(message % {"number": running.number})


def _series(unit_code: str, now: datetime) -> str:
    """`YJ-SZ-202610`: kind, unit, year and month of the company's local time."""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    return f"{DOCUMENT_KIND}-{unit_code}-{local:%Y%m}"
