"""From stored facts to the kernel and back. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from yinuo.domains.obligations.contract_facts import CONTRACT, lent_facts
from yinuo.domains.obligations.contract_worlds import contract_evaluation
from yinuo.domains.obligations.models import FactRow
from yinuo.domains.obligations.types import Binding, DuePreview, NewFact
from yinuo.domains.obligations.worlds import case_evaluation
from yinuo.kernel.evaluation import Evaluation
from yinuo.kernel.facts import Fact


def stored_facts(binding: Binding) -> list[FactRow]:
    """All facts of a subject in the order they were received."""
    return list(FactRow.objects.filter(subject_id=binding.subject_id).order_by("id"))


def evaluated(
    binding: Binding,
    facts: Iterable[FactRow],
    now: datetime,
    lent: Mapping[int, Sequence[Fact]] | None = None,
) -> Evaluation | None:
    """The subject's promises as of `now`; None when no plan is bound.

    `lent` are the facts of contracts that cases ask for, read together for many subjects; left out
    they are read here.
    """
    if binding.plan_version_id is None:
        return None
    if binding.subject_type == CONTRACT:
        return contract_evaluation(binding, list(facts), now)
    asked = lent_facts([binding]) if lent is None else lent
    return case_evaluation(binding, facts, now, asked.get(binding.contract_id or 0, ()))


def preview_dues(binding: Binding, fact: NewFact, now: datetime) -> list[DuePreview]:
    """The due times a subject would get from this first fact; nothing is written.

    `binding.subject_id` may be any fresh id.
    """
    row = fact_row(binding, fact, actor_label="", user_id=None, now=now)
    evaluation = evaluated(binding, [row], max(now, fact.occurred_at))
    if evaluation is None:
        return []
    plan = evaluation.evaluator.plan
    return [
        DuePreview(
            clause=one.clause_id,
            title_zh=plan.clause(one.clause_id).title.zh,
            title_en=plan.clause(one.clause_id).title.en,
            due_at=one.due_at,
            provisional=one.provisional,
            number=plan.clause(one.clause_id).number,
        )
        for one in evaluation.of_subject(binding.subject)
        if one.due_at is not None
    ]


def fact_row(
    binding: Binding, fact: NewFact, *, actor_label: str, user_id: int | None, now: datetime
) -> FactRow:
    """The row a new fact becomes; not saved."""
    return FactRow(
        subject_type=binding.subject_type,
        subject_id=binding.subject_id,
        kind=fact.kind,
        occurred_at=fact.occurred_at,
        received_at=now,
        source=fact.source,
        attrs=dict(fact.attrs),
        user_id=user_id,
        actor_label=actor_label,
    )
