"""Keeping each case's row in step with its answer, its sheet, its promise and the weights."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from yinuo.domains.feedback.answer_models import TakenUpTo
from yinuo.domains.feedback.fair_models import ScoredCase
from yinuo.domains.feedback.reckoning import KEPT, fresh_cases, open_cases
from yinuo.domains.feedback.services.streams import claimed
from yinuo.domains.feedback.weighing import present_weighing
from yinuo.domains.fieldwork.signed import worked_sheets_about
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.arrived import changes_after
from yinuo.platform.journal.work import writing

PROMISES = "promises"
AT_ONCE = 500
# A step commits within so long; a change that is older is read once and for all.
SETTLED = timedelta(minutes=2)


def reckon_cases(case_ids: Collection[UUID]) -> int:
    """Store these cases as they come to now; gives how many. The caller has opened the step."""
    fresh = list(fresh_cases(case_ids))
    ScoredCase.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["case_id"],
        update_fields=[name.removesuffix("_id") for name in KEPT],
    )
    return len(fresh)


def follow_promises(*, now: datetime) -> int:
    """Reckon anew the cases whose promises changed since the last time; gives how many changes.

    A corrected arrival, a pause that was acknowledged, a new table of days: all take this road.
    """
    with writing(actor=SYSTEM, now=now):
        stream = claimed(PROMISES)
        if stream is None:
            return 0
        changes = changes_after(stream.last_id, AT_ONCE)
        sheets = worked_sheets_about({subject for _number, subject, _at in changes})
        known = ScoredCase.objects.filter(case_id__in=list(sheets))
        reckon_cases(list(known.values_list("case_id", flat=True)))
        is_full = len(changes) == AT_ONCE
        settled = [number for number, _subject, at in changes if is_full or at <= now - SETTLED]
        if settled:
            TakenUpTo.objects.filter(pk=PROMISES).update(last_id=settled[-1])
        return len(changes) if is_full else 0


def recount_cases(*, now: datetime) -> int:
    """Reckon anew cases that were reckoned with other weights than count now; gives how many."""
    with writing(actor=SYSTEM, now=now):
        old = open_cases().exclude(weights=present_weighing().number)
        rows = old.select_for_update(skip_locked=True).order_by("pk")
        return reckon_cases(list(rows.values_list("case_id", flat=True)[:AT_ONCE]))
