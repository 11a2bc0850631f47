"""Pauses as claims: what each clause says of a pause, and until when its customer may object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.computing import evaluated, stored_facts
from yinuo.domains.obligations.models import SubjectRow
from yinuo.kernel.evaluation import Evaluation, Obligation
from yinuo.kernel.evaluation.results import Pause
from yinuo.kernel.plan.clauses import Acknowledgement, Deadline, Stop
from yinuo.kernel.plan.limits import Amount


@dataclass(frozen=True, slots=True)
class ClaimedClause:
    """What one clause makes of a pause. `why` says why it does not count, or counts in part.

    `until`: the last instant at which an objection is heard; None where the plan sets no window.
    """

    clause: str
    number: str
    title_zh: str
    title_en: str
    counted: bool
    why: str
    needs: Acknowledgement
    until: datetime | None
    budget: Amount | None


@dataclass(frozen=True, slots=True)
class PauseClaim:
    """A pause with what every running clause that knows its reason makes of it."""

    reason: str
    began_at: datetime
    clauses: tuple[ClaimedClause, ...]

    @property
    def needs(self) -> Acknowledgement:
        """The most that any clause asks of the customer."""
        asked = {one.needs for one in self.clauses}
        order = (Acknowledgement.REQUIRED, Acknowledgement.UNLESS_OBJECTED)
        return next((one for one in order if one in asked), Acknowledgement.NONE)

    @property
    def until(self) -> datetime | None:
        """When the last window closes; None while one has no end, or where nobody may object."""
        heard = [one for one in self.clauses if one.needs is Acknowledgement.UNLESS_OBJECTED]
        ends = [one.until for one in heard if one.until is not None]
        return max(ends) if heard and len(ends) == len(heard) else None


def pause_claims(subject_id: UUID, now: datetime) -> tuple[PauseClaim, ...]:
    """The pauses of a subject as its clauses judge them, in order; the caller has checked it."""
    row = SubjectRow.objects.filter(subject_id=subject_id).first()
    if row is None:
        return ()
    binding = binding_of(row)
    facts = stored_facts(binding)
    if not any(fact.kind == "paused" for fact in facts):
        return ()
    evaluation = evaluated(binding, facts, now)
    if evaluation is None:
        return ()
    found: dict[tuple[datetime, str], dict[str, ClaimedClause]] = {}
    for obligation in evaluation.of_subject(binding.subject):
        for pause in obligation.pauses:
            judged = found.setdefault((pause.began_at, pause.reason), {})
            judged[obligation.clause_id] = _judged(evaluation, obligation, pause)
    return tuple(
        PauseClaim(reason, began_at, tuple(judged.values()))
        for (began_at, reason), judged in sorted(found.items())
    )


def _judged(evaluation: Evaluation, obligation: Obligation, pause: Pause) -> ClaimedClause:
    clause = evaluation.evaluator.plan.clause(obligation.clause_id)
    stop = _stop(clause, pause.reason)
    until = None
    if stop is not None and stop.objection_window is not None:
        subject = evaluation.world.subject(obligation.subject)
        clock = evaluation.evaluator.clock_of(clause, subject)
        window = stop.objection_window
        until = clock.move(pause.began_at, window.number, window.unit, ())
    return ClaimedClause(
        clause=clause.id,
        number=clause.number,
        title_zh=clause.title.zh,
        title_en=clause.title.en,
        counted=pause.counted,
        why=pause.why,
        needs=stop.acknowledgement if stop else Acknowledgement.NONE,
        until=until,
        budget=stop.budget if stop else None,
    )


def _stop(clause: object, reason: str) -> Stop | None:
    if not isinstance(clause, Deadline):
        return None
    return next((one for one in clause.stops if one.reason == reason), None)
