"""A contract as the kernel sees it: one fact with the figures its clauses read."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from yinuo.domains.contracts.models import Contract
from yinuo.kernel.facts import Fact


def contract_fact(contract_id: int, zone: str) -> Fact:
    """The fact `signed` on `contract:<public id>`, from the contract's own row.

    It occurred at 00:00 of the start date in the zone given. Attributes: total, annual_fee,
    starts_on, ends_on and every parameter of the contract.
    """
    contract = Contract.objects.get(pk=contract_id)
    signed_at = datetime.combine(contract.starts_on, time(), ZoneInfo(zone))
    figures = {
        "total": contract.total,
        "annual_fee": contract.annual_fee,
        "contract_kind": contract.kind or None,
        "starts_on": contract.starts_on.isoformat(),
        "ends_on": contract.ends_on.isoformat() if contract.ends_on else None,
    }
    attrs = contract.parameters | {k: v for k, v in figures.items() if v is not None}
    return Fact(f"contract:{contract.public_id}", "signed", signed_at, signed_at, attrs)
