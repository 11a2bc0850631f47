"""Keeping stored obligations equal to what the kernel says; telling when one is missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.obligations.types import Binding
from yinuo.kernel.evaluation import Obligation, State
from yinuo.platform.journal.bulk import update_together
from yinuo.platform.journal.work import Work

_COMPUTED = (
    "state",
    "started_at",
    "due_at",
    "ended_at",
    "late_seconds",
    "provisional",
    "next_at",
)


def new_rows(binding: Binding, results: Iterable[Obligation], work: Work) -> list[ObligationRow]:
    """Unsaved rows of a new subject's obligations; the step's flush inserts them."""
    rows = [_new(binding, one, work.now) for one in results]
    for row in rows:
        _tell_if_missed(row, None, work)
    return rows


def store_differences(binding: Binding, results: Sequence[Obligation], work: Work) -> None:
    """Insert, change or void rows so that they say what `results` say.

    The caller holds the subject's lock. A promise the facts no longer call for becomes void; it
    never disappears.
    """
    stored = {
        (row.clause, row.position): row
        for row in ObligationRow.objects.filter(subject_id=binding.subject_id)
    }
    changed: list[ObligationRow] = []
    for one in results:
        row = stored.pop((one.clause_id, one.number), None)
        if row is None:
            work.add(*new_rows(binding, [one], work))
        elif _differs(row, one, work.now):
            before = row.state
            _take(row, one, work.now)
            _tell_if_missed(row, before, work)
            changed.append(row)
    changed += [_voided(row, work.now) for row in stored.values() if row.state != State.VOID]
    update_together(changed, (*_COMPUTED, "computed_at"))


def _new(binding: Binding, one: Obligation, now: datetime) -> ObligationRow:
    version_id = binding.plan_version_id
    assert version_id is not None, "only a plan makes obligations"
    row = ObligationRow(
        subject_type=binding.subject_type,
        subject_id=binding.subject_id,
        customer_id=binding.customer_id,
        unit_id=binding.unit_id,
        plan_version_id=version_id,
        clause=one.clause_id,
        position=one.number,
    )
    _take(row, one, now)
    return row


def _values(one: Obligation, now: datetime) -> dict[str, Any]:
    # At its due instant a promise is still kept; the miss comes right after, so look again.
    turns_now = one.due_at == now and one.state in (State.RUNNING, State.PAUSED)
    return {
        "state": one.state.value,
        "started_at": one.started_at,
        "due_at": one.due_at,
        "ended_at": one.ended_at,
        "late_seconds": int(one.late_by.total_seconds()),
        "provisional": one.provisional,
        "next_at": now if turns_now else one.next_at,
    }


def _take(row: ObligationRow, one: Obligation, now: datetime) -> None:
    for name, value in _values(one, now).items():
        setattr(row, name, value)
    row.computed_at = now


def _differs(row: ObligationRow, one: Obligation, now: datetime) -> bool:
    return any(getattr(row, name) != value for name, value in _values(one, now).items())


def _voided(row: ObligationRow, now: datetime) -> ObligationRow:
    row.state, row.next_at, row.computed_at = State.VOID.value, None, now
    return row


def _tell_if_missed(row: ObligationRow, before: str | None, work: Work) -> None:
    """One event per miss: the key lets the database drop a second one (never twice)."""
    if row.state != State.MISSED or before == State.MISSED or row.due_at is None:
        return
    work.emit(
        "obligation.missed",
        row,
        {
            "subject": f"{row.subject_type}:{row.subject_id}",
            "clause": row.clause,
            "due_at": row.due_at.isoformat(),
        },
        dedupe_key=f"missed:{row.public_id}:{row.due_at.isoformat()}",
    )
