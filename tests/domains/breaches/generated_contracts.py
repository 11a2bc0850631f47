"""Contracts of many remedies and what happened to them: some case by case, most a batch at a time.

Both ways end in the product's own steps: a case's facts are recorded by its service, or stored
together and computed by the worker's round, as after an hour in which no worker ran.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.factories import publish

from yinuo.domains.breaches.models import Entry
from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.terms import contract_fact, terms_of
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.computing import fact_row
from yinuo.domains.obligations.models import FactRow, ObligationRow
from yinuo.domains.obligations.services import act_on_due, bind_subject, record_facts
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.kernel.facts import Fact
from yinuo.platform.identifiers import new_public_id
from yinuo.platform.journal.work import writing

ZONE = "Asia/Shanghai"
BEGAN, NOW = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
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

Place = tuple[str, str, int]
Money = dict[Place, Decimal]


def plans(administrator: Any, chance: random.Random) -> list[int]:
    """Plan versions of several remedies each."""
    found = []
    for number in range(8):
        first, second, third = chance.sample(REMEDIES, 3)
        source = PLAN.format(number=number, first=first, second=second, third=third)
        found.append(publish(administrator, source).pk)
    return found


@dataclass
class Lived:
    """A contract, and the one to three cases it had: what is known of each, and heard later."""

    contract: Contract
    cases: list[Case]


@dataclass
class Case:
    """A case, its facts, and a fact that turns up after all of them were counted."""

    binding: Binding
    facts: list[NewFact]
    late: list[NewFact] = field(default_factory=list)


def contracts_of(
    customer: Any, versions: Sequence[int], count: int, chance: random.Random
) -> list[Lived]:
    """So many contracts of a customer with their cases; nothing has been computed yet."""
    made = Contract.objects.bulk_create(
        Contract(
            number=f"G-{customer.pk}-{number}",
            customer=customer,
            plan_version_id=chance.choice(versions),
            starts_on=date(2026, 1, 1),
            ends_on=date(2027, 1, 1),
            total=Decimal(chance.randrange(1_000_000, 100_000_000)) / 100,
        )
        for number in range(count)
    )
    return [
        Lived(one, [_case(one, chance) for _ in range(chance.choice((1, 1, 2, 3)))]) for one in made
    ]


def _case(contract: Contract, chance: random.Random) -> Case:
    """Reported at some time, mostly answered and restored, often late."""
    binding = Binding(
        "request",
        new_public_id(),
        contract.customer_id,
        contract.customer.unit_id,
        contract.plan_version_id,
        contract.pk,
        ZONE,
        terms=terms_of(contract),
    )
    at = BEGAN + timedelta(minutes=chance.randrange(200_000))
    case = Case(binding, [NewFact("reported", at, "test")])
    for kind, most in (("responded", 500), ("restored", 5_000)):
        if chance.random() < 0.85:
            after = timedelta(minutes=chance.randrange(most), seconds=chance.randrange(60))
            case.facts.append(NewFact(kind, at + after, "test"))
    if chance.random() < 0.3:
        earlier = at + timedelta(minutes=chance.randrange(300))
        case.late.append(NewFact(chance.choice(("responded", "restored")), earlier, "test"))
    return case


def live_one_by_one(lived: Iterable[Lived]) -> None:
    """Each case by its service, a step each; then what is heard an hour later."""
    for one in lived:
        for case in one.cases:
            bind_subject(case.binding, case.facts, actor=SYSTEM, now=NOW)
            if case.late:
                record_facts(case.binding.subject_id, case.late, actor=SYSTEM, now=LATER)
    _work_off(LATER)


def live_together(lived: Sequence[Lived]) -> None:
    """All cases reported in one step; what followed them is computed by the worker's rounds."""
    cases = [case for one in lived for case in one.cases]
    with writing(actor=SYSTEM, now=NOW):
        for case in cases:
            # Each as of when it was reported: then nothing is late yet.
            reported = case.facts[:1]
            bind_subject(case.binding, reported, actor=SYSTEM, now=reported[0].occurred_at)
    _store((case.binding, fact, NOW) for case in cases for fact in case.facts[1:])
    _work_off(NOW)
    late = [case for case in cases if case.late]
    _store((case.binding, fact, LATER) for case in late for fact in case.late)
    ids = [case.binding.subject_id for case in late]
    ObligationRow.objects.filter(subject_id__in=ids).update(next_at=LATER)
    _work_off(LATER)


def _store(told: Iterable[tuple[Binding, NewFact, datetime]]) -> None:
    FactRow.objects.bulk_create(
        fact_row(binding, fact, actor_label="", user_id=None, now=now)
        for binding, fact, now in told
    )


def _work_off(now: datetime) -> None:
    while act_on_due(now=now):
        pass


def fresh(lived: Sequence[Lived]) -> Money:
    """What the kernel says of all cases of each contract in one world: case, clause, number."""
    ids = [case.binding.subject_id for one in lived for case in one.cases]
    facts: dict[Any, list[FactRow]] = defaultdict(list)
    for row in FactRow.objects.filter(subject_id__in=ids).order_by("id"):
        facts[row.subject_id].append(row)
    sums: Money = defaultdict(Decimal)
    for one in lived:
        world = [contract_fact(terms_of(one.contract), ZONE)]
        for case in one.cases:
            subject = case.binding.subject
            world += [
                Fact(subject, row.kind, row.occurred_at, row.received_at, row.attrs, str(row.pk))
                for row in facts[case.binding.subject_id]
            ]
        evaluation = compiled_plan(one.contract.plan_version_id).evaluate(world, LATER)
        for line in evaluation.remedies:
            if line.amount is not None:
                sign = -1 if line.paid_by == "customer" else 1
                sums[line.subject, line.clause_id, line.number] += sign * line.amount
    return {place: amount for place, amount in sums.items() if amount}


def stored(lived: Sequence[Lived]) -> Money:
    """What stands in the ledger of these contracts, entry by entry."""
    sums: Money = defaultdict(Decimal)
    rows = Entry.objects.filter(breach__contract__in=[one.contract for one in lived])
    for subject_id, clause, position, amount in rows.values_list(
        "breach__subject_id", "breach__clause", "breach__position", "amount"
    ):
        sums[f"request:{subject_id}", clause, position] += amount
    return {place: amount for place, amount in sums.items() if amount}
