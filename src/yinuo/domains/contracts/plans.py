"""The compiled plan behind a version id, kept per process: versions never change."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from yinuo.domains.contracts.models import Contract, PlanVersion
from yinuo.domains.contracts.statutory import StatutoryDays, statutory_days
from yinuo.kernel.evaluation import Evaluator
from yinuo.planfile import load_plan

MOST_COMPILED = 256


def compiled_plan(plan_version_id: int) -> Evaluator:
    """The evaluator of a published version, by its internal id (already scoped by the caller).

    It counts with the statutory days this process knows now.
    """
    return _compiled(plan_version_id, statutory_days())


def version_ids() -> list[int]:
    """All published versions by internal id, for what looks at every plan."""
    return list(PlanVersion.objects.order_by("pk").values_list("pk", flat=True))


def versions_of_contracts(contract_ids: Iterable[int]) -> dict[int, int]:
    """The plan version each contract is bound to, by internal ids already scoped."""
    bound = Contract.objects.filter(pk__in=list(contract_ids))
    return dict(bound.values_list("pk", "plan_version_id"))


def clauses_promising(plan_version_id: int | None, *promises: str) -> frozenset[str]:
    """The clauses of a plan version that promise one of these."""
    if plan_version_id is None:
        return frozenset()
    plan = compiled_plan(plan_version_id).plan
    return frozenset(one.id for one in plan.clauses if getattr(one, "promise", "") in promises)


@lru_cache(maxsize=MOST_COMPILED)
def _compiled(plan_version_id: int, days: StatutoryDays) -> Evaluator:
    version = PlanVersion.objects.get(pk=plan_version_id)
    name = f"{version.code}-{version.number}"
    return Evaluator(load_plan(version.source, name, days.table))
