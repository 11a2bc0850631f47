"""Recording what happened on a request; the state follows from the table of steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.domains.requests.intake import FUTURE_TOLERANCE
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import right_for_step, visible_requests
from yinuo.domains.requests.types import Report
from yinuo.kernel.states import REQUEST_STEPS, RequestState, Step
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

# Steps that end or revive a case say why.
NEEDS_REASON = frozenset({"cancelled", "reopened"})
# Steps whose words matter: what was found, done or agreed.
REASON_LENGTH = 4_000
MOST_TRAVEL_MINUTES = 7 * 24 * 60


def report_fact(
    *,
    actor: Actor,
    request_id: object,
    report: Report,
    source: str,
    version: int | None = None,
    now: datetime,
) -> Request:
    """Record a fact that occurred on a request and compute its promises anew.

    Raises IllegalMove when the state does not allow it, Conflict when `version` is given and
    stale, InvalidInput for a time in the future or before the report, Forbidden without the right.
    """
    step = REQUEST_STEPS.get(report.kind)
    if step is None:
        raise InvalidInput({"kind": _("There is no such step.")})
    with writing(actor=actor, now=now) as work:
        request = one_of(visible_requests(actor).select_for_update(), request_id)
        require(actor, right_for_step(report.kind), request.unit_id)
        state = _state_after(step, request)
        fact = NewFact(report.kind, _occurred_at(report, request, now), source, _attributes(report))
        before = request.state
        stored(request, expected_version=version, changes={"state": state.value})
        record_facts(request.public_id, [fact], actor=actor, now=now)
        work.audit(
            f"request.{report.kind}",
            request,
            before={"state": before},
            after={"state": state.value, "occurred_at": fact.occurred_at.isoformat()},
            reason=report.reason.strip(),
        )
        work.emit("request.changed", request, {"kind": report.kind})
        return request


def _state_after(step: Step, request: Request) -> RequestState:
    state = step.after(RequestState(request.state))
    if state is None:
        raise IllegalMove(details={"state": request.state, "kind": step.kind})
    return state


def _occurred_at(report: Report, request: Request, now: datetime) -> datetime:
    at = report.occurred_at or now
    if at.tzinfo is None:
        raise InvalidInput({"occurred_at": _("Give the time with its zone, such as +08:00.")})
    if at > now + FUTURE_TOLERANCE:
        raise InvalidInput({"occurred_at": _("This time is in the future. Correct it.")})
    if at < request.reported_at:
        raise InvalidInput({"occurred_at": _("This is before the request was reported.")})
    return min(at, now)


def _attributes(report: Report) -> Mapping[str, Any]:
    """The attributes a clause may read; the reason's text stays in the erasable audit row."""
    problems: dict[str, str] = {}
    if report.kind in NEEDS_REASON and not report.reason.strip():
        problems["reason"] = _("Say why.")
    if len(report.reason) > REASON_LENGTH:
        problems["reason"] = _("Use at most 4,000 characters.")
    attrs = dict(report.attrs)
    if unknown := set(attrs) - {"travel_minutes"}:
        problems["attrs"] = _("Unknown attribute: %(name)s") % {"name": min(unknown)}
    minutes = attrs.get("travel_minutes")
    if minutes is not None and not (
        isinstance(minutes, int) and 0 <= minutes <= MOST_TRAVEL_MINUTES
    ):
        problems["travel_minutes"] = _("Give whole minutes, at most 7 days.")
    if problems:
        raise InvalidInput(problems)
    return attrs
