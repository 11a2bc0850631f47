"""Whether what scores are made of equals a fresh computation; for the check of an installation."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from yinuo.domains.feedback.answer_models import TakenUpTo
from yinuo.domains.feedback.fair_models import ScoredCase
from yinuo.domains.feedback.reckoning import fresh_cases, values_of
from yinuo.domains.feedback.services.reckoning import PROMISES
from yinuo.domains.feedback.weighing import present_weighing
from yinuo.domains.fieldwork.signed import worked_sheets_about
from yinuo.domains.obligations.arrived import changes_after

AT_ONCE = 500
MOST_WAITING = 100_000


class WrongCase(NamedTuple):
    """A case that is not stored as it comes to now; the names and both values of what differs."""

    case_id: UUID
    stored: dict[str, Any]
    fresh: dict[str, Any]


def wrong_cases() -> list[WrongCase]:
    """Scored cases that differ from a fresh computation; reads everything.

    Those that wait for a worker, after a change of their promise or the weights, are left out.
    """
    waiting = _waiting()
    rows = ScoredCase.objects.filter(weights=present_weighing().number).order_by("pk")
    found: list[WrongCase] = []
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        stored = {one.case_id: one for one in some if one.case_id not in waiting}
        fresh = {one.case_id: values_of(one) for one in fresh_cases(list(stored))}
        found.extend(
            wrong for key, row in stored.items() if (wrong := _compared(row, fresh.get(key)))
        )
    return found


def _compared(row: ScoredCase, fresh: dict[str, Any] | None) -> WrongCase | None:
    stored = values_of(row)
    fresh = fresh or {}
    names = [name for name, value in stored.items() if value != fresh.get(name)]
    if not names:
        return None
    return WrongCase(
        row.case_id,
        {name: stored[name] for name in names},
        {name: fresh.get(name) for name in names},
    )


def _waiting() -> set[UUID]:
    stream = TakenUpTo.objects.filter(pk=PROMISES).first()
    changes = changes_after(stream.last_id if stream else 0, MOST_WAITING)
    return set(worked_sheets_about({subject for _number, subject, _at in changes}))
