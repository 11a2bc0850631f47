"""What was promised to a customer within a span and kept, missed or made good, by clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.policies import visible_obligations
from yinuo.kernel.evaluation.results import State


@dataclass(frozen=True, slots=True)
class KeptClause:
    """A clause with how often it was kept, missed, and of those missed made good later."""

    number: str
    title_zh: str
    title_en: str
    kept: int
    missed: int
    made_good: int


def kept_of_customer(
    actor: Actor, customer_id: int, contract_id: int | None, since: datetime, until: datetime
) -> list[KeptClause]:
    """Clauses of the promises due in [since, until), those missed most leading.

    Of one contract when named (internal ids, already scoped). One statement.
    """
    rows = visible_obligations(actor).filter(
        customer_id=customer_id, due_at__gte=since, due_at__lt=until
    )
    if contract_id is not None:
        rows = rows.filter(contract_id=contract_id)
    counted = rows.values_list("plan_version_id", "clause").annotate(
        kept=Count("pk", filter=Q(state=State.MET.value)),
        missed=Count("pk", filter=Q(state=State.MISSED.value)),
        made_good=Count("pk", filter=Q(state=State.MISSED.value, ended_at__isnull=False)),
    )
    found = []
    for version, clause_id, kept, missed, made_good in counted.order_by("clause"):
        clause = compiled_plan(version).plan.clause(clause_id)
        if kept or missed:
            names = (clause.number, clause.title.zh, clause.title.en or clause.title.zh)
            found.append(KeptClause(*names, kept, missed, made_good))
    return sorted(found, key=lambda one: (-one.missed, one.number, one.title_zh))
