"""What a case would get under a plan, published or still being written; nothing is stored."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.selectors import get_plan_version
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.types import DuePreview
from yinuo.kernel.evaluation import Evaluator
from yinuo.kernel.evaluation.preview import preview
from yinuo.platform.errors import InvalidInput


def preview_plan(
    actor: Actor,
    plan_version_id: object,
    *,
    level: str,
    category: str,
    reported_at: datetime,
) -> list[DuePreview]:
    """The due times a case of this level and category would get under a visible plan version.

    Raises NotFound for the version, InvalidInput for words the plan does not have.
    """
    version = get_plan_version(actor, plan_version_id)
    evaluator = compiled_plan(version.id)
    plan = evaluator.plan
    problems: dict[str, str] = {}
    if level and level not in {choice.code for choice in plan.levels}:
        problems["level"] = _("The plan of this contract has no such level.")
    if category and category not in {choice.code for choice in plan.categories}:
        problems["category"] = _("The plan of this contract has no such category.")
    if problems:
        raise InvalidInput(problems)
    return preview_evaluator(evaluator, level=level, category=category, reported_at=reported_at)


def preview_evaluator(
    evaluator: Evaluator, *, level: str, category: str = "", reported_at: datetime
) -> list[DuePreview]:
    """The due times under a compiled plan, the earliest leading; unknown words select nothing."""
    given = {"level": level, "category": category}
    select = {name: word for name, word in given.items() if word}
    found = []
    for one in preview(evaluator, select, reported_at):
        clause = evaluator.plan.clause(one.clause_id)
        if one.obligation is not None and one.obligation.due_at is not None:
            found.append(
                DuePreview(
                    clause=one.clause_id,
                    title_zh=clause.title.zh,
                    title_en=clause.title.en,
                    due_at=one.obligation.due_at,
                    provisional=one.obligation.provisional,
                    number=clause.number,
                )
            )
    return found
