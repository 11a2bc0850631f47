"""Standby units: registered, asked for, lent for a request (SA-08, LV-14, B-51)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.contracts.plans import clauses_promising
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require, unit_for
from yinuo.domains.network.types import Actor
from yinuo.domains.network.upline import document_number
from yinuo.domains.obligations.selectors import obligations_of_subject
from yinuo.domains.obligations.services import bind_subject
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.domains.parts.serials import hold_serials, place_in_stock
from yinuo.domains.repairs.loan_types import LoanData, StandbyData
from yinuo.domains.repairs.models import Loan, StandbyUnit
from yinuo.domains.repairs.policies import visible_standby
from yinuo.domains.repairs.standby import PROMISE
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.services.recording import state_facts
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.loan_states import LoanBasis, LoanState, StandbyState
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

SUBJECT, SOURCE, DOCUMENT_KIND = "loan", "loan", "BJ"
# Promises that the device works again by a time.
RESTORED = ("restore", "resolve", "fix_on_site")
ASKED, DELIVERED = "standby_requested", "standby_delivered"
TEXT_LENGTH, NAME_LENGTH, SERIAL_LENGTH, PLACE_LENGTH = 500, 120, 80, 200


def register_standby(*, actor: Actor, data: StandbyData, now: datetime) -> StandbyUnit:
    """Register a standby unit of a service unit; a serial number of a model once."""
    unit = unit_for(actor, data.unit_id, Permission.STANDBY_WRITE)
    texts = {name: getattr(data, name).strip() for name in ("name", "model", "serial", "place")}
    problems: dict[str, str] = {}
    for name, most in (("name", NAME_LENGTH), ("model", NAME_LENGTH), ("serial", SERIAL_LENGTH)):
        if not 0 < len(texts[name]) <= most:
            problems[name] = _("Fill this in, with at most %(most)d characters.") % {"most": most}
    if len(texts["place"]) > PLACE_LENGTH:
        problems["place"] = _("Use at most %(most)d characters.") % {"most": PLACE_LENGTH}
    if data.worth is not None and data.worth < 0:
        problems["worth"] = _("Give an amount that is not below zero.")
    with writing(actor=actor, now=now) as work:
        hold_serials([texts["serial"]])
        known = StandbyUnit.objects.filter(model=texts["model"], serial=texts["serial"])
        if known.exists():
            problems["serial"] = _("This standby unit is registered already.")
        elif where := place_in_stock(texts["serial"]):
            said = _(
                "This serial number is a part in stock: %(where)s. One thing is in one register. "
                "Is it another maker's number, write the maker before it."
            )
            problems["serial"] = said % {"where": where}
        if problems:
            raise InvalidInput(problems)
        row = StandbyUnit.objects.create(unit_id=unit.pk, worth=data.worth, **texts)
        work.audit("standby.register", row, after={"model": row.model, "serial": row.serial})
        return row


def ask_standby(
    *, actor: Actor, request_id: object, predicted_at: datetime, text: str, now: datetime
) -> bool:
    """Say when the device will be mended; past the promised restoration a standby unit is due.

    True when it is asked for: its promise starts with this fact where the plan has one. False when
    the device will be mended in time, and nothing is recorded.
    """
    if predicted_at <= now:
        raise InvalidInput({"predicted_at": _("Give a time that is still to come.")})
    if not text.strip() or len(text) > TEXT_LENGTH:
        raise InvalidInput({"text": _("Say why, in at most 500 characters.")})
    with writing(actor=actor, now=now) as work:
        request = _request(actor, request_id)
        if not _is_late(request, predicted_at):
            return False
        attrs = {"predicted_at": predicted_at.isoformat()}
        fact = StepFact(ASKED, work.now, attrs, {"text": text.strip()})
        state_facts(request, [fact], source=SOURCE, work=work)
        return True


def lend_standby(*, actor: Actor, data: LoanData, now: datetime) -> Loan:
    """Lend a standby unit for a request; it is with the customer at `delivered_at`, or now.

    Another model may be lent. Raises IllegalMove for a unit that is out or not fit, InvalidInput
    by field (`basis` when the plan promises none), NotFound outside the actor's scope.
    """
    with writing(actor=actor, now=now) as work:
        at = data.delivered_at or work.now
        _check(data, at, work.now)
        request = _request(actor, data.request_id)
        seen = visible_standby(actor, Permission.STANDBY_WRITE)
        standby = one_of(seen.select_for_update(of=("self",)), data.standby_id)
        _require_ready(standby)
        _require_basis(request, data)
        if at < request.reported_at:
            raise InvalidInput({"delivered_at": _("This is before the request was reported.")})
        loan = Loan.objects.create(
            number=document_number(DOCUMENT_KIND, request.unit_id, work.now),
            standby=standby,
            unit_id=request.unit_id,
            customer_id=request.customer_id,
            request=request,
            asset_id=request.asset_id,
            basis=data.basis,
            reason=data.reason.strip(),
            delivered_at=at,
            return_by=data.return_by,
            condition_out=data.condition.strip(),
            lent_at=work.now,
            lent_by=actor.label,
        )
        stored(standby, expected_version=None, changes={"state": StandbyState.LENT.value})
        _begin(loan, request, work)
        return loan


def _request(actor: Actor, request_id: object) -> Any:
    related = ("site", "asset")
    seen = visible_requests(actor).select_related(*related).select_for_update(of=("self",))
    request: Any = one_of(seen, request_id)
    require(actor, Permission.STANDBY_WRITE, request.unit_id)
    if RequestState(request.state) not in OPEN:
        raise IllegalMove(_("This request is closed. Reopen it first."))
    return request


def _is_late(request: Any, predicted_at: datetime) -> bool:
    """Past what was promised for restoring it; without such a promise any repair is."""
    clauses = clauses_promising(request.plan_version_id, *RESTORED)
    due = [
        one.due_at
        for one in obligations_of_subject(request.public_id)
        if one.clause in clauses and one.due_at and one.state != "void"
    ]
    return not due or predicted_at > min(due)


def _require_ready(standby: StandbyUnit) -> None:
    if standby.state == StandbyState.LENT.value:
        loan = standby.loans.select_related("customer").get(state=LoanState.LENT.value)
        said = _("This unit is lent to %(name)s by %(number)s already.")
        raise IllegalMove(said % {"name": loan.customer.name, "number": loan.number})
    if standby.state != StandbyState.READY.value:
        raise IllegalMove(_("This unit cannot be lent: it is damaged, sold or out of use."))


def _require_basis(request: Any, data: LoanData) -> None:
    if data.basis != LoanBasis.PLAN.value:
        if not data.reason.strip():
            said = _("Say why it is lent although the plan does not promise it.")
            raise InvalidInput({"reason": said})
        return
    clauses = clauses_promising(request.plan_version_id, PROMISE)
    promised = (
        one.clause in clauses and one.state != "void"
        for one in obligations_of_subject(request.public_id)
    )
    if not any(promised):
        said = _("The plan promises no standby unit here. Lend it as goodwill or for money.")
        raise InvalidInput({"basis": said})


def _begin(loan: Loan, request: Any, work: Work) -> None:
    actor: Any = work.actor
    attrs = {"return_by": loan.return_by.isoformat()}
    binding = Binding(
        subject_type=SUBJECT,
        subject_id=loan.public_id,
        customer_id=loan.customer_id,
        unit_id=loan.unit_id,
        plan_version_id=request.plan_version_id,
        contract_id=request.contract_id if request.plan_version_id else None,
        zone=request.site.zone if request.site else settings.TIME_ZONE,
    )
    fact = NewFact(DELIVERED, loan.delivered_at, SOURCE, attrs)
    bind_subject(binding, [fact], actor=actor, now=work.now)
    state_facts(request, [StepFact(DELIVERED, loan.delivered_at, attrs)], source=SOURCE, work=work)
    work.audit("standby.lend", loan, after={"number": loan.number, "request": request.number})
    work.emit("standby.lent", loan, {"number": loan.number})


def _check(data: LoanData, at: datetime, now: datetime) -> None:
    problems: dict[str, str] = {}
    if not data.condition.strip() or len(data.condition) > TEXT_LENGTH:
        problems["condition"] = _("Describe its condition, in at most 500 characters.")
    if len(data.reason) > TEXT_LENGTH:
        problems["reason"] = _("Use at most 500 characters.")
    if data.basis not in set(LoanBasis):
        problems["basis"] = _("Choose one of the answers offered.")
    if at > now:
        problems["delivered_at"] = _("This time is in the future. Correct it.")
    if data.return_by <= at:
        problems["return_by"] = _("Give a time after the delivery.")
    if problems:
        raise InvalidInput(problems)
