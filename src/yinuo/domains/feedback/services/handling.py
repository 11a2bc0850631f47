"""Handling a complaint: each act with what was done, by whom, within whose authority (SG-13)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.feedback.complaint_models import Complaint, ComplaintStep
from yinuo.domains.feedback.complaint_types import Doing, Redress
from yinuo.domains.feedback.complaints import is_turned, waiting_departments
from yinuo.domains.feedback.policies import visible_complaints
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.kernel.complaint_states import ComplaintAct, ComplaintState, Principle, state_after
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

TEXT_LENGTH, NAME_LENGTH = 4_000, 80
MOST_COST = Decimal("999999999.99")
_A = ComplaintAct
# What each act leaves for the promises of the plan.
_FACTS = {
    _A.ANSWERED.value: "complaint_answered",
    _A.ASKED.value: "department_asked",
    _A.REPLIED.value: "department_answered",
    _A.SETTLED.value: "complaint_settled",
    _A.CLOSED.value: "lesson_recorded",
}


def handle_complaint(
    *, actor: Actor, complaint_id: object, version: int, doing: Doing, now: datetime
) -> Complaint:
    """Do one thing with a complaint and write down what was done.

    Raises Forbidden for the person complained about, whatever his rights, and for who may not go
    on with one that was passed up; IllegalMove out of order or beyond one's authority; Conflict
    when somebody was faster; InvalidInput by field.
    """
    with writing(actor=actor, now=now) as work:
        seen = visible_complaints(actor).select_for_update(of=("self",))
        complaint = one_of(seen, complaint_id)
        require_may_handle(actor, complaint)
        if complaint.version != version:
            raise Conflict(details={"yours": version, "present": complaint.version})
        after = _state_after(complaint, doing)
        at = doing.done_at or now
        _check(complaint, doing, at, now)
        _require_authority(actor, complaint, doing)
        _require_complete(complaint, doing)
        step = _step(actor, complaint, doing, at, now)
        stored(complaint, expected_version=None, changes=_changes(doing, after, at))
        fact = _FACTS.get(doing.kind)
        if fact:
            record_facts(
                complaint.public_id,
                [NewFact(fact, at, "complaint", _attributes(doing))],
                actor=actor,
                now=now,
            )
        work.audit(f"complaint.{doing.kind}", complaint, after={"step": str(step.public_id)})
        work.emit("complaint.changed", complaint, {"number": complaint.number})
        return complaint


def require_may_handle(actor: Actor, complaint: Complaint) -> None:
    """Pass for whoever may go on with this complaint; Forbidden else."""
    if actor.person_id is not None and actor.person_id == complaint.about_id:
        raise Forbidden(_("Whoever is complained about does not handle the complaint."))
    right = Permission.COMPLAINT_WRITE
    if complaint.is_with_superior:
        right = Permission.COMPLAINT_DECIDE
    require(actor, right, complaint.unit_id)


def _state_after(complaint: Complaint, doing: Doing) -> ComplaintState:
    if doing.kind not in {*Principle, *ComplaintAct}:
        raise InvalidInput({"kind": _("Choose one of the answers offered.")})
    after = state_after(ComplaintState(complaint.state), doing.kind)
    if after is None:
        raise IllegalMove(details={"state": complaint.state, "kind": doing.kind})
    return after


def _check(complaint: Complaint, doing: Doing, at: datetime, now: datetime) -> None:
    problems: dict[str, str] = {}
    if not doing.text.strip():
        problems["text"] = _("Write down what was done or said.")
    for name in ("text", "responsibility", "sanction"):
        if len(getattr(doing, name)) > TEXT_LENGTH:
            problems[name] = _("Use at most 4,000 characters.")
    if at > now:
        problems["done_at"] = _("This time is in the future. Correct it.")
    elif at < complaint.received_at:
        problems["done_at"] = _("This is before the complaint came in.")
    problems |= _needed(complaint, doing, at)
    if problems:
        raise InvalidInput(problems)


def _needed(complaint: Complaint, doing: Doing, at: datetime) -> dict[str, str]:
    """What this kind of act needs beside its text."""
    problems: dict[str, str] = {}
    if doing.settle_by is not None and doing.settle_by < at:
        problems["settle_by"] = _("Choose a time that is still to come.")
    if doing.kind in (_A.ASKED, _A.REPLIED):
        problems |= _department_problems(complaint, doing)
    elif doing.kind == _A.REDRESSED:
        problems |= _redress_problems(doing)
    elif doing.kind == _A.PASSED_UP and (doing.told_at is None or doing.told_at > at):
        problems["told_at"] = _("Tell the customer first, and say when you did.")
    elif doing.kind == _A.ANSWERED and complaint.is_major and doing.settle_by is None:
        problems["settle_by"] = _("A major complaint is answered with a date of solution.")
    elif doing.kind == _A.CLOSED:
        problems |= _closing_problems(doing)
    return problems


def _department_problems(complaint: Complaint, doing: Doing) -> dict[str, str]:
    name = doing.department.strip()
    if not 0 < len(name) <= NAME_LENGTH:
        return {"department": _("Name the department, in at most 80 characters.")}
    waits = name in waiting_departments(complaint.pk)
    if doing.kind == _A.REPLIED and not waits:
        return {"department": _("This department was not asked.")}
    if doing.kind == _A.ASKED and waits:
        return {"department": _("This department has been asked already.")}
    return {}


def _redress_problems(doing: Doing) -> dict[str, str]:
    problems: dict[str, str] = {}
    if doing.redress not in set(Redress):
        problems["redress"] = _("Choose one of the answers offered.")
    if doing.cost is None or not 0 <= doing.cost <= MOST_COST:
        problems["cost"] = _("Give the cost to us.")
    return problems


def _closing_problems(doing: Doing) -> dict[str, str]:
    problems = {
        name: _("Needed before it is closed; write 'none' where there is none.")
        for name in ("responsibility", "sanction")
        if not getattr(doing, name).strip()
    }
    if doing.improve_by is None:
        problems["improve_by"] = _("Say by when the improvement is done.")
    return problems


def _require_authority(actor: Actor, complaint: Complaint, doing: Doing) -> None:
    if doing.kind != _A.REDRESSED or doing.cost is None or doing.cost <= settings.COMPLAINT_LIMIT:
        return
    if not actor.may(Permission.COMPLAINT_DECIDE, complaint.unit_id):
        message = _("Above %(limit)s yuan a superior decides: pass it up and tell the customer.")
        raise IllegalMove(message % {"limit": settings.COMPLAINT_LIMIT})


def _require_complete(complaint: Complaint, doing: Doing) -> None:
    """Closing: everything asked is answered, each principle done, the customer turned."""
    if doing.kind != _A.CLOSED:
        return
    waiting = waiting_departments(complaint.pk)
    if waiting:
        raise IllegalMove(_("Not answered yet: %(names)s.") % {"names": ", ".join(waiting)})
    done = set(complaint.steps.values_list("kind", flat=True))
    left = [one for one in Principle if one.value not in done]
    if left:
        raise IllegalMove(
            _("Steps of the handling are still open: %(count)d of 8.") % {"count": len(left)},
            details={"open": [one.value for one in left]},
        )
    if complaint.answer_id is not None and not is_turned(complaint):
        raise IllegalMove(
            _("The customer is not turned yet: phone back until he is no longer dissatisfied.")
        )


def _step(
    actor: Actor, complaint: Complaint, doing: Doing, at: datetime, now: datetime
) -> ComplaintStep:
    precedent = None
    if doing.precedent_id:
        precedent = one_of(visible_complaints(actor).exclude(pk=complaint.pk), doing.precedent_id)
    is_redress = doing.kind == _A.REDRESSED
    return ComplaintStep.objects.create(
        complaint=complaint,
        kind=doing.kind,
        text=doing.text.strip(),
        department=doing.department.strip() if doing.kind in (_A.ASKED, _A.REPLIED) else "",
        redress=doing.redress if is_redress else "",
        cost=doing.cost if is_redress else None,
        precedent=precedent,
        told_at=doing.told_at if doing.kind == _A.PASSED_UP else None,
        done_at=at,
        recorded_at=now,
        recorded_by=actor.label,
    )


def _changes(doing: Doing, after: ComplaintState, at: datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {"state": after.value}
    if doing.kind == _A.ANSWERED:
        changes |= {"answered_at": at, "settle_by": doing.settle_by}
    elif doing.kind == _A.SETTLED:
        changes["settled_at"] = at
    elif doing.kind == _A.PASSED_UP:
        changes["is_with_superior"] = True
    elif doing.kind == _A.CLOSED:
        changes |= {
            "closed_at": at,
            "improvement": doing.text.strip(),
            "responsibility": doing.responsibility.strip(),
            "sanction": doing.sanction.strip(),
            "improve_by": doing.improve_by,
        }
    elif doing.kind == _A.IMPROVED:
        changes["improved_at"] = at
    return changes


def _attributes(doing: Doing) -> dict[str, Any]:
    if doing.kind != _A.ANSWERED:
        return {"department": doing.department.strip()} if doing.department else {}
    if doing.settle_by is None:
        return {"with_date": "no"}
    return {"with_date": "yes", "settle_by": doing.settle_by.isoformat()}
