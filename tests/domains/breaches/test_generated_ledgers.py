"""Ledger, kernel, statements and exports agree to the fen, over generated contracts.

200 contracts by default; YINUO_LEDGERS=10000 for the long run. The first ones live case by case,
the others a batch at a time.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import connection
from tests.domains.breaches.generated_contracts import (
    LATER,
    ZONE,
    contracts_of,
    fresh,
    live_one_by_one,
    live_together,
    plans,
    stored,
)
from tests.factories import make_company, make_customer, make_member
from tests.factories.documents import rows_of_xlsx

from yinuo.domains.billing.charge_selectors import get_statement
from yinuo.domains.billing.paper_forms import PaperForm, statement_paper
from yinuo.domains.billing.services import issue_statement
from yinuo.domains.breaches.leg_sums import sum_legs
from yinuo.domains.breaches.models import Breach, Entry
from yinuo.domains.breaches.selectors import Narrowed, list_breaches, sum_breaches
from yinuo.domains.breaches.services import approve_breach
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.ledger_checking import wrong_ledger
from yinuo.platform.journal.work import writing
from yinuo.platform.spreadsheets import write_xlsx
from yinuo.surfaces.api.shapes import breaches as breach_shapes
from yinuo.surfaces.api.shapes import charges as charge_shapes
from yinuo.surfaces.console.breach_columns import BREACHES

CONTRACTS = int(os.environ.get("YINUO_LEDGERS", "200"))
ONE_BY_ONE, OF_A_CUSTOMER = 40, 40
YEAR = date(2026, 1, 1), date(2026, 9, 1)
NOTHING = Decimal(0)
GROWING = (
    *("breaches_breach", "breaches_entry", "breaches_approval", "breaches_stated"),
    *("obligations_subject", "obligations_fact", "obligations_obligation"),
)


@pytest.mark.req("B-08", "R41")
def test_ledger_kernel_statements_and_exports_agree_to_the_fen(db: None) -> None:
    chance = random.Random(20261122)
    company = make_company()
    unit = company.headquarters
    roles = ["service_manager", "service_consultant"]
    member = make_member(company.administrator, unit, roles)
    versions = plans(company.administrator, chance)
    stated = NOTHING
    for begin in range(0, CONTRACTS, OF_A_CUSTOMER):
        customer = make_customer(member, unit)
        count = min(OF_A_CUSTOMER, CONTRACTS - begin)
        lived = contracts_of(customer, versions, count, chance)
        _count_rows_anew(begin // OF_A_CUSTOMER)
        (live_one_by_one if begin < ONE_BY_ONE else live_together)(lived)
        assert stored(lived) == fresh(lived), f"contracts from {begin} on"
        stated += _agree_on_the_statement(member.actor, customer)
    ledger = sum(Entry.objects.values_list("amount", flat=True), NOTHING)
    assert stated == ledger
    _agree_with_exports(member.actor, ledger)
    assert wrong_ledger(now=LATER) == []


def _count_rows_anew(batch: int) -> None:
    """As the database does by itself now and then: not while a test holds its transaction."""
    if batch & (batch - 1) == 0:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(GROWING)}")


def _agree_on_the_statement(actor: Actor, customer: Any) -> Decimal:
    """A customer's ledger on one statement: its page, REST form and workbook; gives its sum."""
    with writing(actor=actor, now=LATER):
        for one in Breach.objects.filter(customer=customer, entered__gt=0).order_by("id"):
            approve_breach(actor=actor, breach_id=one.public_id, version=one.version, now=LATER)
    ledger = _by_contract(customer)
    made = issue_statement(
        actor=actor,
        customer_id=customer.public_id,
        contract_id=None,
        starts_on=YEAR[0],
        ends_on=YEAR[1],
        now=LATER,
    )
    statement = get_statement(actor, made.public_id)
    total = sum(ledger.values(), NOTHING)
    assert statement.penalised == total == -statement.row.total
    shape = charge_shapes.statement(statement)
    assert sum(Decimal(one["amount"]) for one in shape["penalties"]) == total
    *lines, last = rows_of_xlsx(statement_paper(statement, PaperForm.XLSX, "zh").content)
    assert sum(Decimal(str(row[7])) for row in lines) == Decimal(str(last[7])) == -total
    narrowed = Narrowed(customer_id=customer.public_id)
    (page,) = sum_breaches(actor, narrowed)
    assert (page.amount, page.stated, page.open) == (total, total, NOTHING)
    assert breach_shapes.ledger_sum(page)["amount"] == f"{total:.2f}"
    shown: dict[object, Decimal] = defaultdict(Decimal)
    for row in _all_rows(actor, narrowed):
        shown[row.contract_public_id] += row.amount
    assert {key: value for key, value in shown.items() if value} == ledger
    return total


def _by_contract(customer: Any) -> dict[object, Decimal]:
    sums: dict[object, Decimal] = defaultdict(Decimal)
    rows = Entry.objects.filter(breach__customer=customer)
    for contract, amount in rows.values_list("breach__contract__public_id", "amount"):
        sums[contract] += amount
    return {key: value for key, value in sums.items() if value}


def _all_rows(actor: Actor, narrowed: Narrowed) -> list[Any]:
    rows: list[Any] = []
    cursor = ""
    while True:
        page = list_breaches(actor, narrowed, cursor=cursor, limit=200)
        rows += page.items
        cursor = page.next_cursor
        if not cursor:
            return rows


def _agree_with_exports(actor: Actor, ledger: Decimal) -> None:
    """The workbook of the whole ledger, its sums and those by leg."""
    assert ledger == sum(Breach.objects.values_list("amount", flat=True), NOTHING)
    assert sum(one.amount for one in sum_breaches(actor, Narrowed())) == ledger
    rows = [[column.value(row) for column in BREACHES] for row in _all_rows(actor, Narrowed())]
    assert len(rows) == Breach.objects.count()
    heads = [str(one.head) for one in BREACHES]
    content = write_xlsx("x", heads, rows, ZoneInfo(ZONE))
    sheet = openpyxl.load_workbook(BytesIO(content), read_only=True).active
    place = heads.index(str(BREACHES[-2].head))
    exported = sum(
        (Decimal(str(row[place])) for row in sheet.iter_rows(min_row=2, values_only=True)), NOTHING
    )
    assert exported == ledger
    assert sum(one.amount for one in sum_legs(actor, Narrowed(), LATER)) == ledger
