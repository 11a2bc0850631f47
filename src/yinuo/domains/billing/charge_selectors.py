"""Reading the ledger of charges and statements; limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import Q, QuerySet

from yinuo.domains.billing.charge_models import Charge, Statement, StatementLine
from yinuo.domains.billing.charge_types import (
    Borne,
    ChargeView,
    CostOfCase,
    Entry,
    StatementRow,
    StatementView,
)
from yinuo.domains.billing.goodwill import goodwill_of_case
from yinuo.domains.billing.keeping import item_of, line_of
from yinuo.domains.billing.policies import (
    charges_on,
    open_charges,
    visible_charges,
    visible_statements,
)
from yinuo.domains.breaches.stated_lines import lines_of_statement
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.platform.database.fence import beyond_fence
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

_NOTHING = Decimal("0.00")
_NAMES = ("request", "work_order", "corrects", "price_list")


def cost_of_case(actor: Actor, request_id: object) -> CostOfCase:
    """The ledger of a request in the order it was written, and its sums by who bears them.

    NotFound for a request that the actor does not see, whatever he sees of the ledger.
    """
    requests = visible_requests(actor).select_related("contract", "site")
    request = one_of(requests, request_id)
    given = goodwill_of_case(request)
    rows = visible_charges(actor).filter(request_id=request.pk)
    charges = tuple(_views(rows.order_by("id")))
    sums = dict.fromkeys(Borne, _NOTHING)
    for one in charges:
        sums[Borne(one.borne_by)] += one.amount
    return CostOfCase(
        charges=charges,
        customer=sums[Borne.CUSTOMER],
        cover=sums[Borne.COVER],
        goodwill=sums[Borne.GOODWILL],
        misdiagnosis=sums[Borne.MISDIAGNOSIS],
        currency=charges[0].currency if charges else "CNY",
        goodwill_limit=given.limit if given else None,
        goodwill_left=given.left if given else None,
    )


def list_charges(
    actor: Actor,
    *,
    customer_id: object = None,
    contract_id: object = None,
    request_id: object = None,
    reasons: Sequence[str] = (),
    only_open: bool = False,
    cursor: str = "",
    limit: int = 50,
) -> Page[ChargeView]:
    """Rows of the ledger, newest first; of a customer, contract or request (public ids), by who
    bears them (`reasons`: words of `Borne`), those on no statement yet, when asked for."""
    rows = open_charges(actor) if only_open else visible_charges(actor)
    named = {"customer": customer_id, "contract": contract_id, "request": request_id}
    for name, public_id in named.items():
        if public_id is not None:
            rows = rows.filter(**{f"{name}__public_id": identity(public_id)})
    if reasons:
        rows = rows.filter(borne_by__in=reasons)
    page = page_of(rows.select_related(*_NAMES), order=("-id",), cursor=cursor, limit=limit)
    return Page(tuple(_with_words(page.items)), page.next_cursor)


def get_charge(actor: Actor, charge_id: object) -> ChargeView:
    """One row of the ledger; NotFound otherwise."""
    row = one_of(visible_charges(actor), charge_id)
    return _views(visible_charges(actor).filter(pk=row.pk))[0]


def list_open_charges(actor: Actor, *, customer_id: object) -> list[ChargeView]:
    """What a customer owes and no statement says yet, the oldest first."""
    rows = open_charges(actor).filter(
        customer__public_id=identity(customer_id), borne_by=Borne.CUSTOMER.value
    )
    return _views(rows.order_by("occurred_on", "id"))


def list_statements(
    actor: Actor, *, customer_id: object = None, text: str = "", cursor: str = "", limit: int = 50
) -> Page[StatementRow]:
    """Visible statements, newest first; by number or customer, of one customer when given."""
    rows = visible_statements(actor).select_related("customer", "contract", "unit")
    if customer_id is not None:
        rows = rows.filter(customer__public_id=identity(customer_id))
    if word := text.strip():
        rows = rows.filter(Q(number__icontains=word) | Q(customer__name__icontains=word))
    return page_of(rows, order=("-id",), cursor=cursor, limit=limit).map(_statement_row)


def get_statement(actor: Actor, statement_id: object) -> StatementView:
    """One visible statement with its charges and penalties; NotFound otherwise."""
    related = visible_statements(actor).select_related("customer", "contract", "unit")
    statement = one_of(related, statement_id)
    # Who may read the statement reads all of it: its lines add up to its total.
    with beyond_fence():
        charges = _views(charges_on(statement).order_by("occurred_on", "id"))
    penalties = tuple(lines_of_statement(statement.public_id))
    return StatementView(_statement_row(statement), tuple(charges), penalties)


def _views(rows: QuerySet[Charge]) -> list[ChargeView]:
    return _with_words(list(rows.select_related(*_NAMES)))


def _with_words(found: Sequence[Charge]) -> list[ChargeView]:
    """The rows with what later rows and statements say about them."""
    keys = [row.pk for row in found]
    reversed_ = set(
        Charge.objects.filter(corrects_id__in=keys, entry=Entry.REVERSAL.value).values_list(
            "corrects_id", flat=True
        )
    )
    numbers = _numbers(keys)
    return [_view(row, row.pk in reversed_, numbers) for row in found]


def _numbers(keys: Sequence[int]) -> dict[int, str]:
    """The number of the statement on which each charge stands."""
    lines: Iterable[tuple[int, str]] = StatementLine.objects.filter(charge_id__in=keys).values_list(
        "charge_id", "statement__number"
    )
    return dict(lines)


def _view(row: Charge, is_reversed: bool, numbers: dict[int, str]) -> ChargeView:
    return ChargeView(
        public_id=row.public_id,
        entry=row.entry,
        borne_by=row.borne_by,
        request_public_id=row.request.public_id,
        request_number=row.request.number,
        work_order_number=row.work_order.number if row.work_order else "",
        occurred_on=row.occurred_on,
        item=item_of(row.item) if row.item else item_of({"code": row.line["code"]}),
        line=line_of(row.line),
        amount=row.amount,
        split=row.split,
        currency=row.currency,
        cover=row.cover,
        reason=row.reason,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        corrects=row.corrects.public_id if row.corrects else None,
        is_reversed=is_reversed,
        statement_number=numbers.get(row.pk, ""),
        price_list_public_id=row.price_list.public_id,
    )


def _statement_row(row: Statement) -> StatementRow:
    return StatementRow(
        public_id=row.public_id,
        number=row.number,
        customer_public_id=row.customer.public_id,
        customer_name=row.customer.name,
        contract_number=row.contract.number if row.contract else "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        total=row.total,
        currency=row.currency,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
    )
