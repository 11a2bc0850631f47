"""Agreements among today's promises: those that fall due soon or were missed (MS-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from yinuo.domains.contracts.life import agreement_state
from yinuo.domains.contracts.models import Agreement
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.network.types import Actor

# How many days before its due day an agreement stands among today's promises.
DAYS_AHEAD = 7
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class DueAgreement:
    """An open agreement with a due day; `state` is running or missed, the due day in time."""

    public_id: UUID
    contract_public_id: UUID
    contract_number: str
    customer_name: str
    text: str
    due_on: date
    responsible: str
    state: str


@dataclass(frozen=True, slots=True)
class OfWhom:
    """Which agreements to read: of one customer or contract (internal ids), of one's own charge
    (a person's internal id)."""

    customer_id: int | None = None
    contract_id: int | None = None
    responsible_id: int | None = None


def due_agreements(actor: Actor, today: date, of: OfWhom) -> tuple[DueAgreement, ...]:
    """Open agreements of visible contracts missed or due within a week, the earliest first."""
    rows = _open_ones(actor, of).filter(due_on__lte=today + timedelta(days=DAYS_AHEAD))
    found = rows.select_related("contract__customer", "responsible").order_by("due_on", "id")
    return tuple(_view(one, today) for one in found[:MOST_SHOWN])


def _open_ones(actor: Actor, of: OfWhom) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(
        contract__in=visible_contracts(actor), kept_on=None, withdrawn_on=None
    )
    if of.customer_id is not None:
        rows = rows.filter(contract__customer_id=of.customer_id)
    if of.contract_id is not None:
        rows = rows.filter(contract_id=of.contract_id)
    return rows if of.responsible_id is None else rows.filter(responsible_id=of.responsible_id)


def _view(one: Agreement, today: date) -> DueAgreement:
    assert one.due_on is not None
    return DueAgreement(
        public_id=one.public_id,
        contract_public_id=one.contract.public_id,
        contract_number=one.contract.number,
        customer_name=one.contract.customer.name,
        text=one.text,
        due_on=one.due_on,
        responsible=one.responsible.name if one.responsible else "",
        state=agreement_state(one, today),
    )
