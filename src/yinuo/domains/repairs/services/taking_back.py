"""Loans of standby units: more time, back again, kept by the customer, billed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.assets.services import AssetData
from yinuo.domains.assets.services.assets import take_over_asset
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.domains.repairs.loan_types import LoanDoing
from yinuo.domains.repairs.models import Loan, RepairOrder
from yinuo.domains.repairs.policies import visible_loans
from yinuo.domains.repairs.services.checking import MOST_AMOUNT
from yinuo.domains.requests.services.recording import state_facts
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.loan_states import LoanAct, LoanState, StandbyState, is_possible
from yinuo.kernel.states import RequestState
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

SOURCE, RETURNED, FITTED = "loan", "standby_returned", "returned"
TEXT_LENGTH = 500
_DEAD = frozenset({RequestState.CANCELLED.value, RequestState.MERGED.value})


def handle_loan(
    *, actor: Actor, loan_id: object, version: int, doing: LoanDoing, now: datetime
) -> Loan:
    """Take one act on a loan and write down the condition, the reason or the charge.

    Raises IllegalMove for what is over already, Conflict when somebody was faster, InvalidInput by
    field, NotFound outside the actor's scope.
    """
    with writing(actor=actor, now=now) as work:
        seen = visible_loans(actor).select_related("standby", "request__site")
        loan = one_of(seen.select_for_update(of=("self", "standby")), loan_id)
        require(actor, Permission.STANDBY_WRITE, loan.unit_id)
        if loan.version != version:
            raise Conflict(details={"yours": version, "present": loan.version})
        if doing.kind not in set(LoanAct):
            raise InvalidInput({"kind": _("Choose one of the answers offered.")})
        is_open = loan.to_bill is not None and loan.billed_at is None
        if not is_possible(LoanAct(doing.kind), LoanState(loan.state), to_bill=is_open):
            raise IllegalMove(details={"state": loan.state, "kind": doing.kind})
        at = doing.done_at or work.now
        _check(loan, doing, at, work.now)
        stored(loan, expected_version=None, changes=_changes(doing, at))
        _follow(loan, doing, at, work)
        work.audit(f"standby.{doing.kind}", loan, after={"state": loan.state}, reason=doing.text)
        work.emit("standby.changed", loan, {"number": loan.number, "kind": doing.kind})
        return loan


def own_device_is_back(order: RepairOrder, at: datetime, work: Work) -> None:
    """The customer's device is fitted again: what was lent for its request is to come back."""
    actor: Any = work.actor
    lent = Loan.objects.filter(request_id=order.request_id, state=LoanState.LENT.value)
    for public_id in lent.order_by("pk").values_list("public_id", flat=True):
        record_facts(public_id, [NewFact(FITTED, at, SOURCE)], actor=actor, now=work.now)


def _changes(doing: LoanDoing, at: datetime) -> dict[str, Any]:
    said = doing.text.strip()
    if doing.kind == LoanAct.PROLONGED:
        return {"return_by": doing.return_by}
    if doing.kind == LoanAct.BILLED:
        return {"billed_at": at, "billed_as": said}
    state = LoanState.RETURNED if doing.kind == LoanAct.RETURNED else LoanState.KEPT
    return {
        "state": state.value,
        "ended_at": at,
        "condition_in": said,
        "is_damaged": doing.is_damaged and state is LoanState.RETURNED,
        "to_bill": doing.amount or None,
    }


def _follow(loan: Loan, doing: LoanDoing, at: datetime, work: Work) -> None:
    """What the act means for the unit and for the promises."""
    actor: Any = work.actor
    if doing.kind == LoanAct.PROLONGED and doing.return_by:
        attrs = {"return_by": doing.return_by.isoformat(), "supersedes": "standby_delivered"}
        fact = NewFact("standby_delivered", loan.delivered_at, SOURCE, attrs)
        record_facts(loan.public_id, [fact], actor=actor, now=work.now)
    if doing.kind not in (LoanAct.RETURNED, LoanAct.KEPT):
        return
    is_back = doing.kind == LoanAct.RETURNED
    fit = StandbyState.DAMAGED if doing.is_damaged else StandbyState.READY
    state = fit if is_back else StandbyState.SOLD
    if not is_back:
        _sell(loan, at, work)
    stored(loan.standby, expected_version=None, changes={"state": state.value})
    fact = NewFact(RETURNED, at, SOURCE, {} if is_back else {"kept": "yes"})
    record_facts(loan.public_id, [fact], actor=actor, now=work.now)
    if is_back and loan.request.state not in _DEAD:
        state_facts(loan.request, [StepFact(RETURNED, at)], source=SOURCE, work=work)


def _sell(loan: Loan, at: datetime, work: Work) -> None:
    """What the customer keeps is his asset from now on, where the request's device stands (SA-08).

    Its price stays with the loan until it is charged.
    """
    site = loan.request.site
    zone = ZoneInfo(site.zone if site else settings.TIME_ZONE)
    unit = loan.standby
    bought_on = at.astimezone(zone).date()
    data = AssetData(unit.name, unit.model, serial=unit.serial, purchased_on=bought_on)
    loan.kept_as = take_over_asset(loan.customer_id, loan.request.site_id, data, work)
    Loan.objects.filter(pk=loan.pk).update(kept_as=loan.kept_as)


def _check(loan: Loan, doing: LoanDoing, at: datetime, now: datetime) -> None:
    problems: dict[str, str] = {}
    if not doing.text.strip() or len(doing.text) > TEXT_LENGTH:
        problems["text"] = _("Write it down, in at most 500 characters.")
    if at > now:
        problems["done_at"] = _("This time is in the future. Correct it.")
    elif at < loan.delivered_at:
        problems["done_at"] = _("This is before the unit was delivered.")
    if doing.amount is not None and not 0 <= doing.amount <= MOST_AMOUNT:
        problems["amount"] = _("Give an amount that is not below zero.")
    is_due = doing.kind == LoanAct.KEPT or doing.is_damaged
    if is_due and doing.kind != LoanAct.PROLONGED and doing.amount is None:
        problems["amount"] = _("Say what the customer pays; 0 for nothing.")
    if doing.kind == LoanAct.PROLONGED and (doing.return_by is None or doing.return_by <= now):
        problems["return_by"] = _("Give a time that is still to come.")
    if problems:
        raise InvalidInput(problems)
