"""Keeping stored obligations equal to what the kernel says; telling when one is missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from yinuo.domains.contracts.statutory import holidays_edition
from yinuo.domains.obligations.models import ChangeRow, FactRow, ObligationRow, SubjectRow
from yinuo.domains.obligations.services.escalating import Rungs, rungs_of
from yinuo.domains.obligations.types import Binding
from yinuo.kernel.evaluation import Evaluation, Obligation, State
from yinuo.kernel.exposure import Exposure, exposures, next_growth
from yinuo.kernel.money import FEN
from yinuo.platform.journal.bulk import update_together
from yinuo.platform.journal.work import Work

# At its due instant a promise is still kept; the miss comes right after, so look again. A worker
# that has just looked waits a little.
LOOK_AGAIN_AFTER = timedelta(seconds=1)

# The columns of an exposure: what has accrued, and what would come on top.
LATE = ("late_hour", "late_day", "late_week")
MONEY = ("accrued", *LATE)
_NO_PRICE: dict[str, Any] = {**dict.fromkeys(MONEY), "price_unknown": False}

_COMPUTED = (
    "state",
    "started_at",
    "due_at",
    "ended_at",
    "late_seconds",
    "provisional",
    "next_at",
    *MONEY,
    "price_unknown",
)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why promises are computed anew: `facts` with which ones, `clock`, `holidays` or `terms`."""

    kind: str
    facts: tuple[dict[str, str], ...] = ()


CLOCK, HOLIDAYS, TERMS = Cause("clock"), Cause("holidays"), Cause("terms")


def because_of(facts: Iterable[FactRow]) -> Cause:
    """New facts as a cause: their kinds and instants, nothing personal."""
    return Cause(
        "facts",
        tuple({"kind": one.kind, "occurred_at": one.occurred_at.isoformat()} for one in facts),
    )


@dataclass(slots=True)
class Differences:
    """What has to be written so that rows say what evaluations say, for one or many subjects."""

    new: list[ObligationRow] = field(default_factory=list)
    changed: list[ObligationRow] = field(default_factory=list)
    changes: list[ChangeRow] = field(default_factory=list)
    missed: list[ObligationRow] = field(default_factory=list)
    moved: list[ObligationRow] = field(default_factory=list)
    rungs: list[Rungs] = field(default_factory=list)

    def write(self, work: Work) -> None:
        """Change stored rows now, and insert new ones with the step's flush."""
        update_together(self.changed, (*_COMPUTED, "computed_at"))
        work.add(*self.new, *self.changes)
        for row in self.missed:
            _tell_miss(row, work)
        told = {row.subject_id for row in self.missed}
        for row in self.moved:
            if row.subject_id not in told:
                told.add(row.subject_id)
                work.emit("obligation.changed", row)

    def add(self, other: Differences) -> None:
        """Take in what another subject needs."""
        for name in ("new", "changed", "changes", "missed", "moved", "rungs"):
            getattr(self, name).extend(getattr(other, name))


def edition_of(rows: Iterable[ObligationRow]) -> int | None:
    """What a subject's row keeps: the table of statutory days in force, None when none lives."""
    return holidays_edition() if any(_is_live(row) for row in rows) else None


def keep_editions(subjects: Iterable[tuple[SubjectRow, Iterable[ObligationRow]]]) -> None:
    """Note at each subject, locked and just computed with all these rows, by which table it was."""
    other: dict[int | None, list[int]] = {}
    for subject, rows in subjects:
        edition = edition_of(rows)
        if edition != subject.holidays:
            other.setdefault(edition, []).append(subject.pk)
    for edition, ids in other.items():
        SubjectRow.objects.filter(pk__in=ids).update(holidays=edition)


def _is_live(row: ObligationRow) -> bool:
    if row.state == State.MISSED:
        return row.ended_at is None
    return row.state in (State.RUNNING, State.PAUSED)


def new_rows(binding: Binding, evaluation: Evaluation | None, now: datetime) -> Differences:
    """What a new subject's obligations need; nothing is stored yet."""
    found = Differences()
    for computed in _computed(binding, evaluation):
        _begin(found, binding, evaluation, computed, now)
    return found


def differences(
    binding: Binding,
    evaluation: Evaluation | None,
    stored: Sequence[ObligationRow],
    cause: Cause,
    work: Work,
) -> Differences:
    """What to insert, change or void so that a subject's rows say what the evaluation says.

    The caller holds the subject's lock. A promise the facts no longer call for becomes void; it
    never disappears. A new table of holidays moves nothing that has ended.
    """
    found = Differences()
    rows = {(row.clause, row.position): row for row in stored}
    for computed in _computed(binding, evaluation):
        one = computed.one
        row = rows.pop(_key(one), None)
        if row is None:
            _begin(found, binding, evaluation, computed, work.now)
        elif not (cause is HOLIDAYS and _is_over(row)):
            has_moved = _compare(found, row, computed, cause, work)
            # Where new holidays move nothing, the clock takes the steps as before.
            if has_moved or cause is not HOLIDAYS:
                found.rungs += rungs_of(evaluation, one, row)
    for row in rows.values():
        if row.state != State.VOID and not (cause is HOLIDAYS and _is_over(row)):
            kept = {name: getattr(row, name) for name in _COMPUTED}
            gone = {"state": State.VOID.value, "next_at": None, **_NO_PRICE}
            _change(found, row, {**kept, **gone}, cause, work)
    return found


