"""`/healthz`: this process answers. `/readyz`: it can do its work (R48)."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

LEAST_FREE_BYTES = 200 * 1024 * 1024
MOST_CLOCK_DIFFERENCE_SECONDS = 5.0
# Events nobody has taken for this long mean that no worker runs.
MOST_WAITING_SECONDS = 60.0

# The clock itself: now() stands still at the beginning of a transaction.
_PROBE = """
SELECT clock_timestamp(), pg_is_in_recovery(),
       (SELECT extract(epoch FROM now() - min(next_at)) FROM obligations_obligation
        WHERE next_at < now())
"""


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process serves; asks nothing of anybody else."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, disk and clock are fit for work, else 503; each check by name.

    `clocks` tells how late due promises are being acted on; a late worker is reported but does
    not take the web server out of service.
    """
    checks: dict[str, Any] = {"database": False, "disk": _has_room(), "clock": False}
    late_seconds = None
    try:
        with connection.cursor() as cursor:
            cursor.execute(_PROBE)
            database_now, in_recovery, late_seconds = cursor.fetchone()
        checks["database"] = not in_recovery
        difference = abs((datetime.now(UTC) - database_now).total_seconds())
        checks["clock"] = difference <= MOST_CLOCK_DIFFERENCE_SECONDS
    except DatabaseError:
        pass
    ready = all(checks.values())
    checks["clocks_late_seconds"] = round(float(late_seconds or 0), 1)
    checks["worker"] = checks["clocks_late_seconds"] <= MOST_WAITING_SECONDS
    body = {"status": "ready" if ready else "not ready", "checks": checks}
    return JsonResponse(body, status=200 if ready else 503)


def _has_room() -> bool:
    return shutil.disk_usage(settings.VAR_FOLDER).free >= LEAST_FREE_BYTES
