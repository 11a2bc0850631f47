"""Joint exposure kept up to date: marked by whoever computes a case, computed by a worker.

Nothing is locked while it is computed. What was marked meanwhile, also by a step that had not ended
yet, stays to be done: the count of marks is another one then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from logging import getLogger
from typing import Any

from django.db import DatabaseError
from django.db.models import F, Q

from yinuo.domains.obligations.joining import joint_values
from yinuo.domains.obligations.models import JointExposure
from yinuo.domains.obligations.services.storing import MONEY

AT_ONCE = 20
# A contract to whose cases very much happens is not computed all the time.
REST = timedelta(seconds=10)

_log = getLogger("yinuo.exposure")


def mark_contracts(contract_ids: Iterable[int]) -> None:
    """Have the joint figures of these contracts (internal ids) computed anew, after this step."""
    ids = sorted(set(contract_ids))
    if not ids:
        return
    new = [JointExposure(contract_id=one) for one in ids]
    JointExposure.objects.bulk_create(new, ignore_conflicts=True)
    JointExposure.objects.filter(contract_id__in=ids).update(marks=F("marks") + 1)


def mark_settled(contract_ids: Iterable[int | None]) -> None:
    """Have what is known of these contracts computed anew: the ledger has settled something."""
    known = JointExposure.objects.filter(contract_id__in={one for one in contract_ids if one})
    known.update(marks=F("marks") + 1)


def renew_joint_exposure(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Compute what changed and was not computed within the last seconds; gives how many contracts.

    One that cannot be computed is left until something happens to it again; it stops no other.
    """
    rested = Q(computed_at=None) | Q(computed_at__lte=now - REST)
    stale = JointExposure.objects.filter(rested, marks__gt=F("done"))
    rows = list(stale.order_by(F("computed_at").asc(nulls_first=True), "contract_id")[:at_most])
    for row in rows:
        same = JointExposure.objects.filter(contract_id=row.contract_id, marks=row.marks)
        same.update(**_values(row, now))
    return len(rows)


def _values(row: JointExposure, now: datetime) -> dict[str, Any]:
    known = {"done": row.marks, "computed_at": now}
    try:
        values = joint_values(row.contract_id, now)
    except DatabaseError:
        raise
    except Exception as error:
        _log.error("joint exposure of contract %s", row.contract_id, exc_info=error)
        return known | {"differs": False}
    differs = any(values[name] != values[f"alone_{name}"] for name in MONEY)
    return known | values | {"differs": differs}
