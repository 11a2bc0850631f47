"""Facts come in, promises are computed anew: always in the caller's business step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.computing import fact_row, obligations_of, stored_facts
from yinuo.domains.obligations.models import FactRow, ObligationRow, SubjectRow
from yinuo.domains.obligations.services.storing import new_rows, store_differences
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.platform.journal.work import writing


def bind_subject(
    binding: Binding, facts: Sequence[NewFact], *, actor: Actor, now: datetime
) -> list[ObligationRow]:
    """Start a subject's life with its first facts; gives the obligations that follow.

    The subject must be new. Writes facts, binding and obligations with the step's one flush.
    """
    with writing(actor=actor, now=now) as work:
        rows = [_row(binding, fact, actor, now) for fact in facts]
        obligations = new_rows(binding, obligations_of(binding, rows, now), work)
        work.add(
            SubjectRow(
                subject_type=binding.subject_type,
                subject_id=binding.subject_id,
                customer_id=binding.customer_id,
                unit_id=binding.unit_id,
                plan_version_id=binding.plan_version_id,
                contract_id=binding.contract_id,
                zone=binding.zone,
            ),
            *rows,
            *obligations,
        )
        return obligations


def record_facts(
    subject_id: UUID, facts: Iterable[NewFact], *, actor: Actor, now: datetime
) -> None:
    """Add facts to a subject and compute its promises anew, late or corrected facts included.

    Holds the subject's lock until the step ends. The caller has checked the actor's right to it.
    """
    with writing(actor=actor, now=now) as work:
        binding = locked_binding(subject_id)
        rows = [_row(binding, fact, actor, now) for fact in facts]
        work.add(*rows)
        results = obligations_of(binding, [*stored_facts(binding), *rows], now)
        store_differences(binding, results, work)


def locked_binding(subject_id: UUID) -> Binding:
    """The subject's binding, locked against everything else that computes its promises."""
    row = SubjectRow.objects.select_for_update().get(subject_id=subject_id)
    return binding_of(row)


def binding_of(row: SubjectRow) -> Binding:
    """The frozen form of a stored binding."""
    return Binding(
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        customer_id=row.customer_id,
        unit_id=row.unit_id,
        plan_version_id=row.plan_version_id,
        contract_id=row.contract_id,
        zone=row.zone,
    )


def _row(binding: Binding, fact: NewFact, actor: Actor, now: datetime) -> FactRow:
    return fact_row(binding, fact, actor_label=actor.label, user_id=actor.user_id, now=now)
