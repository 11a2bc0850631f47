"""Recording that what a contract promises was done: a visit held, a training given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.contracts.subjects import ContractSubject, read_contracts
from yinuo.domains.customers.services.visits import VisitData, record_visit
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.computing import fact_row
from yinuo.domains.obligations.contract_facts import CALL, CONTRACT, begun, instant_of_day
from yinuo.domains.obligations.models import FactRow
from yinuo.domains.obligations.services.looking import look_now
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.kernel.evaluation import Evaluator
from yinuo.kernel.plan.clauses import Recurring
from yinuo.kernel.plan.selectors import OneOf
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.scoped import identity, one_of

# The attribute of a stored fact that names the work order it comes from.
SHEET = "sheet"
# Done at the customer's: these also stand among the calls on him.
AT_CUSTOMERS = frozenset({"visited", "inspected", "maintained", "calibrated", "trained", "drilled"})
NOTE_LENGTH, REASON_LENGTH = 4_000, 400
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Held:
    """What was done for which promise (a clause of the plan), on which day, and what came of it.

    `kind` chooses among the facts the clause counts; empty takes the first.
    """

    clause: str
    held_on: date
    kind: str = ""
    note: str = ""


def duties_of(evaluator: Evaluator) -> list[Recurring]:
    """The promises of a contract that come again and are kept by something done."""
    return [
        one
        for one in evaluator.plan.clauses
        if isinstance(one, Recurring) and one.subject == CONTRACT
    ]


def hold_duty(*, actor: Actor, contract_id: object, held: Held, source: str, now: datetime) -> UUID:
    """Record that a contract's promise was held on a day; gives the fact's id.

    It counts for the period in which the day lies, or makes good one missed before, as the clause
    says. Done at the customer's, it also becomes a call on him, with the note. Raises InvalidInput,
    IllegalMove before the contract has begun, NotFound for what the actor may not record.
    """
    rows = visible_contracts(actor, Permission.CUSTOMER_WRITE).select_related("customer")
    row = one_of(rows, contract_id)
    contract = read_contracts([row.pk])[row.pk]
    if not begun(contract, now):
        raise IllegalMove(_("The contract has not begun yet."))
    clause = _checked(contract, held, now)
    kind = held.kind or clause.done.kinds[0]
    with writing(actor=actor, now=now) as work:
        attrs = _attributes(clause)
        if kind in AT_CUSTOMERS:
            title = clause.title.zh or clause.title.en
            visit = VisitData(held.held_on, actor.label, title[:200], held.note)
            call = record_visit(
                actor=actor, customer_id=row.customer.public_id, data=visit, now=now
            )
            attrs[CALL] = str(call.public_id)
        # The step may have begun a little before `now`; what lies after it would not count yet.
        at = instant_of_day(held.held_on, ZoneInfo(contract.zone), work.now)
        made = record_fact(contract, NewFact(kind, at, source, attrs), work)
        after = {"clause": clause.id, "kind": kind, "on": held.held_on.isoformat()}
        work.audit("contract.hold", row, after=after)
        look_now(contract, work)
        return made


def take_back_held(
    *, actor: Actor, contract_id: object, fact_id: object, reason: str, source: str, now: datetime
) -> None:
    """Take back what was recorded by mistake; both stay on record. Raises InvalidInput, NotFound.

    The call on the customer stays in his file, but counts for no promise of this contract.
    """
    if not reason.strip() or len(reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Say why, in at most 400 characters.")})
    row = one_of(visible_contracts(actor, Permission.CUSTOMER_WRITE), contract_id)
    facts = FactRow.objects.filter(subject_id=row.public_id)
    fact = facts.filter(public_id=identity(fact_id)).exclude(kind=WITHDRAWN).first()
    if fact is None:
        raise NotFound
    if facts.filter(kind=WITHDRAWN, attrs__supersedes=str(fact.public_id)).exists():
        raise IllegalMove(_("This was taken back already."))
    contract = read_contracts([row.pk])[row.pk]
    with writing(actor=actor, now=now) as work:
        attrs = {"supersedes": str(fact.public_id)}
        record_fact(contract, NewFact(WITHDRAWN, work.now, source, attrs), work)
        work.audit("contract.take_back", row, after={"kind": fact.kind}, reason=reason.strip())
        look_now(contract, work)


def hold_by_sheet(
    contract_id: int,
    sheet_id: UUID,
    kind: str,
    at: datetime,
    *,
    source: str,
    work: Work,
    named: str = SHEET,
) -> None:
    """Let a contract's recurring promises count what a work order did at `at` as the fact `kind`;
    empty for nothing (SG-03). `named` is the attribute of the fact that tells what it comes from.

    Said again otherwise, what was recorded of the sheet before is taken back. What a person took
    back stays so while the sheet says the same. Nothing happens where the contract had not begun
    or no promise of it counts the fact.
    """
    contract = read_contracts([contract_id])[contract_id]
    of_sheet = {named: str(sheet_id)}
    facts = FactRow.objects.filter(subject_id=contract.terms.public_id, attrs__contains=of_sheet)
    known = list(facts.order_by("id"))
    gone = {row.attrs["supersedes"] for row in known if row.kind == WITHDRAWN}
    stands = [row for row in known if row.kind != WITHDRAWN and str(row.public_id) not in gone]
    if [(row.kind, row.occurred_at) for row in stands] == ([(kind, at)] if kind else []):
        return
    for row in _not_taken_back(stands):
        attrs = {**of_sheet, "supersedes": str(row.public_id)}
        record_fact(contract, NewFact(WITHDRAWN, work.now, source, attrs), work)
    duties = duties_of(compiled_plan(contract.plan_version_id))
    clause = next((one for one in duties if kind in one.done.kinds), None)
    if clause is not None and begun(contract, at):
        attrs = {**_attributes(clause), **of_sheet}
        record_fact(contract, NewFact(kind, at, source, attrs), work)
    look_now(contract, work)


def _not_taken_back(rows: Sequence[FactRow]) -> list[FactRow]:
    """Those that no person took back either."""
    names = [str(row.public_id) for row in rows]
    withdrawn = FactRow.objects.filter(kind=WITHDRAWN, attrs__supersedes__in=names)
    subjects = {row.subject_id for row in rows}
    found = withdrawn.filter(subject_id__in=subjects).values_list("attrs__supersedes", flat=True)
    gone = set(found)
    return [row for row in rows if str(row.public_id) not in gone]


def record_fact(contract: ContractSubject, fact: NewFact, work: Work) -> UUID:
    """Store a fact of a contract in the running step; gives its id. `look_now` comes after."""
    binding = Binding(
        subject_type=CONTRACT,
        subject_id=contract.terms.public_id,
        customer_id=contract.customer_id,
        unit_id=contract.unit_id,
        plan_version_id=contract.plan_version_id,
        contract_id=contract.id,
        zone=contract.zone,
    )
    actor: Any = work.actor
    row = fact_row(binding, fact, actor_label=actor.label, user_id=actor.user_id, now=work.now)
    row.save(force_insert=True)
    return row.public_id


def _checked(contract: ContractSubject, held: Held, now: datetime) -> Recurring:
    duties = duties_of(compiled_plan(contract.plan_version_id))
    clause = next((one for one in duties if one.id == held.clause), None)
    problems: dict[str, str] = {}
    if clause is None:
        problems["clause"] = _("Choose one of those offered.")
    elif held.kind and held.kind not in clause.done.kinds:
        problems["kind"] = _("Choose one of those offered.")
    # Tomorrow in UTC is today somewhere east of it.
    if held.held_on > now.date() + timedelta(days=1):
        problems["held_on"] = _("This day is still to come.")
    elif held.held_on < contract.terms.starts_on:
        problems["held_on"] = _("Give a day on which the contract runs.")
    if len(held.note) > NOTE_LENGTH:
        problems["note"] = _("Use at most 4,000 characters.")
    if problems:
        raise InvalidInput(problems)
    assert clause is not None
    return clause


def _attributes(clause: Recurring) -> dict[str, Any]:
    """What the clause asks of the fact, such as the role of who came."""
    return {
        name: min(test.values) for name, test in clause.done.where.tests if isinstance(test, OneOf)
    }
