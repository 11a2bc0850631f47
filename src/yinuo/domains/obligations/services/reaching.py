"""Supplements that reach back: cases since the day they take effect get the terms of their day."""

from __future__ import annotations

import hashlib

from yinuo.domains.contracts.subjects import ContractSubject
from yinuo.domains.obligations.models import ContractLook
from yinuo.domains.obligations.reaching import begun_by, cases_with_terms, terms_anew
from yinuo.platform.journal.bulk import update_together


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
    rows = list(cases_with_terms(contract.id).select_for_update().order_by("id"))
    begun = begun_by(row.subject_id for row in rows)
    changed = []
    for row in rows:
        terms = terms_anew(row, begun[row.subject_id], contract.changes)
        if terms != row.terms:
            row.terms, row.terms_changed = terms, True
            changed.append(row)
    update_together(changed, ("terms", "terms_changed"))
