"""Reading what cases and contracts cost: labour, parts and travel, and the margin of contracts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform

from yinuo.domains.billing.charge_models import Charge
from yinuo.domains.billing.charge_selectors import list_charges
from yinuo.domains.billing.charge_types import Borne, ChargeView
from yinuo.domains.billing.cost_types import NOTHING, ContractMargin, Spent
from yinuo.domains.billing.policies import visible_charges
from yinuo.domains.breaches.contract_sums import approved_by_contract
from yinuo.domains.contracts.selectors import get_contract, list_contracts
from yinuo.domains.contracts.types import ContractRow
from yinuo.domains.network.types import Actor
from yinuo.platform.paging import Page
from yinuo.platform.scoped import identity

OURS = (Borne.COVER.value, Borne.GOODWILL.value, Borne.MISDIAGNOSIS.value)
# What we need not have borne: shown and summed on its own.
AVOIDABLE = (Borne.MISDIAGNOSIS.value, Borne.GOODWILL.value)


class OwnCosts(NamedTuple):
    """A page of rows at our cost, and the sums of all of them by reason."""

    page: Page[ChargeView]
    sums: dict[str, Decimal]

    @property
    def total(self) -> Decimal:
        """All reasons together."""
        return sum(self.sums.values(), NOTHING)


def spent_on_case(actor: Actor, request_id: object) -> Spent:
    """What a request came to at our cost, by part of the bill and by reason."""
    rows = visible_charges(actor).filter(request__public_id=identity(request_id))
    return _spent(list(_grouped(rows, "request_id")))


def margin_of_contract(actor: Actor, contract_id: object, today: date) -> ContractMargin:
    """Income and cost of one visible contract until today; NotFound otherwise."""
    return _margins(actor, [get_contract(actor, contract_id)], today)[0]


def list_margins(
    actor: Actor, *, today: date, text: str = "", sort: str = "", cursor: str = "", limit: int = 50
) -> Page[ContractMargin]:
    """Visible contracts with income and cost, in the order of the list of contracts."""
    page = list_contracts(actor, text=text, sort=sort, cursor=cursor, limit=limit)
    return Page(tuple(_margins(actor, page.items, today)), page.next_cursor)


def list_own_costs(
    actor: Actor, *, borne_by: str = "", cursor: str = "", limit: int = 50
) -> OwnCosts:
    """Wrong diagnoses and goodwill, the newest first, with their sums; one of them when named."""
    reasons = (borne_by,) if borne_by in AVOIDABLE else AVOIDABLE
    rows = visible_charges(actor).filter(borne_by__in=reasons)
    found = dict(rows.order_by().values_list("borne_by").annotate(sum=Sum("amount")))
    page = list_charges(actor, reasons=reasons, cursor=cursor, limit=limit)
    return OwnCosts(page, {one: found.get(one, NOTHING) for one in reasons})


def _margins(actor: Actor, contracts: Sequence[ContractRow], today: date) -> list[ContractMargin]:
    """Two queries, however many contracts."""
    ids = [one.id for one in contracts]
    grouped: dict[int, list[_Group]] = {}
    for one in _grouped(visible_charges(actor).filter(contract_id__in=ids), "contract_id"):
        grouped.setdefault(one.key, []).append(one)
    penalties = approved_by_contract(actor, ids)
    return [
        _margin(one, grouped.get(one.id, []), penalties.get(one.id, NOTHING), today)
        for one in contracts
    ]


def _margin(
    contract: ContractRow, groups: list[_Group], penalties: Decimal, today: date
) -> ContractMargin:
    same = [one for one in groups if one.currency == contract.currency]
    charged = (one.amount for one in same if one.borne_by == Borne.CUSTOMER.value)
    return ContractMargin(
        public_id=contract.public_id,
        number=contract.number,
        customer_public_id=contract.customer_public_id,
        customer_name=contract.customer_name,
        starts_on=contract.starts_on,
        currency=contract.currency,
        agreed=_agreed(contract, today),
        charged=sum(charged, NOTHING),
        spent=_spent(same),
        penalties=penalties,
    )


def _agreed(contract: ContractRow, today: date) -> Decimal:
    if contract.total is not None:
        return contract.total
    last = min(today, contract.ends_on) if contract.ends_on else today
    if contract.annual_fee is None or last < contract.starts_on:
        return NOTHING
    first = contract.starts_on
    years = last.year - first.year + ((last.month, last.day) >= (first.month, first.day))
    return contract.annual_fee * max(years, 1)


class _Group(NamedTuple):
    key: int
    borne_by: str
    bill: str
    currency: str
    amount: Decimal


def _grouped(rows: QuerySet[Charge], key: str) -> list[_Group]:
    bill = KeyTextTransform("bill", "line")
    names = (key, "borne_by", "bill", "currency")
    found = rows.order_by().annotate(bill=bill).values_list(*names).annotate(sum=Sum("amount"))
    return [_Group(*one) for one in found]


def _spent(groups: Sequence[_Group]) -> Spent:
    by_bill: dict[str, Decimal] = {}
    by_reason: dict[str, Decimal] = {}
    for one in groups:
        if one.borne_by in OURS:
            by_bill[one.bill] = by_bill.get(one.bill, NOTHING) + one.amount
            by_reason[one.borne_by] = by_reason.get(one.borne_by, NOTHING) + one.amount
    return Spent(by_bill, by_reason)
