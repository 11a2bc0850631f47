"""Ledger, kernel and export agree to the fen, over generated contracts and what happened to them.

200 contracts by default; YINUO_LEDGERS=10000 for the long run.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from tests.factories import make_company, make_customer, make_member, publish

from yinuo.domains.breaches.leg_sums import sum_legs
from yinuo.domains.breaches.models import Breach, Entry
from yinuo.domains.breaches.selectors import Narrowed, list_breaches, sum_breaches
from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.terms import contract_fact, get_terms
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.computing import stored_facts
from yinuo.domains.obligations.ledger_checking import wrong_ledger
from yinuo.domains.obligations.services import bind_subject, record_facts
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.kernel.facts import Fact
from yinuo.platform.identifiers import new_public_id
from yinuo.platform.spreadsheets import write_xlsx
from yinuo.surfaces.console.breach_columns import BREACHES

CONTRACTS = int(os.environ.get("YINUO_LEDGERS", "200"))
ZONE = "Asia/Shanghai"
BEGAN, NOW = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)
REMEDIES = (
    "{penalty: {percent: 1 %, of: contract.total, per: breach}}",
    "{penalty: {percent: 1 %, of: contract.total, per_started: 1 day}, cap: {amount: 4000}}",
    "{penalty: {amount: 33.33, per_started: 1 hour, pro_rata: yes}}",
    "{penalty: {amount: 700, per: breach}, cap: {amount: 1500, over: contract}}",
    "{penalty: {percent: 0.7 %, of: contract.total, per: breach},"
    " cap: {percent: 1 %, of: contract.total, over: month}}",
    "{penalty: {amount: 250, per_started: 1 day}, grace: 90 minutes, at_least: {amount: 400}}",
    "{penalty: {amount: 90, per: breach}, from_breach: 2}",
    "{bonus: {amount: 15, per: breach}}",
    "{extend: {of: contract, by: 3 days}}",
)
PLAN = """
plan: generated_{number}
title: {{zh: 试验, en: Trial}}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - {{id: respond, title: {{zh: 响应, en: Response}}, promise: respond, start: reported,
     end: responded, limit: 4 hours, remedies: [{first}]}}
  - {{id: restore, title: {{zh: 恢复, en: Restoration}}, promise: restore, start: reported,
     end: restored, limit: 1 day, remedies: [{second}, {third}]}}
"""


def plans(administrator, chance: random.Random) -> list[int]:
    """Plan versions of several remedies each."""
    found = []
    for number in range(8):
        first, second, third = chance.sample(REMEDIES, 3)
        source = PLAN.format(number=number, first=first, second=second, third=third)
        found.append(publish(administrator, source).pk)
    return found


def facts_of(chance: random.Random) -> list[NewFact]:
    """A case reported at some time, mostly answered and restored, often late."""
    at = BEGAN + timedelta(minutes=chance.randrange(200_000))
    facts = [NewFact("reported", at, "test")]
    for kind, most in (("responded", 500), ("restored", 5_000)):
        if chance.random() < 0.85:
            after = timedelta(minutes=chance.randrange(most), seconds=chance.randrange(60))
            facts.append(NewFact(kind, at + after, "test"))
    return facts


def live(contract: Contract, unit_id: int, chance: random.Random) -> list[Binding]:
    """One to three cases; some hear of an earlier answer afterwards, one after the other."""
    cases = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        subject_id = new_public_id()
        binding = Binding(
            "request",
            subject_id,
            contract.customer_id,
            unit_id,
            contract.plan_version_id,
            contract.pk,
            ZONE,
        )
        facts = facts_of(chance)
        bind_subject(binding, facts, actor=SYSTEM, now=NOW)
        if chance.random() < 0.3:
            kind = chance.choice(("responded", "restored"))
            earlier = facts[0].occurred_at + timedelta(minutes=chance.randrange(300))
            late = [NewFact(kind, earlier, "test")]
            record_facts(subject_id, late, actor=SYSTEM, now=NOW + timedelta(hours=1))
        cases.append(binding)
    return cases


def fresh(contract: Contract, cases: list[Binding]) -> dict[tuple[str, str, int], Decimal]:
    """What the kernel says of all cases in one world: money by case, clause and number."""
    world = [contract_fact(get_terms(contract.pk), ZONE)]
    for case in cases:
        world += [
            Fact(case.subject, row.kind, row.occurred_at, row.received_at, row.attrs, str(row.pk))
            for row in stored_facts(case)
        ]
    last = NOW + timedelta(hours=1)
    evaluation = compiled_plan(contract.plan_version_id).evaluate(world, last)
    sums: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    for line in evaluation.remedies:
        if line.amount is not None:
            sign = -1 if line.paid_by == "customer" else 1
            sums[line.subject, line.clause_id, line.number] += sign * line.amount
    return {key: amount for key, amount in sums.items() if amount}


def stored(contract: Contract) -> dict[tuple[str, str, int], Decimal]:
    """What stands in the ledger, entry by entry."""
    sums: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    rows = Entry.objects.filter(breach__contract=contract).select_related("breach")
    for row in rows:
        breach = row.breach
        sums[f"request:{breach.subject_id}", breach.clause, breach.position] += row.amount
    return {key: amount for key, amount in sums.items() if amount}


@pytest.mark.req("B-08", "R41")
def test_ledger_kernel_and_export_agree_to_the_fen(db: None) -> None:
    chance = random.Random(20261122)
    company = make_company()
    unit = company.headquarters
    member = make_member(company.administrator, unit, ["service_manager", "service_consultant"])
    customer = make_customer(member, unit)
    versions = plans(company.administrator, chance)
    for number in range(CONTRACTS):
        contract = Contract.objects.create(
            number=f"G-{number}",
            customer=customer,
            plan_version_id=chance.choice(versions),
            starts_on=date(2026, 1, 1),
            ends_on=date(2027, 1, 1),
            total=Decimal(chance.randrange(1_000_000, 100_000_000)) / 100,
        )
        cases = live(contract, unit.pk, chance)
        # Those computed at NOW grow by the hour until the contract's last fact is known.
        for case in cases:
            record_facts(case.subject_id, [], actor=SYSTEM, now=NOW + timedelta(hours=1))
        assert stored(contract) == fresh(contract, cases), contract.number
    _agree_with_exports(member.actor)
    assert wrong_ledger(now=NOW + timedelta(hours=1)) == []


def _agree_with_exports(actor) -> None:
    ledger = sum(Entry.objects.values_list("amount", flat=True), Decimal(0))
    assert ledger == sum(Breach.objects.values_list("amount", flat=True), Decimal(0))
    assert sum(one.amount for one in sum_breaches(actor, Narrowed())) == ledger
    rows, cursor = [], ""
    while True:
        page = list_breaches(actor, Narrowed(), cursor=cursor, limit=200)
        rows += [[column.value(row) for column in BREACHES] for row in page.items]
        cursor = page.next_cursor
        if not cursor:
            break
    assert len(rows) == Breach.objects.count()
    heads = [str(one.head) for one in BREACHES]
    content = write_xlsx("x", heads, rows, ZoneInfo(ZONE))
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    place = [cell.value for cell in sheet[1]].index(str(BREACHES[-2].head))
    exported = sum(Decimal(str(row[place].value)) for row in sheet.iter_rows(min_row=2))
    assert exported == ledger
    assert sum(one.amount for one in sum_legs(actor, Narrowed())) == ledger
