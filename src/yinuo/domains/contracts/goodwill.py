"""The goodwill a contract gives by the figures it or its plan sets, after its cover has ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from yinuo.domains.contracts.figures import set_figures
from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.terms import terms_of
from yinuo.domains.contracts.types import ContractTerms
from yinuo.domains.contracts.warranty import ClauseTerm
from yinuo.kernel.cover.goodwill import DAYS, UP_TO, Goodwill, goodwill


def goodwill_figures(plan_version_id: int, terms: ContractTerms) -> dict[str, Decimal]:
    """The figures of the rule: the contract's own first, then the plan's; empty without any."""
    return set_figures(plan_version_id, terms.parameters, (DAYS, UP_TO))


def goodwill_of(
    figures: dict[str, Decimal], terms: ContractTerms, clauses: Sequence[ClauseTerm]
) -> Goodwill | None:
    """The goodwill after the later of the contract's service and its warranty of the work."""
    return goodwill(figures, _ended_on(terms, clauses))


def _ended_on(terms: ContractTerms, clauses: Sequence[ClauseTerm]) -> date | None:
    """The first day without cover. A contract with a fee serves to its end; a sale as long as its
    warranty, or to its end where no warranty of the work is known."""
    known = [one.until for one in clauses if one.is_of_work and one.until]
    if terms.annual_fee is not None or not known:
        return None if terms.ends_on is None else max([terms.ends_on, *known])
    return max(known)


def goodwill_limit(contract: Contract, day: date) -> Decimal | None:
    """Up to which amount the contract gives goodwill for a case reported on a day; None without."""
    parameters = terms_of(contract, day).parameters
    return set_figures(contract.plan_version_id, parameters, (UP_TO,)).get(UP_TO)
