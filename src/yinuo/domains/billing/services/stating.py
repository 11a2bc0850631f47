"""Statements: the charges of a period that stand on no other one, netted."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yinuo.domains.billing.charge_models import Charge, Statement, StatementLine
from yinuo.domains.billing.charge_types import Borne
from yinuo.domains.billing.policies import open_charges
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.journal.work import writing
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
    """Put a customer's charges of a period, of one contract when named, on a statement.

    Both days are within. What a correction took back is netted; a charge stands on one statement
    only, so a correction of what was stated comes on the next. Raises InvalidInput for a period
    that ends before it starts or is not over, and when there is nothing to state.
    """
    with writing(actor=actor, now=now) as work:
        customers = visible_customers(actor, Permission.CHARGE_WRITE).select_related("unit")
        # The lock keeps two people from stating the same charges.
        customer = one_of(customers.select_for_update(of=("self",)), customer_id)
        contract = one_of(visible_contracts(actor), contract_id) if contract_id else None
        if contract is not None and contract.customer_id != customer.pk:
            raise NotFound
        _check(starts_on, ends_on, now)
        charges = _owed(actor, starts_on, ends_on).filter(customer=customer)
        if contract is not None:
            charges = charges.filter(contract=contract)
        rows = list(charges.order_by("id"))
        statement = Statement.objects.create(
            number=next_number(_series(customer.unit.code, now)),
            unit_id=customer.unit_id,
            customer=customer,
            contract=contract,
            starts_on=starts_on,
            ends_on=ends_on,
            total=sum((row.amount for row in rows), Decimal("0.00")),
            currency=_one_currency(rows),
            issued_at=now,
            issued_by=actor.label,
        )
        work.add(*(StatementLine(statement=statement, charge=row) for row in rows))
        after = {"number": statement.number, "total": str(statement.total), "rows": len(rows)}
        work.audit("statement.issue", statement, after=after)
        work.emit("statement.issued", statement, {"number": statement.number})
        return statement


def _owed(actor: Actor, starts_on: date, ends_on: date) -> QuerySet[Charge]:
    """Open charges of the period that customers bear, and corrections of earlier ones."""
    within = Q(occurred_on__range=(starts_on, ends_on))
    belated = Q(corrects__isnull=False, occurred_on__lt=starts_on)
    charges = open_charges(actor, Permission.CHARGE_WRITE).filter(within | belated)
    return charges.filter(borne_by=Borne.CUSTOMER.value)


def _check(starts_on: date, ends_on: date, now: datetime) -> None:
    problems = {}
    if ends_on < starts_on:
        problems["ends_on"] = _("The period ends on or after its first day.")
    elif ends_on > now.astimezone(ZoneInfo(settings.TIME_ZONE)).date():
        problems["ends_on"] = _("This day is still to come.")
    if problems:
        raise InvalidInput(problems)


def _one_currency(rows: list[Charge]) -> str:
    currencies = {row.currency for row in rows}
    if not currencies:
        raise InvalidInput({"ends_on": _("There is nothing to state in this period.")})
    if len(currencies) > 1:
        raise InvalidInput({"contract_id": _("Charges in several currencies: choose a contract.")})
    return currencies.pop()


def _series(unit_code: str, now: datetime) -> str:
    """`ZD-SZ-202610`: kind, unit, year and month of the company's local time."""
    return f"{DOCUMENT_KIND}-{unit_code}-{now.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y%m}"
