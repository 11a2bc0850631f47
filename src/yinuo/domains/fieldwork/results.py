"""How a visit may end: the plan of its request says, the usual four otherwise (LV-15)."""

from __future__ import annotations

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.requests.questions import plan_of_version
from yinuo.kernel.plan.guiding import SheetResult, results_of


def results_for(order: WorkOrder) -> tuple[SheetResult, ...]:
    """The results to choose from on a sheet, in the order of the plan."""
    return results_of(plan_of_version(order.request.plan_version_id))
