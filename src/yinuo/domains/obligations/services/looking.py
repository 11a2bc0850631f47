"""Contracts as subjects of their own promises: bound when they begin, looked at when due.

`ContractLook` says when each contract is to be looked at next: when a promise of it falls due or
takes a step, when a period, supplement or suspension begins, when something happened to it or its
cases. A look computes everything anew from stored rows, so it may be repeated at will; its lock
lets several workers share the contracts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from logging import getLogger
from typing import Any

from django.db import DatabaseError, transaction

from yinuo.domains.contracts.subjects import ContractSubject, read_contracts
from yinuo.domains.contracts.terms import terms_to_keep
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.computing import evaluated
from yinuo.domains.obligations.contract_facts import (
    CONTRACT,
    begun,
    kinds_asked,
    lent_facts,
    next_day,
)
from yinuo.domains.obligations.contract_worlds import value_as_json
from yinuo.domains.obligations.models import (
    ContractLook,
    FactRow,
    FigureRow,
    ObligationRow,
    SubjectRow,
)
from yinuo.domains.obligations.services.escalating import take_steps
from yinuo.domains.obligations.services.reaching import follow_supplements
from yinuo.domains.obligations.services.settling import Computed, settle
from yinuo.domains.obligations.services.storing import CLOCK, differences, keep_editions
from yinuo.domains.obligations.types import Binding
from yinuo.kernel.evaluation import Evaluation
from yinuo.kernel.evaluation.upcoming import next_beginning
from yinuo.platform.journal.work import Work, writing

RETRY_AFTER = timedelta(minutes=5)
# Cases that began earlier do not ask for a visit of today's season.
ASKED_WITHIN = timedelta(days=400)

# What each promise of a contract keeps as well.
_SHARED = ("customer_id", "unit_id", "plan_version_id", "owner_id")

_log = getLogger("yinuo.contracts")


def look_at_contracts(*, now: datetime, at_most: int = 10) -> int:
    """Bring the promises of contracts whose look is due up to date; gives how many.

    One that cannot be computed is tried again later and stops no other.
    """
    with writing(actor=SYSTEM, now=now) as work:
        due = ContractLook.objects.filter(look_at__lte=now).order_by("look_at")
        looks = list(due.select_for_update(skip_locked=True)[:at_most])
        contracts = read_contracts(look.contract_id for look in looks)
        for look in looks:
            kept = len(work.pending)
            try:
                with transaction.atomic():
                    _look(look, contracts.get(look.contract_id), work)
            except DatabaseError:
                raise
            except Exception as error:
                del work.pending[kept:]
                _log.error("contract %s: no promises computed", look.contract_id, exc_info=error)
                ContractLook.objects.filter(pk=look.pk).update(look_at=now + RETRY_AFTER)
        return len(looks)


def look_now(contract: ContractSubject, work: Work) -> None:
    """Bring one contract's promises up to date within the running step."""
    ContractLook.objects.bulk_create([ContractLook(contract_id=contract.id)], ignore_conflicts=True)
    look = ContractLook.objects.select_for_update().get(contract_id=contract.id)
    _look(look, contract, work)


def _look(look: ContractLook, contract: ContractSubject | None, work: Work) -> None:
    if contract is None:
        look.look_at = None
        look.save(update_fields=["look_at"])
        return
    subject_id = contract.terms.public_id
    bound = SubjectRow.objects.select_for_update().filter(subject_id=subject_id).first()
    if bound is None and not begun(contract, work.now):
        _looked(look, contract, next_day(contract, work.now), work)
        return
    # Before the ledger's lock on the contract: who computes a case takes the case first as well.
    follow_supplements(look, contract)
    binding, bound = _bind(contract, bound)
    facts = list(FactRow.objects.filter(subject_id=subject_id).order_by("id"))
    evaluation, rows = _compute(binding, bound, facts, work)
    next_at = _next_at(binding, contract, evaluation, rows, work.now)
    _ask_cases_again(look, binding, work.now)
    _looked(look, contract, next_at, work)


