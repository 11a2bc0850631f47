"""Statements: the charges of a period and our penalties that stand on no other one, netted."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from yinuo.domains.billing.charge_models import Charge, Statement, StatementLine
from yinuo.domains.billing.charge_types import Borne
from yinuo.domains.billing.policies import open_charges
from yinuo.domains.breaches.selectors import entries_to_state
from yinuo.domains.breaches.services.stating import mark_stated
from yinuo.domains.breaches.stated_lines import together
from yinuo.domains.breaches.types import EntryView
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services.joining import mark_settled
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.scoped import one_of
from yinuo.platform.sequences import next_number

DOCUMENT_KIND = "ZD"


def issue_statement(
    *,
    actor: Actor,
    customer_id: object,
    contract_id: object,
    starts_on: date,
    ends_on: date,
    now: datetime,
) -> Statement:
    """Put a customer's charges of a period, of one contract when named, on a statement, and net
    the penalties we owe him.

    Both days are within. What a correction took back is netted; a charge or an entry of the breach
    ledger stands on one statement only, so what is corrected after it was stated comes on the next,
    and so does what is entered after its period was.
    Penalties are those approved, not disputed and incurred until the last day. Raises InvalidInput
    for a period that ends before it starts or is not over, and when there is nothing to state.
    """
    with writing(actor=actor, now=now) as work:
        customers = visible_customers(actor, Permission.CHARGE_WRITE).select_related("unit")
        # The lock keeps two people from stating the same charges.
        customer = one_of(customers.select_for_update(of=("self",)), customer_id)
        contract = one_of(visible_contracts(actor), contract_id) if contract_id else None
        if contract is not None and contract.customer_id != customer.pk:
            raise NotFound
        _check(starts_on, ends_on, now)
        owed = _owed(actor, customer, contract, starts_on, ends_on)
        statement = Statement.objects.create(
            number=next_number(_series(customer.unit.code, now)),
            unit_id=customer.unit_id,
            customer=customer,
            contract=contract,
            starts_on=starts_on,
            ends_on=ends_on,
            total=owed.total,
            currency=owed.currency,
            issued_at=now,
            issued_by=actor.label,
        )
        work.add(*(StatementLine(statement=statement, charge=row) for row in owed.charges))
        _mark(owed.penalties, statement, work)
        work.audit("statement.issue", statement, after={"number": statement.number, **owed.shown()})
        work.emit("statement.issued", statement, {"number": statement.number})
        return statement


class _Owed(NamedTuple):
    """What comes on a statement: what the customer owes us, and what we owe him."""

    charges: list[Charge]
    penalties: list[EntryView]

    @property
    def total(self) -> Decimal:
        """What is left for the customer to pay; below zero we owe him."""
        owed = sum((row.amount for row in self.charges), Decimal("0.00"))
        return owed - sum(one.amount for one in self.penalties)

    @property
    def currency(self) -> str:
        """Their one currency; InvalidInput when there is none or several."""
        currencies: set[str] = {row.currency for row in self.charges}
        # What cancels out alone makes no statement; it goes along with the next.
        currencies |= {one.currency for one in together(self.penalties)}
        if not currencies:
            raise InvalidInput({"ends_on": _("There is nothing to state in this period.")})
        if len(currencies) > 1:
            several = _("Charges in several currencies: choose a contract.")
            raise InvalidInput({"contract_id": several})
        return currencies.pop()

    def shown(self) -> dict[str, Any]:
        """For the audit."""
        rows = {"rows": len(self.charges), "penalties": len(self.penalties)}
        return {"total": str(self.total), **rows}


def _owed(actor: Actor, customer: Any, contract: Any, starts_on: date, ends_on: date) -> _Owed:
    """What comes on it: open charges of the period that the customer bears, earlier ones corrected
    or entered after their own period was stated, open penalties until its end."""
    within = Q(occurred_on__range=(starts_on, ends_on))
    earlier = Q(occurred_on__lt=starts_on)
    belated = earlier & (Q(corrects__isnull=False) | Exists(_stated_periods(customer)))
    charges = open_charges(actor, Permission.CHARGE_WRITE).filter(within | belated)
    charges = charges.filter(borne_by=Borne.CUSTOMER.value, customer=customer)
    if contract is not None:
        charges = charges.filter(contract=contract)
    penalties = entries_to_state(
        actor,
        customer_id=customer.pk,
        contract_id=contract.pk if contract is not None else None,
        until=ends_on,
        zone=ZoneInfo(settings.TIME_ZONE),
    )
    return _Owed(list(charges.order_by("id")), penalties)


def _mark(penalties: list[EntryView], statement: Statement, work: Work) -> None:
    """Put the penalties on the statement; what is settled leaves the exposure."""
    number = statement.number
    mark_stated(penalties, statement_id=statement.public_id, statement_number=number, work=work)
    mark_settled(one.contract_id for one in penalties)


def _stated_periods(customer: Any) -> QuerySet[Statement]:
    """Statements on which a charge belonged, had it been entered in time."""
    return Statement.objects.filter(
        Q(contract=None) | Q(contract=OuterRef("contract")),
        customer=customer,
        starts_on__lte=OuterRef("occurred_on"),
        ends_on__gte=OuterRef("occurred_on"),
    )


def _check(starts_on: date, ends_on: date, now: datetime) -> None:
    problems = {}
    if ends_on < starts_on:
        problems["ends_on"] = _("The period ends on or after its first day.")
    elif ends_on > now.astimezone(ZoneInfo(settings.TIME_ZONE)).date():
        problems["ends_on"] = _("This day is still to come.")
    if problems:
        raise InvalidInput(problems)


def _series(unit_code: str, now: datetime) -> str:
    """`ZD-SZ-202610`: kind, unit, year and month of the company's local time."""
    return f"{DOCUMENT_KIND}-{unit_code}-{now.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y%m}"
