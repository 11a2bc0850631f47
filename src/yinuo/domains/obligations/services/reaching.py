"""Supplements that reach back: cases since the day they take effect get the terms of their day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from yinuo.domains.contracts.subjects import ContractSubject
from yinuo.domains.contracts.terms import kept_terms, supplemented, terms_to_keep
from yinuo.domains.contracts.types import ContractTerms
from yinuo.domains.obligations.contract_facts import CONTRACT
from yinuo.domains.obligations.models import ContractLook, SubjectRow
from yinuo.domains.obligations.reaching import begun_by, day_in
from yinuo.platform.journal.bulk import update_together

Changes = Iterable[tuple[date, Mapping[str, Any]]]


def follow_supplements(look: ContractLook, contract: ContractSubject) -> None:
    """Give the contract's cases the terms of the day they began, and mark those that changes.

    Terms are read for that day, the one on which a case reads them when it begins; so a supplement
    that reaches back never touches a case from before it. A worker computes the marked ones anew.
    Nothing is read while the supplements are those of the last look.
    """
    said = str([(str(day), sorted(changed.items())) for day, changed in contract.changes])
    told = hashlib.sha256(said.encode()).hexdigest() if contract.changes else ""
    if told == look.changes:
        return
    look.changes = told
    cases = SubjectRow.objects.filter(contract_id=contract.id, terms__isnull=False)
    rows = list(cases.exclude(subject_type=CONTRACT).select_for_update().order_by("id"))
    begun = begun_by(row.subject_id for row in rows)
    changed = []
    for row in rows:
        assert row.terms is not None, "only cases with terms were read"
        day = day_in(row.zone, begun[row.subject_id].occurred_at)
        terms = terms_to_keep(_as_of(kept_terms(row.terms), contract.changes, day))
        if terms != row.terms:
            row.terms, row.terms_changed = terms, True
            changed.append(row)
    update_together(changed, ("terms", "terms_changed"))


def _as_of(kept: ContractTerms, changes: Changes, day: date) -> ContractTerms:
    """What a case keeps, with everything supplements say for its day laid over it once more."""
    names = ("total", "annual_fee", "ends_on")
    figures: dict[str, Any] = {name: getattr(kept, name) for name in (*names, "parameters")}
    for effective_on, changed in changes:
        if effective_on <= day:
            figures = supplemented(figures, _written(changed))
    return ContractTerms(
        public_id=kept.public_id, starts_on=kept.starts_on, kind=kept.kind, **figures
    )


def _written(changed: Mapping[str, Any]) -> dict[str, Any]:
    """A supplement as `ContractSubject.changes` holds it, in the form terms are supplemented by."""
    given = dict(changed)
    ends_on = given.pop("ends_on", None)
    return {
        "total": given.pop("total", None),
        "annual_fee": given.pop("annual_fee", None),
        "ends_on": date.fromisoformat(ends_on) if ends_on else None,
        "parameters": given,
    }
