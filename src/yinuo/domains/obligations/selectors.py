"""Reading facts and obligations; lists are limited to what the actor may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.computing import evaluated, stored_facts
from yinuo.domains.obligations.exposure_types import NO_BOUNDS, Bounds, PromiseMoney
from yinuo.domains.obligations.models import (
    ChangeRow,
    EscalationRow,
    FactRow,
    ObligationRow,
    SubjectRow,
)
from yinuo.domains.obligations.policies import visible_obligations
from yinuo.domains.obligations.types import (
    CausingFact,
    ChangeView,
    EscalationView,
    Explanation,
    FactView,
    ObligationView,
)
from yinuo.platform.errors import NotFound
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of


def list_obligations(
    actor: Actor,
    *,
    subject_id: object = None,
    state: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[ObligationView]:
    """Visible obligations, newest first; of one subject, or in one state, when given."""
    rows = visible_obligations(actor)
    if state:
        rows = rows.filter(state=state)
    if subject_id is not None:
        rows = rows.filter(subject_id=identity(subject_id))
    return page_of(rows, order=("-id",), cursor=cursor, limit=limit).map(obligation_view)


def get_obligation(actor: Actor, public_id: object) -> ObligationView:
    """One visible obligation; NotFound otherwise."""
    return obligation_view(one_of(visible_obligations(actor), public_id))


def obligations_of_subject(subject_id: UUID) -> list[ObligationView]:
    """A subject's obligations, the one due first leading. The caller has checked the subject."""
    rows = ObligationRow.objects.filter(subject_id=subject_id)
    views = [obligation_view(row) for row in rows]
    return sorted(views, key=lambda one: (one.due_at is None, one.due_at, one.clause))


def facts_of_subject(subject_id: UUID) -> list[FactView]:
    """A subject's facts, the latest occurrence first. The caller has checked the subject."""
    rows = FactRow.objects.filter(subject_id=subject_id).order_by("-occurred_at", "-id")
    return [fact_view(row) for row in rows]


def get_explanation(actor: Actor, obligation_id: object, now: datetime) -> Explanation:
    """Why a visible obligation is due when it is: made now, from plan and facts."""
    row = one_of(visible_obligations(actor), obligation_id)
    binding = binding_of(SubjectRow.objects.get(subject_id=row.subject_id))
    evaluation = evaluated(binding, stored_facts(binding), now)
    if evaluation is None:
        raise NotFound
    for one in evaluation.of_subject(binding.subject):
        if (one.clause_id, one.number) == (row.clause, row.position):
            lines = evaluation.explain(one)
            return Explanation(tuple(line.zh for line in lines), tuple(line.en for line in lines))
    raise NotFound


def list_changes(actor: Actor, obligation_id: object) -> list[ChangeView]:
    """What changed about a visible obligation since it began, newest first."""
    row = one_of(visible_obligations(actor), obligation_id)
    changes = ChangeRow.objects.filter(subject_id=row.subject_id, obligation_id=row.public_id)
    return [_change_view(change) for change in changes.order_by("-id")]


def list_escalations(actor: Actor, obligation_id: object) -> list[EscalationView]:
    """The steps of its ladder that a visible obligation has taken, in order."""
    row = one_of(visible_obligations(actor), obligation_id)
    ladder = compiled_plan(row.plan_version_id).plan.clause(row.clause).ladder
    steps = EscalationRow.objects.filter(subject_id=row.subject_id, obligation_id=row.public_id)
    return [
        EscalationView(
            step=one.step,
            repetition=one.repetition,
            at=one.at,
            taken_at=one.taken_at,
            told=one.told,
            percent=int(percent) if (percent := ladder[one.step].percent) is not None else None,
            roles=ladder[one.step].notify,
            channels=ladder[one.step].by,
        )
        for one in steps.order_by("at", "id")
    ]


def changes_of_subject(subject_id: UUID) -> list[ChangeView]:
    """What changed about all promises of a subject, newest first; the caller has checked it."""
    changes = ChangeRow.objects.filter(subject_id=subject_id).order_by("-id")
    return [_change_view(change) for change in changes]


def subject_version(subject_id: UUID) -> int:
    """Grows with every change of a subject's promises, also by a worker; for live pages."""
    changes = ChangeRow.objects.filter(subject_id=subject_id).order_by("-id")
    return changes.values_list("id", flat=True).first() or 0


def obligation_view(row: ObligationRow) -> ObligationView:
    """The frozen form of a row, with the clause's title from its plan version."""
    compiled = compiled_plan(row.plan_version_id)
    clause = compiled.plan.clause(row.clause)
    title = compiled.wording.title(clause, row.position)
    return ObligationView(
        public_id=row.public_id,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        clause=row.clause,
        title_zh=title.zh,
        title_en=title.en,
        state=row.state,
        started_at=row.started_at,
        due_at=row.due_at,
        ended_at=row.ended_at,
        late_seconds=row.late_seconds,
        provisional=row.provisional,
        number=clause.number,
    )


def priced_view(row: ObligationRow, bounds: Bounds = NO_BOUNDS) -> ObligationView:
    """The frozen form of a row with its money. The caller has checked the right to see it."""
    view = obligation_view(row)
    if row.accrued is None:
        return view
    late = (row.late_hour, row.late_day, row.late_week)
    at_most = bounds.get(row.contract_id, {})
    return replace(view, money=PromiseMoney(row.accrued, *late, row.price_unknown, at_most))


def fact_view(row: FactRow) -> FactView:
    """The frozen form of a fact."""
    return FactView(
        public_id=row.public_id,
        kind=row.kind,
        occurred_at=row.occurred_at,
        received_at=row.received_at,
        source=row.source,
        attrs=row.attrs,
        actor=row.actor_label,
        recorded_by=row.user_id,
    )


def _change_view(row: ChangeRow) -> ChangeView:
    return ChangeView(
        obligation_id=row.obligation_id,
        at=row.at,
        cause=row.cause,
        facts=tuple(
            CausingFact(one["kind"], datetime.fromisoformat(one["occurred_at"]))
            for one in row.facts
        ),
        actor=row.actor_label,
        old_state=row.old_state,
        new_state=row.new_state,
        old_due_at=row.old_due_at,
        new_due_at=row.new_due_at,
        old_ended_at=row.old_ended_at,
        new_ended_at=row.new_ended_at,
    )
