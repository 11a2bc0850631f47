"""What came of the sheets of some requests, for those who had the visit made; not for showing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.results import results_for
from yinuo.kernel.plan.guiding import result_named
from yinuo.kernel.work_states import WorkOrderState

_ABORTED = WorkOrderState.ABORTED.value


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the visit of a request stands by its sheets.

    With `sheet_id` it was made: by whom, when, what was found and done; `counted` when the plan's
    result already says what it counts as. `is_off`: every sheet was given up.
    """

    sheet_id: UUID | None
    number: str
    engineer: str
    finished_at: datetime | None
    findings: str
    work_done: str
    counted: bool
    is_off: bool


def outcomes_of(request_ids: Iterable[UUID]) -> dict[UUID, Outcome]:
    """By request (public id), none for one without a sheet; one statement."""
    rows = WorkOrder.objects.filter(request__public_id__in=list(request_ids))
    by_request: dict[UUID, list[WorkOrder]] = {}
    for row in rows.select_related("request", "assignee").order_by("id"):
        by_request.setdefault(row.request.public_id, []).append(row)
    return {one: _outcome(sheets) for one, sheets in by_request.items()}


def _outcome(sheets: list[WorkOrder]) -> Outcome:
    for row in sheets:
        result = result_named(results_for(row), row.result) if row.result else None
        if result is None or not result.is_done or row.state == _ABORTED:
            continue
        return Outcome(
            sheet_id=row.public_id,
            number=row.number,
            engineer=row.assignee.name if row.assignee else "",
            finished_at=row.finished_at,
            findings=row.findings,
            work_done=row.work_done,
            counted=bool(result.holds),
            is_off=False,
        )
    is_off = all(row.state == _ABORTED for row in sheets)
    return Outcome(None, "", "", None, "", "", counted=False, is_off=is_off)
