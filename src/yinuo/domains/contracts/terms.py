"""A contract as the kernel sees it: one fact with the figures its clauses read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.forms.models import model_to_dict

from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.types import ContractTerms
from yinuo.kernel.facts import Fact


def get_terms(contract_id: int, day: date | None = None) -> ContractTerms:
    """The terms of a contract by its internal id, already scoped by the caller.

    With a day the supplements in effect by then have changed them; else as first signed.
    """
    return terms_of(Contract.objects.get(pk=contract_id), day)


def terms_of(contract: Contract, day: date | None = None) -> ContractTerms:
    """The same for a contract already read; with its supplements prefetched, without a query."""
    figures: dict[str, Any] = {
        "total": contract.total,
        "annual_fee": contract.annual_fee,
        "ends_on": contract.ends_on,
        "parameters": contract.parameters,
    }
    if day is not None:
        for one in sorted(contract.supplements.all(), key=lambda one: (one.effective_on, one.pk)):
            if one.effective_on <= day:
                figures = supplemented(figures, model_to_dict(one))
    return ContractTerms(
        public_id=contract.public_id, starts_on=contract.starts_on, kind=contract.kind, **figures
    )


def supplemented(figures: Mapping[str, Any], supplement: Mapping[str, Any]) -> dict[str, Any]:
    """Figures of a contract with what a supplement says; what it leaves out stays."""
    given = {name: supplement[name] for name in ("total", "annual_fee", "ends_on")}
    changed = {name: value for name, value in given.items() if value is not None}
    parameters = {**figures["parameters"], **supplement["parameters"]}
    return {**figures, **changed, "parameters": parameters}


def terms_to_keep(terms: ContractTerms) -> dict[str, Any]:
    """Terms as JSON, for a case that keeps those it began with."""
    return {
        "public_id": str(terms.public_id),
        "starts_on": terms.starts_on.isoformat(),
        "ends_on": terms.ends_on.isoformat() if terms.ends_on else None,
        "kind": terms.kind,
        "total": None if terms.total is None else str(terms.total),
        "annual_fee": None if terms.annual_fee is None else str(terms.annual_fee),
        "parameters": dict(terms.parameters),
    }


def kept_terms(data: Mapping[str, Any]) -> ContractTerms:
    """The terms that `terms_to_keep` wrote."""
    return ContractTerms(
        public_id=UUID(data["public_id"]),
        starts_on=date.fromisoformat(data["starts_on"]),
        ends_on=date.fromisoformat(data["ends_on"]) if data["ends_on"] else None,
        kind=data["kind"],
        total=None if data["total"] is None else Decimal(data["total"]),
        annual_fee=None if data["annual_fee"] is None else Decimal(data["annual_fee"]),
        parameters=data["parameters"],
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
