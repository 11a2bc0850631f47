"""Facts come in, promises are computed anew: always in the caller's business step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from yinuo.domains.contracts.terms import get_terms, terms_to_keep
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.computing import evaluated, fact_row, stored_facts
from yinuo.domains.obligations.models import FactRow, ObligationRow, SubjectRow
from yinuo.domains.obligations.services.escalating import take_steps
from yinuo.domains.obligations.services.settling import Computed, settle
from yinuo.domains.obligations.services.storing import (
    because_of,
    differences,
    edition_of,
    keep_editions,
    new_rows,
)
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.platform.journal.work import writing


def bind_subject(
    binding: Binding, facts: Sequence[NewFact], *, actor: Actor, now: datetime
) -> list[ObligationRow]:
    """Start a subject's life with its first facts; gives the obligations that follow.

    The subject must be new. Writes facts, binding and obligations with the step's one flush.
    """
    if binding.owner_id is None:
        binding = replace(binding, owner_id=actor.person_id)
    if binding.terms is None and binding.contract_id is not None:
        day = facts[0].occurred_at.astimezone(ZoneInfo(binding.zone)).date() if facts else None
        binding = replace(binding, terms=get_terms(binding.contract_id, day))
    with writing(actor=actor, now=now) as work:
        rows = [_row(binding, fact, actor, now) for fact in facts]
        evaluation = evaluated(binding, rows, now)
        found = new_rows(binding, evaluation, now)
        work.add(
            SubjectRow(
                subject_type=binding.subject_type,
                subject_id=binding.subject_id,
                customer_id=binding.customer_id,
                unit_id=binding.unit_id,
                plan_version_id=binding.plan_version_id,
                contract_id=binding.contract_id,
                terms=terms_to_keep(binding.terms) if binding.terms else None,
                owner_id=binding.owner_id,
                zone=binding.zone,
                holidays=edition_of(found.new),
            ),
            *rows,
        )
        found.write(work)
        settle([Computed(binding, evaluation, rows)], found, work)
        take_steps(found.rungs, work)
        return found.new


def record_facts(
    subject_id: UUID, facts: Iterable[NewFact], *, actor: Actor, now: datetime
) -> None:
    """Add facts to a subject and compute its promises anew, late or corrected facts included.

    Holds the subject's lock until the step ends. The caller has checked the actor's right to it.
    """
    with writing(actor=actor, now=now) as work:
        subject = _locked(subject_id)
        binding = binding_of(subject)
        rows = [_row(binding, fact, actor, now) for fact in facts]
        work.add(*rows)
        known = [*stored_facts(binding), *rows]
        evaluation = evaluated(binding, known, now)
        stored = list(ObligationRow.objects.filter(subject_id=subject_id))
        found = differences(binding, evaluation, stored, because_of(rows), work)
        found.write(work)
        keep_editions([(subject, [*stored, *found.new])])
        settle([Computed(binding, evaluation, known, stored)], found, work)
        take_steps(found.rungs, work)


def set_owner(subject_id: UUID, *, person_id: int | None, actor: Actor, now: datetime) -> None:
    """Give a subject to another person in charge, by internal id, or to none.

    Ladders tell him from now on; what was told stays. The caller has checked the right to it.
    """
    with writing(actor=actor, now=now):
        _locked(subject_id)
        SubjectRow.objects.filter(subject_id=subject_id).update(owner_id=person_id)
        ObligationRow.objects.filter(subject_id=subject_id).update(owner_id=person_id)


def _locked(subject_id: UUID) -> SubjectRow:
    """The subject, locked against everything else that computes its promises."""
    return SubjectRow.objects.select_for_update().get(subject_id=subject_id)


def _row(binding: Binding, fact: NewFact, actor: Actor, now: datetime) -> FactRow:
    return fact_row(binding, fact, actor_label=actor.label, user_id=actor.user_id, now=now)
