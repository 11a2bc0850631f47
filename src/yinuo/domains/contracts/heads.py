"""Short heads of contracts, for lists of things that belong to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.network.types import Actor


@dataclass(frozen=True, slots=True)
class ContractHead:
    """Number and customer of a contract."""

    public_id: UUID
    number: str
    customer_name: str


def find_contract_heads(actor: Actor, public_ids: Iterable[UUID]) -> dict[UUID, ContractHead]:
    """The heads of those contracts the actor may see, by public id; one query, none for no ids."""
    wanted = list(public_ids)
    if not wanted:
        return {}
    rows = visible_contracts(actor).filter(public_id__in=wanted)
    found = rows.values_list("public_id", "number", "customer__name")
    return {public_id: ContractHead(public_id, number, name) for public_id, number, name in found}