def costs_of_subject(
    binding: Binding, evaluation: Evaluation | None
) -> dict[tuple[str, int], Exposure]:
    """What a subject's promises with a price cost us, by clause and number."""
    return exposures(evaluation, binding.subject) if evaluation else {}


class _Computed(NamedTuple):
    """A promise as computed, with what it costs when it has a price.

    `grows_at` is when its miss brings more of what is not our money.
    """

    one: Obligation
    exposure: Exposure | None
    grows_at: datetime | None


def _computed(binding: Binding, evaluation: Evaluation | None) -> Iterable[_Computed]:
    costs = costs_of_subject(binding, evaluation)
    growth = next_growth(evaluation, binding.subject) if evaluation else {}
    for one in _results(binding, evaluation):
        yield _Computed(one, costs.get(_key(one)), growth.get(_key(one)))


def _key(one: Obligation) -> tuple[str, int]:
    return one.clause_id, one.number


def _results(binding: Binding, evaluation: Evaluation | None) -> Sequence[Obligation]:
    return evaluation.of_subject(binding.subject) if evaluation else ()


def _is_over(row: ObligationRow) -> bool:
    return row.ended_at is not None or row.state in (State.MET, State.VOID)


def _begin(
    found: Differences,
    binding: Binding,
    evaluation: Evaluation | None,
    computed: _Computed,
    now: datetime,
) -> None:
    one = computed.one
    version_id = binding.plan_version_id
    assert version_id is not None, "only a plan makes obligations"
    row = ObligationRow(
        subject_type=binding.subject_type,
        subject_id=binding.subject_id,
        customer_id=binding.customer_id,
        unit_id=binding.unit_id,
        plan_version_id=version_id,
        contract_id=binding.contract_id,
        owner_id=binding.owner_id,
        clause=one.clause_id,
        promise=one.promise,
        position=one.number,
        computed_at=now,
        **_values(computed, now, now),
    )
    found.new.append(row)
    if row.state == State.MISSED and row.due_at is not None:
        found.missed.append(row)
    found.rungs += rungs_of(evaluation, one, row)


def _compare(
    found: Differences, row: ObligationRow, computed: _Computed, cause: Cause, work: Work
) -> bool:
    """Note what is otherwise than stored; true when it is the state or a time."""
    again = work.now + LOOK_AGAIN_AFTER if cause is CLOCK else work.now
    values = _values(computed, work.now, again)
    is_other = any(getattr(row, name) != value for name, value in values.items())
    return _change(found, row, values, cause, work) if is_other else False


def _change(
    found: Differences, row: ObligationRow, values: dict[str, Any], cause: Cause, work: Work
) -> bool:
    before = (row.state, row.due_at, row.ended_at)
    for name, value in values.items():
        setattr(row, name, value)
    row.computed_at = work.now
    found.changed.append(row)
    if (row.state, row.due_at, row.ended_at) == before:
        return False
    found.changes.append(_change_row(row, before, cause, work))
    if row.state == State.MISSED and before[0] != State.MISSED and row.due_at is not None:
        found.missed.append(row)
    if cause.kind != "facts":
        found.moved.append(row)
    return True


def _change_row(
    row: ObligationRow,
    before: tuple[str, datetime | None, datetime | None],
    cause: Cause,
    work: Work,
) -> ChangeRow:
    return ChangeRow(
        obligation_id=row.public_id,
        subject_id=row.subject_id,
        at=work.now,
        cause=cause.kind,
        facts=list(cause.facts),
        actor_label=work.actor.label,
        old_state=before[0],
        new_state=row.state,
        old_due_at=before[1],
        new_due_at=row.due_at,
        old_ended_at=before[2],
        new_ended_at=row.ended_at,
    )


def _values(computed: _Computed, now: datetime, look_again_at: datetime) -> dict[str, Any]:
    one, exposure, _ = computed
    turns_now = one.due_at == now and one.state in (State.RUNNING, State.PAUSED)
    return {
        "state": one.state.value,
        "started_at": one.started_at,
        "due_at": one.due_at,
        "ended_at": one.ended_at,
        "late_seconds": int(one.late_by.total_seconds()),
        "provisional": one.provisional,
        "next_at": look_again_at if turns_now else _next_at(computed),
        **money_values(exposure),
    }


def money_values(exposure: Exposure | None) -> dict[str, Any]:
    """What the money columns of a promise say; in whole fen."""
    if exposure is None:
        return _NO_PRICE
    late = exposure.late or (None,) * len(LATE)
    amounts = dict(zip(MONEY, (exposure.accrued, *late), strict=True))
    shown = {name: None if one is None else one.quantize(FEN) for name, one in amounts.items()}
    return {**shown, "price_unknown": exposure.is_unknown}


def _next_at(computed: _Computed) -> datetime | None:
    """When something happens by itself: also that the next started unit of a miss brings more."""
    one, exposure, grows_at = computed
    instants = (one.next_at, exposure.next_at if exposure else None, grows_at)
    return min((at for at in instants if at is not None), default=None)


def _tell_miss(row: ObligationRow, work: Work) -> None:
    """One event per miss: the key lets the database drop a second one (never twice)."""
    assert row.due_at is not None
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
