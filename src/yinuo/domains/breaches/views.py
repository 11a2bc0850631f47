"""Rows of the ledger in the frozen form that surfaces get."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from yinuo.domains.breaches.models import Act, Breach, Entry, LegCorrection, Right, Share
from yinuo.domains.breaches.shares import parts_of, weights_of
from yinuo.domains.breaches.types import (
    ActView,
    BreachRow,
    EntryView,
    LegCorrectionView,
    RightView,
    ShareView,
)
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.kernel.plan.clauses import Clause
from yinuo.kernel.plan.text import Text


def clause_of(row: Breach) -> Clause:
    """The clause as the plan version of the case has it."""
    return compiled_plan(row.plan_version_id).plan.clause(row.clause)


def title_of(row: Breach) -> Text:
    """The title of the promise missed, as the plan version of the case has it."""
    return compiled_plan(row.plan_version_id).wording.title(clause_of(row), row.position)


def breach_row(row: Breach) -> BreachRow:
    """A breach read with customer, contract, unit and owner."""
    clause, title = clause_of(row), title_of(row)
    return BreachRow(
        id=row.pk,
        public_id=row.public_id,
        version=row.version,
        state=row.state,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        customer_public_id=row.customer.public_id,
        customer_name=row.customer.name,
        contract_public_id=row.contract.public_id if row.contract else None,
        contract_number=row.contract.number if row.contract else "",
        unit_name=row.unit.name,
        clause=row.clause,
        clause_number=clause.number,
        title_zh=title.zh,
        title_en=title.en,
        due_at=row.due_at,
        ended_at=row.ended_at,
        late_seconds=row.late_seconds,
        amount=row.amount,
        currency=row.currency,
        owner_name=row.owner.name if row.owner else "",
        has_price=row.entered > 0,
    )


def entry_view(row: Entry) -> EntryView:
    """An entry read with its breach, approval and place on a statement."""
    breach = row.breach
    clause, title = clause_of(breach), title_of(breach)
    approval, stated = getattr(row, "approval", None), getattr(row, "stated", None)
    return EntryView(
        id=row.pk,
        public_id=row.public_id,
        breach_public_id=breach.public_id,
        contract_id=breach.contract_id,
        subject_type=breach.subject_type,
        subject_id=breach.subject_id,
        clause_number=clause.number,
        clause_title_zh=title.zh,
        clause_title_en=title.en,
        kind=row.kind,
        remedy=row.remedy,
        paid_by=row.paid_by,
        amount=row.amount,
        currency=row.currency,
        base=row.base,
        base_name=row.base_name,
        computation_zh=row.computation_zh,
        computation_en=row.computation_en,
        reason=row.reason,
        incurred_at=row.incurred_at,
        entered_at=row.entered_at,
        entered_by=row.entered_by,
        approved_at=approval.approved_at if approval else None,
        approved_by=approval.approved_by if approval else "",
        statement_id=stated.statement_id if stated else None,
        statement_number=stated.statement_number if stated else "",
    )


def right_view(row: Right) -> RightView:
    """A right read with its breach."""
    return RightView(
        public_id=row.public_id,
        version=row.version,
        breach_public_id=row.breach.public_id,
        remedy=row.remedy,
        kind=row.kind,
        text_zh=row.text_zh,
        text_en=row.text_en,
        extends=row.extends,
        extends_days=row.extends_days,
        extends_months=row.extends_months,
        state=row.state,
        reason=row.reason,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )


def act_view(row: Act) -> ActView:
    """Something done about a breach."""
    return ActView(
        kind=row.kind,
        side=row.side,
        state_before=row.state_before,
        state_after=row.state_after,
        amount=row.amount,
        reason=row.reason,
        at=row.at,
        actor=row.actor_label,
    )


def share_views(rows: Iterable[Share], amount: Decimal, currency: str) -> tuple[ShareView, ...]:
    """The shares of one breach, read with their units, each with its part of the money."""
    found = list(rows)
    weights = weights_of([row.late_seconds for row in found], [row.seconds for row in found])
    parts = parts_of(amount, currency, weights)
    return tuple(
        ShareView(row.leg, row.unit.name if row.unit else "", row.seconds, row.late_seconds, part)
        for row, part in zip(found, parts, strict=True)
    )


def leg_correction_view(row: LegCorrection) -> LegCorrectionView:
    """A correction read with its unit."""
    return LegCorrectionView(
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        leg=row.leg,
        unit_name=row.unit.name if row.unit else "",
        reason=row.reason,
        at=row.at,
        actor=row.actor_label,
    )
