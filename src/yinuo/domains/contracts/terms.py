"""A contract as the kernel sees it: one fact with the figures its clauses read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.types import ContractTerms
from yinuo.kernel.facts import Fact


def get_terms(contract_id: int) -> ContractTerms:
    """The terms of a contract by its internal id, already scoped by the caller."""
    return _terms(Contract.objects.get(pk=contract_id))


def find_terms(contract_ids: Iterable[int]) -> dict[int, ContractTerms]:
    """The terms of several contracts by their internal ids; one query, none for none."""
    wanted = set(contract_ids)
    found = Contract.objects.filter(pk__in=wanted) if wanted else ()
    return {contract.pk: _terms(contract) for contract in found}


def _terms(contract: Contract) -> ContractTerms:
    return ContractTerms(
        public_id=contract.public_id,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        kind=contract.kind,
        total=contract.total,
        annual_fee=contract.annual_fee,
        parameters=contract.parameters,
    )


def contract_fact(terms: ContractTerms, zone: str) -> Fact:
    """The fact `signed` on `contract:<public id>`.

    It occurred at 00:00 of the start date in the zone given. Attributes: total, annual_fee,
    contract_kind, starts_on, ends_on and every parameter of the contract.
    """
    signed_at = datetime.combine(terms.starts_on, time(), ZoneInfo(zone))
    figures = {
        "total": terms.total,
        "annual_fee": terms.annual_fee,
        "contract_kind": terms.kind or None,
        "starts_on": terms.starts_on.isoformat(),
        "ends_on": terms.ends_on.isoformat() if terms.ends_on else None,
    }
    attrs = {**terms.parameters, **{k: v for k, v in figures.items() if v is not None}}
    return Fact(f"contract:{terms.public_id}", "signed", signed_at, signed_at, attrs)
