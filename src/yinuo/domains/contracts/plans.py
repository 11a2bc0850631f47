"""The compiled plan behind a version id, kept per process: versions never change."""

from __future__ import annotations

from functools import cache, lru_cache

from yinuo.domains.contracts.models import PlanVersion
from yinuo.kernel.evaluation import Evaluator
from yinuo.planfile import load_plan
from yinuo.planfile.holidays import load_statutory_table

MOST_COMPILED = 256


@lru_cache(maxsize=MOST_COMPILED)
def compiled_plan(plan_version_id: int) -> Evaluator:
    """The evaluator of a published version, by its internal id (already scoped by the caller)."""
    version = PlanVersion.objects.get(pk=plan_version_id)
    return Evaluator(load_plan(version.source, f"{version.code}-{version.number}"))


@cache
def holidays_edition() -> int:
    """The edition of the statutory days that this process computes with; a later one is greater.

    `2026.1`, the first edition that knows 2026, is 202601.
    """
    year, edition = load_statutory_table().version.split(".")
    return int(year) * 100 + int(edition)
