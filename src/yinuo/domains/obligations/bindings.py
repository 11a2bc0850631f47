"""The frozen form of what a subject's promises depend on."""

from __future__ import annotations

from yinuo.domains.contracts.terms import kept_terms
from yinuo.domains.obligations.models import SubjectRow
from yinuo.domains.obligations.types import Binding


def binding_of(row: SubjectRow) -> Binding:
    """The frozen form of a stored binding."""
    return Binding(
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        customer_id=row.customer_id,
        unit_id=row.unit_id,
        plan_version_id=row.plan_version_id,
        contract_id=row.contract_id,
        zone=row.zone,
        terms=kept_terms(row.terms) if row.terms else None,
        owner_id=row.owner_id,
    )
