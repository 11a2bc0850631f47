"""Ladders act: each step of an open promise is taken once, and the persons in its roles are told.

Steps are worked out from the plan at the instant of computing, so a due time that moves takes the
steps not yet taken with it. What was taken stands in a row that the database takes only once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from yinuo.domains.network.roster import Found, Holder, Roster, read_roster
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.obligations.models import EscalationRow, ObligationRow
from yinuo.kernel.evaluation import Evaluation, Obligation
from yinuo.kernel.evaluation.ladder import Rung
from yinuo.kernel.plan.clauses import Clause, LadderStep
from yinuo.platform.journal.work import Work

TOPIC = "escalation"
# Roles of plans that have another name among the roles of people.
_HELD_AS = {
    "support_manager": "customer_support_manager",
    "expert": "technical_supervisor",
    "development_engineer": "system_engineer",
    "salesperson": "account_manager",
    "return_visitor": "quality",
}


class Rungs(NamedTuple):
    """The steps of one open obligation up to now, taken or not."""

    row: ObligationRow
    clause: Clause
    rungs: tuple[Rung, ...]


class Step(NamedTuple):
    """A step to be taken now. `is_told` is false when a later repetition is told instead."""

    row: ObligationRow
    clause: Clause
    rung: Rung
    repetition: int
    is_told: bool


def rungs_of(evaluation: Evaluation | None, one: Obligation, row: ObligationRow) -> Iterable[Rungs]:
    """The steps that an open obligation has come to; nothing when there are none."""
    if evaluation is None or not one.is_open or one.started_at is None:
        return ()
    if one.started_at >= evaluation.as_of:
        return ()
    rungs = evaluation.escalations(one)
    clause = evaluation.evaluator.plan.clause(one.clause_id)
    return (Rungs(row, clause, rungs),) if rungs else ()


def take_steps(reached: Sequence[Rungs], work: Work) -> None:
    """Take every step that was not taken yet, and tell. Joins the running step.

    The caller holds the subjects' locks, so nobody takes the same step at the same time.
    """
    if not reached:
        return
    subjects = list({one.row.subject_id for one in reached})
    taken = set(
        EscalationRow.objects.filter(subject_id__in=subjects).values_list(
            "obligation_id", "step", "repetition"
        )
    )
    steps = [step for one in reached for step in _untaken(one, taken)]
    if not steps:
        return
    roster = read_roster()
    for step in steps:
        work.add(_row(step, work.now))
        if step.is_told:
            _tell(step, roster, work)


def _untaken(one: Rungs, taken: set[Any]) -> Iterable[Step]:
    counted: dict[int, int] = {}
    found = []
    for rung in one.rungs:
        repetition = counted.get(rung.step, 0)
        counted[rung.step] = repetition + 1
        if (one.row.public_id, rung.step, repetition) not in taken:
            found.append((rung, repetition))
    last = {rung.step: repetition for rung, repetition in found}
    for rung, repetition in found:
        yield Step(one.row, one.clause, rung, repetition, last[rung.step] == repetition)


def _row(step: Step, now: datetime) -> EscalationRow:
    assert step.row.due_at is not None
    return EscalationRow(
        obligation_id=step.row.public_id,
        subject_id=step.row.subject_id,
        step=step.rung.step,
        repetition=step.repetition,
        at=step.rung.at,
        taken_at=now,
        due_at=step.row.due_at,
        told=step.is_told,
    )


def _tell(step: Step, roster: Roster, work: Work) -> None:
    told: set[int] = set()
    for role in step.rung.notify:
        found = _found(role, step.row, roster)
        fresh = [one for one in found.holders if one.person_id not in told]
        told.update(one.person_id for one in fresh)
        notify(work, _telling(step, role, found), fresh, step.rung.by)


def _found(role: str, row: ObligationRow, roster: Roster) -> Found:
    if role == "owner":
        owner: Holder | None = roster.person(row.owner_id)
        if owner is not None:
            return Found((owner,), is_meant=True)
        return roster.superiors(None, row.unit_id)._replace(is_meant=False)
    if role == "owner_superior":
        return roster.superiors(row.owner_id, row.unit_id)
    return roster.holders((_HELD_AS.get(role, role),), row.unit_id)


def _telling(step: Step, role: str, found: Found) -> Telling:
    row, clause = step.row, step.clause
    assert row.due_at is not None
    data = {
        "obligation": str(row.public_id),
        "number": clause.number or clause.id,
        "title_zh": clause.title.zh,
        "title_en": clause.title.en,
        "due_at": row.due_at.isoformat(),
        "percent": _percent(clause.ladder[step.rung.step]),
        "is_over": step.rung.at >= row.due_at,
        "repetition": step.repetition,
        "role": role,
        "is_meant": found.is_meant,
    }
    return Telling(TOPIC, row.subject_type, row.subject_id, row.unit_id, data)


def _percent(step: LadderStep) -> int | None:
    return None if step.percent is None else int(step.percent)
