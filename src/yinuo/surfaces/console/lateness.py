"""How late a missed promise is now: what is still open gets later by itself."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.breaches.types import BreachRow
from yinuo.kernel.breach_states import BreachState


def late_seconds(row: BreachRow, now: datetime) -> int:
    """Seconds from the due instant to the end, or to `now` while it is open; none before it."""
    if row.state == BreachState.WITHDRAWN.value:
        return 0
    if row.ended_at is not None:
        return row.late_seconds
    return max(int((now - row.due_at).total_seconds()), 0)
