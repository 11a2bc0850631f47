"""What cases leave on an asset, kept in step by those that know the case: downtime and repairs.

No service a person calls: requests and field work call them in their own transaction, on assets
they have resolved.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from yinuo.domains.assets.models import CaseTrace

DOWN, REPAIRED = "down", "repaired"


def keep_case_downtime(
    asset_id: int, source_id: UUID, number: str, began_at: datetime, ended_at: datetime | None
) -> None:
    """The asset (internal id) was down for this case; without end nothing is kept of it yet."""
    traces = CaseTrace.objects.filter(kind=DOWN, source_id=source_id)
    if ended_at is None or ended_at <= began_at:
        traces.delete()
        return
    _keep(asset_id, DOWN, source_id, number, (began_at, ended_at), None)


def keep_case_repair(
    asset_id: int, source_id: UUID, number: str, at: datetime, on: date | None
) -> None:
    """Parts went into the asset with this work, finished at `at`, on that day where it stands;
    without a day it was no repair after all."""
    if on is None:
        CaseTrace.objects.filter(kind=REPAIRED, source_id=source_id).delete()
        return
    _keep(asset_id, REPAIRED, source_id, number, (at, at), on)


def _keep(
    asset_id: int,
    kind: str,
    source_id: UUID,
    number: str,
    times: tuple[datetime, datetime],
    on: date | None,
) -> None:
    began_at, ended_at = times
    CaseTrace.objects.update_or_create(
        kind=kind,
        source_id=source_id,
        defaults={
            "asset_id": asset_id,
            "number": number,
            "began_at": began_at,
            "ended_at": ended_at,
            "on": on,
        },
    )
