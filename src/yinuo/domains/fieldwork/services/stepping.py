"""The steps of a sheet that are said in a word: accept, call, depart, arrive, return, file …"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from yinuo.domains.emergency.services.following import CrewMove, crew_agreed, crew_departed
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.policies import require_step
from yinuo.domains.fieldwork.services.counting import count_visit
from yinuo.domains.fieldwork.services.moving import (
    REASON_LENGTH,
    Move,
    happened_at,
    locked_order,
    move,
)
from yinuo.domains.fieldwork.services.requests import step_fact, tell_request
from yinuo.domains.fieldwork.types import StepReport
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services import set_owner
from yinuo.kernel.work_states import WORK_OPEN, WORK_STEPS, WorkOrderState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored, writing

WAY_LENGTH = 300
# Nobody agrees on a visit further ahead; a longer one is a typing error.
FARTHEST_VISIT = timedelta(days=730)
NEEDS_REASON = frozenset({"declined", "aborted", "corrected"})
# What the request has to know of a step.
TOLD_TO_REQUEST = {
    "departed": "departed",
    "arrived": "arrived",
    "returned": "sheet_returned",
}


def take_step(
    *,
    actor: Actor,
    work_order_id: object,
    report: StepReport,
    version: int | None = None,
    source: str,
    now: datetime,
) -> WorkOrder:
    """Record a step of the sheet; departure and arrival also stand on the request at once.

    `occurred_at` may lie in the past, never in the future nor before the step it follows. Raises
    Conflict for a stale version, IllegalMove when the state does not allow it, InvalidInput per
    field, Forbidden without the right.
    """
    make = _MOVES.get(report.kind)
    if make is None:
        raise InvalidInput({"kind": _("There is no such step.")})
    with writing(actor=actor, now=now) as work:
        order = locked_order(actor, work_order_id, version)
        require_step(actor, order, report.kind)
        if WORK_STEPS[report.kind].after(WorkOrderState(order.state)) is None:
            raise IllegalMove(details={"state": order.state, "kind": report.kind})
        step = make(order, report, _reason(report), now)
        move(order, step, actor=actor, source=source, work=work)
        if report.kind == "declined":
            set_owner(order.public_id, person_id=None, actor=actor, now=now)
        _tell_chain(order, report.kind, step, source, work)
        if told := TOLD_TO_REQUEST.get(report.kind):
            at = step.occurred_at or now
            fact = step_fact(told, at, report.late_reason)
            tell_request(order, fact, actor=actor, source=source, now=now)
        if report.kind == "arrived":
            count_visit(order, step.occurred_at or now, actor=actor, now=now)
        return order


def _tell_chain(order: WorkOrder, kind: str, step: Move, source: str, work: Work) -> None:
    """The emergency plan of the request follows the sheet of its crew (BP-08)."""
    at = step.occurred_at or work.now
    moved = CrewMove(order.request_id, order.assignee_id, at, order.agreed_for, source)
    if kind == "departed":
        crew_departed(moved, work)
    if kind == "appointed":
        crew_agreed(moved, order.contact_name, work)


def set_reminder(
    *, actor: Actor, work_order_id: object, version: int, remind_on: date | None, now: datetime
) -> WorkOrder:
    """Have the sheet come up on a day, or no longer (LV-07)."""
    with writing(actor=actor, now=now) as work:
        order = locked_order(actor, work_order_id, version)
        require(actor, Permission.WORK_ORDER_ISSUE, order.unit_id)
        if WorkOrderState(order.state) not in WORK_OPEN:
            raise IllegalMove(details={"state": order.state})
        before = {"remind_on": str(order.remind_on or "")}
        stored(order, expected_version=None, changes={"remind_on": remind_on})
        after = {"remind_on": str(remind_on or "")}
        work.audit("work_order.remind", order, before=before, after=after)
        work.emit("work_order.changed", order, {"kind": "reminder", "number": order.number})
        return order


def _reason(report: StepReport) -> str:
    reason = report.reason.strip()
    if report.kind in NEEDS_REASON and not reason:
        raise InvalidInput({"reason": _("Say why.")})
    for name, text in (("reason", reason), ("late_reason", report.late_reason)):
        if len(text) > REASON_LENGTH:
            raise InvalidInput({name: _("Use at most 4,000 characters.")})
    return reason


def _accepted(order: WorkOrder, report: StepReport, reason: str, now: datetime) -> Move:
    at = happened_at(report.occurred_at, now, {})
    return Move("accepted", {}, "accepted", at, reason)


def _declined(order: WorkOrder, report: StepReport, reason: str, now: datetime) -> Move:
    changes = {"assignee_id": None, "declined_reason": reason}
    shown = {"person_id": order.assignee_id}
    return Move("declined", changes, "declined", now, reason, shown)


def _appointed(order: WorkOrder, report: StepReport, reason: str, now: datetime) -> Move:
    """The call before leaving: agreed time and way (LV-04)."""
    at = happened_at(report.occurred_at, now, {})
    way, agreed = report.way.strip(), report.agreed_for
    problems: dict[str, str] = {}
    if agreed is None:
        problems["agreed_for"] = _("Give the time you agreed on with the customer.")
    elif agreed.tzinfo is None:
        problems["agreed_for"] = _("Give the time with its zone, such as +08:00.")
    elif not at - timedelta(days=1) <= agreed <= now + FARTHEST_VISIT:
        problems["agreed_for"] = _("This is not a time to agree on. Correct it.")
    if not way:
        problems["way"] = _("Say how the visit goes, as agreed on the phone.")
    elif len(way) > WAY_LENGTH:
        problems["way"] = _("Use at most %(most)d characters.") % {"most": WAY_LENGTH}
    if problems:
        raise InvalidInput(problems)
    changes = {"contacted_at": at, "agreed_for": agreed, "way": way}
    return Move("appointed", changes, "contacted", at, reason, {"agreed_for": str(agreed)})


def _departed(order: WorkOrder, report: StepReport, reason: str, now: datetime) -> Move:
    before_report = _("This is before the request was reported.")
    at = happened_at(report.occurred_at, now, {before_report: order.request.reported_at})
    return Move("departed", {"departed_at": at}, "departed", at, reason, _at(at))


def _arrived(order: WorkOrder, report: StepReport, reason: str, now: datetime) -> Move:
    before_departure = _("This is before the departure.")
    at = happened_at(report.occurred_at, now, {before_departure: order.departed_at})
    return Move("arrived", {"arrived_at": at}, "arrived", at, reason, _at(at))


def _corrected(order: WorkOrder, report: StepReport, reason: str, now: datetime) -> Move:
    """Back to the report; the signature stays on record but no longer counts (R55)."""
    changes = {"signed_at": None, "returned_at": None}
    return Move("corrected", changes, "", now, reason)


def _returned(order: WorkOrder, report: StepReport, reason: str, now: datetime) -> Move:
    unsigned = _("This is before the signature.")
    at = happened_at(report.occurred_at, now, {unsigned: order.signed_at})
    return Move("returned", {"returned_at": at}, "sheet_returned", at, reason, _at(at))


def _filed(order: WorkOrder, report: StepReport, reason: str, now: datetime) -> Move:
    return Move("filed", {"filed_at": now, "remind_on": None}, "filed", now, reason)


def _aborted(order: WorkOrder, report: StepReport, reason: str, now: datetime) -> Move:
    changes = {"ended_reason": reason, "remind_on": None}
    return Move("aborted", changes, "aborted", now, reason)


def _at(at: datetime) -> dict[str, str]:
    return {"occurred_at": at.isoformat()}


_MOVES: dict[str, Callable[[WorkOrder, StepReport, str, datetime], Move]] = {
    "accepted": _accepted,
    "declined": _declined,
    "appointed": _appointed,
    "departed": _departed,
    "arrived": _arrived,
    "corrected": _corrected,
    "returned": _returned,
    "filed": _filed,
    "aborted": _aborted,
}
STEP_KINDS = frozenset(_MOVES)
