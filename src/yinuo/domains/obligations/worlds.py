"""Stored facts as the kernel's, and a case's promises worked out from them. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.terms import contract_fact
from yinuo.domains.obligations.models import FactRow
from yinuo.domains.obligations.types import Binding
from yinuo.kernel.evaluation import Evaluation
from yinuo.kernel.facts import Fact


def case_evaluation(
    binding: Binding, facts: Iterable[FactRow], now: datetime, lent: Iterable[Fact] = ()
) -> Evaluation | None:
    """A case's promises as of `now`; None when no plan is bound.

    `lent` are facts of its contract that its clauses ask for.
    """
    if binding.plan_version_id is None:
        return None
    world = [kernel_fact(binding, fact) for fact in facts]
    if binding.terms is not None:
        world.append(contract_fact(binding.terms, binding.zone))
    evaluator = compiled_plan(binding.plan_version_id)
    return evaluator.evaluate([*world, *lent], now, only=binding.subject)


def kernel_fact(binding: Binding, fact: FactRow, **more: Any) -> Fact:
    """A stored fact as the kernel reads it, with further attributes."""
    return Fact(
        binding.subject,
        fact.kind,
        fact.occurred_at,
        fact.received_at,
        {**fact.attrs, **more},
        str(fact.public_id),
    )