def _compute(
    binding: Binding, bound: SubjectRow, facts: Sequence[FactRow], work: Work
) -> tuple[Evaluation | None, list[ObligationRow]]:
    """Store what a contract promises now, with figures; the subject is locked.

    Gives what the kernel says, and the rows as they stand now.
    """
    evaluation = evaluated(binding, facts, work.now)
    stored = list(ObligationRow.objects.filter(subject_id=binding.subject_id))
    found = differences(binding, evaluation, stored, CLOCK, work)
    found.write(work)
    settle([Computed(binding, evaluation, facts, stored)], found, work)
    take_steps(found.rungs, work)
    rows = [*stored, *found.new]
    keep_editions([(bound, rows)])
    if evaluation is not None:
        _keep_figures(binding, evaluation, rows)
    return evaluation, rows


def _bind(contract: ContractSubject, bound: SubjectRow | None) -> tuple[Binding, SubjectRow]:
    binding = Binding(
        subject_type=CONTRACT,
        subject_id=contract.terms.public_id,
        customer_id=contract.customer_id,
        unit_id=contract.unit_id,
        plan_version_id=contract.plan_version_id,
        contract_id=contract.id,
        zone=contract.zone,
        terms=contract.terms,
        owner_id=contract.owner_id,
    )
    values: dict[str, Any] = {
        "customer_id": binding.customer_id,
        "unit_id": binding.unit_id,
        "plan_version_id": binding.plan_version_id,
        "owner_id": binding.owner_id,
        "terms": terms_to_keep(contract.terms),
        "zone": binding.zone,
    }
    if bound is None:
        names = {"subject_type": CONTRACT, "subject_id": binding.subject_id}
        return binding, SubjectRow.objects.create(**names, contract_id=contract.id, **values)
    changed = [name for name, value in values.items() if getattr(bound, name) != value]
    if changed:
        for name in changed:
            setattr(bound, name, values[name])
        bound.save(update_fields=changed)
        rows = ObligationRow.objects.filter(subject_id=binding.subject_id)
        rows.update(**{name: value for name, value in values.items() if name in _SHARED})
    return binding, bound


def _next_at(
    binding: Binding,
    contract: ContractSubject,
    evaluation: Evaluation | None,
    rows: Iterable[ObligationRow],
    now: datetime,
) -> datetime | None:
    """When something happens by itself: to a promise, by a new period, by a day of the contract."""
    known = [next_day(contract, now)]
    if evaluation is not None and binding.subject in evaluation.world.grouped:
        subject = evaluation.world.subject(binding.subject)
        known.append(next_beginning(evaluation.evaluator, subject, now))
    known += [row.next_at for row in rows]
    return min((one for one in known if one is not None and one > now), default=None)


def _looked(
    look: ContractLook, contract: ContractSubject, next_at: datetime | None, work: Work
) -> None:
    look.version, look.looked_at, look.look_at = contract.version, work.now, next_at
    look.touched_from = None
    look.save()


def _keep_figures(binding: Binding, evaluation: Evaluation, rows: Sequence[ObligationRow]) -> None:
    assert binding.contract_id is not None
    ids = {(row.clause, row.position): row.public_id for row in rows}
    figures = [
        FigureRow(
            obligation_id=ids[one.clause_id, one.number],
            contract_id=binding.contract_id,
            period=one.period.name[:80] if one.period else "",
            begins_at=one.period.begins_at if one.period else None,
            ends_at=one.period.ends_at if one.period else None,
            missing=list(one.missing),
            note=one.note[:40],
            value=value_as_json(one.value),
        )
        for one in evaluation.obligations
    ]
    FigureRow.objects.bulk_create(
        figures,
        update_conflicts=True,
        unique_fields=["obligation_id"],
        update_fields=["period", "begins_at", "ends_at", "missing", "note", "value"],
    )


def _ask_cases_again(look: ContractLook, binding: Binding, now: datetime) -> None:
    """Have its cases computed anew when what their clauses ask of it (visits held) has changed."""
    assert binding.plan_version_id is not None
    if not kinds_asked(binding.plan_version_id):
        return
    facts = lent_facts([binding])[look.contract_id]
    told = sorted(f"{one.kind} {one.occurred_at.isoformat()}" for one in facts)
    done = hashlib.sha256("\n".join(told).encode()).hexdigest() if told else ""
    was, look.done = look.done, done
    if was == done:
        return
    bound = SubjectRow.objects.filter(contract_id=look.contract_id).exclude(subject_type=CONTRACT)
    rows = ObligationRow.objects.filter(
        subject_id__in=bound.values("subject_id"), started_at__gte=now - ASKED_WITHIN
    )
    first = rows.order_by("subject_id", "id").distinct("subject_id").values("pk")
    ObligationRow.objects.filter(pk__in=first).update(next_at=now)
