"""Forgetting: the rows of a file hold personal data and are not needed for long."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.domains.imports.models import ImportRow
from yinuo.domains.imports.types import ENDED, State

KEPT = timedelta(days=30)


def forget_rows(now: datetime) -> int:
    """Delete the rows of runs that ended, or were checked and left, a month ago; gives how many."""
    old = ImportRow.objects.filter(
        run__state__in=[*ENDED, State.CHECKED], run__moved_at__lt=now - KEPT
    )
    return old.delete()[0]
