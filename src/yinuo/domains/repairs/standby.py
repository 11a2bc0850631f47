"""Reading standby units and loans; every function is limited to what the actor may see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from yinuo.domains.contracts.plans import clauses_promising
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import obligations_of_subject
from yinuo.domains.repairs.loan_types import LoanRow, StandbyOfRequest, StandbyRow
from yinuo.domains.repairs.models import Loan
from yinuo.domains.repairs.policies import visible_loans, visible_standby
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.loan_states import LoanAct, LoanState, StandbyState, is_possible
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of

PROMISE = "standby"
MOST_BESIDE, MOST_CHOICES = 20, 200
_PLACES = ("standby", "customer", "request", "asset", "kept_as")
_LENT = LoanState.LENT.value


def list_standby(
    actor: Actor,
    *,
    now: datetime,
    state: str = "",
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[StandbyRow]:
    """Visible standby units, the newest first, by part of name, model or serial.

    `state`: a state's code, or `overdue` for those that should be back.
    """
    rows = visible_standby(actor).select_related("unit").prefetch_related(_lent(actor))
    if state == "overdue":
        rows = rows.filter(loans__state=_LENT, loans__return_by__lt=now)
    elif state:
        rows = rows.filter(state=state)
    if word := text.strip():
        rows = rows.filter(
            Q(name__icontains=word) | Q(model__icontains=word) | Q(serial__icontains=word)
        )
    page = page_of(rows, order=("-id",), cursor=cursor, limit=limit)
    return page.map(lambda one: _unit_row(actor, one, now))


def get_standby(actor: Actor, standby_id: object, now: datetime) -> StandbyRow:
    """One visible standby unit; NotFound otherwise."""
    rows = visible_standby(actor).select_related("unit").prefetch_related(_lent(actor))
    return _unit_row(actor, one_of(rows, standby_id), now)


def loans_of_standby(actor: Actor, standby_id: object, now: datetime) -> list[LoanRow]:
    """The loans of a visible standby unit, the newest first."""
    unit = one_of(visible_standby(actor), standby_id)
    rows = visible_loans(actor).filter(standby=unit).select_related(*_PLACES).order_by("-id")
    return [loan_row(actor, one, now) for one in rows[:MOST_BESIDE]]


def list_loans(
    actor: Actor, *, now: datetime, state: str = "", cursor: str = "", limit: int = 50
) -> Page[LoanRow]:
    """Visible loans, the newest first; `state` a state's code, `overdue` or `to_bill`."""
    rows = visible_loans(actor).select_related(*_PLACES)
    if state == "overdue":
        rows = rows.filter(state=_LENT, return_by__lt=now)
    elif state == "to_bill":
        rows = rows.filter(to_bill__isnull=False, billed_at__isnull=True)
    elif state:
        rows = rows.filter(state=state)
    page = page_of(rows, order=("-id",), cursor=cursor, limit=limit)
    return page.map(lambda one: loan_row(actor, one, now))


def get_loan(actor: Actor, loan_id: object, now: datetime) -> LoanRow:
    """One visible loan; NotFound otherwise."""
    return loan_row(actor, one_of(visible_loans(actor).select_related(*_PLACES), loan_id), now)


def ready_units(actor: Actor, model: str = "") -> list[StandbyRow]:
    """Standby units that can be lent, those of the model wanted first."""
    rows = visible_standby(actor, Permission.STANDBY_WRITE).select_related("unit")
    found = list(rows.filter(state=StandbyState.READY.value).order_by("model", "id")[:MOST_CHOICES])
    found.sort(key=lambda one: one.model != model)
    return [_row(one, None) for one in found]


def standby_of_request(actor: Actor, request_id: object, now: datetime) -> StandbyOfRequest:
    """What the plan says of a standby unit for a visible request, and what was lent for it."""
    request: Any = one_of(visible_requests(actor), request_id)
    clauses = clauses_promising(request.plan_version_id, PROMISE)
    promised = [
        one
        for one in obligations_of_subject(request.public_id)
        if one.clause in clauses and one.state != "void"
    ]
    loans: list[LoanRow] = []
    if actor.may(Permission.STANDBY_READ):
        rows = visible_loans(actor).filter(request_id=request.pk).select_related(*_PLACES)
        loans = [loan_row(actor, one, now) for one in rows.order_by("-id")[:MOST_BESIDE]]
    may = actor.may(Permission.STANDBY_WRITE) and RequestState(request.state) in OPEN
    return StandbyOfRequest(
        has_clause=bool(clauses),
        is_promised=bool(promised),
        due_at=promised[0].due_at if promised else None,
        loans=tuple(loans),
        may_lend=may,
        may_ask=may and bool(clauses) and not promised,
    )


def loan_row(actor: Actor, one: Any, now: datetime) -> LoanRow:
    """A loan the caller has checked, with what this actor may do with it."""
    acts: frozenset[str] = frozenset()
    if actor.may(Permission.STANDBY_WRITE, one.unit_id):
        is_open = one.to_bill is not None and one.billed_at is None
        state = LoanState(one.state)
        acts = frozenset(act.value for act in LoanAct if is_possible(act, state, to_bill=is_open))
    return LoanRow(
        public_id=one.public_id,
        version=one.version,
        number=one.number,
        state=one.state,
        basis=one.basis,
        reason=one.reason,
        standby_public_id=one.standby.public_id,
        name=one.standby.name,
        model=one.standby.model,
        serial=one.standby.serial,
        unit_id=one.unit_id,
        customer_public_id=one.customer.public_id,
        customer_name=one.customer.name,
        request_public_id=one.request.public_id,
        request_number=one.request.number,
        asset_name=one.asset.name if one.asset else "",
        is_other_model=one.asset is not None and one.asset.model != one.standby.model,
        delivered_at=one.delivered_at,
        return_by=one.return_by,
        is_overdue=one.state == _LENT and one.return_by < now,
        condition_out=one.condition_out,
        lent_by=one.lent_by,
        ended_at=one.ended_at,
        condition_in=one.condition_in,
        is_damaged=one.is_damaged,
        to_bill=one.to_bill,
        billed_at=one.billed_at,
        billed_as=one.billed_as,
        kept_as=one.kept_as.public_id if one.kept_as else None,
        acts=acts,
    )


def _lent(actor: Actor) -> Prefetch[str, QuerySet[Loan], str]:
    rows = visible_loans(actor).filter(state=_LENT).select_related(*_PLACES)
    return Prefetch("loans", queryset=rows, to_attr="out_on")


def _unit_row(actor: Actor, one: Any, now: datetime) -> StandbyRow:
    return _row(one, loan_row(actor, one.out_on[0], now) if one.out_on else None)


def _row(one: Any, loan: LoanRow | None) -> StandbyRow:
    return StandbyRow(
        public_id=one.public_id,
        version=one.version,
        name=one.name,
        model=one.model,
        serial=one.serial,
        place=one.place,
        worth=one.worth,
        state=one.state,
        unit_id=one.unit_id,
        unit_name=one.unit.name,
        loan=loan,
    )
