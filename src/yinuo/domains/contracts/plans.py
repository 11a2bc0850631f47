"""The compiled plan behind a version id, kept per process: versions never change."""

from __future__ import annotations

from functools import lru_cache

from yinuo.domains.contracts.models import PlanVersion
from yinuo.kernel.evaluation import Evaluator
from yinuo.planfile import load_plan

MOST_COMPILED = 256


@lru_cache(maxsize=MOST_COMPILED)
def compiled_plan(plan_version_id: int) -> Evaluator:
    """The evaluator of a published version, by its internal id (already scoped by the caller)."""
    version = PlanVersion.objects.get(pk=plan_version_id)
    return Evaluator(load_plan(version.source, f"{version.code}-{version.number}"))
