"""Which contracts are there already, many rows at once: for imports and exports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


@dataclass(frozen=True, slots=True)
class KnownContract:
    """A contract as a row of a file. `ends_on` is the first day it no longer holds."""

    id: int
    public_id: UUID
    version: int
    customer_public_id: UUID
    customer_name: str
    number: str
    plan_code: str
    plan_number: int
    plan_version_id: UUID
    kind: str
    starts_on: date
    ends_on: date | None
    total: Decimal | None
    annual_fee: Decimal | None
    parameters: dict[str, Any]
    remind_days: int | None
    responsible: str
    responsible_id: UUID | None
    site_ids: tuple[UUID, ...]
    site_names: tuple[str, ...]
    asset_ids: tuple[UUID, ...]
    asset_serials: tuple[str, ...]


def known_contracts(
    actor: Actor,
    permission: Permission,
    *,
    customer_ids: Collection[UUID] = (),
    numbers: Collection[str] = (),
    public_ids: Collection[UUID] = (),
) -> list[KnownContract]:
    """Contracts of these numbers at these customers, or of these ids."""
    found = visible_contracts(actor, permission).filter(
        Q(customer__public_id__in=customer_ids, number__in=numbers) | Q(public_id__in=public_ids)
    )
    return _contracts(found.order_by("id"))


def contracts_after(actor: Actor, last_id: int, limit: int) -> list[KnownContract]:
    """The next visible contracts behind a row number, in the order they were made."""
    return _contracts(visible_contracts(actor).filter(id__gt=last_id).order_by("id")[:limit])


def _contracts(found: QuerySet[Contract]) -> list[KnownContract]:
    rows = found.select_related("customer", "plan_version", "responsible").defer(
        "plan_version__source"
    )
    return [_row(one) for one in rows.prefetch_related("coverage__site", "coverage__asset")]


def _row(contract: Contract) -> KnownContract:
    coverage = sorted(contract.coverage.all(), key=lambda row: row.pk)
    sites = [row.site for row in coverage if row.site]
    assets = [row.asset for row in coverage if row.asset]
    return KnownContract(
        id=contract.pk,
        public_id=contract.public_id,
        version=contract.version,
        customer_public_id=contract.customer.public_id,
        customer_name=contract.customer.name,
        number=contract.number,
        plan_code=contract.plan_version.code,
        plan_number=contract.plan_version.number,
        plan_version_id=contract.plan_version.public_id,
        kind=contract.kind,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        total=contract.total,
        annual_fee=contract.annual_fee,
        parameters=contract.parameters,
        remind_days=contract.remind_days,
        responsible=contract.responsible.name if contract.responsible else "",
        responsible_id=contract.responsible.public_id if contract.responsible else None,
        site_ids=tuple(site.public_id for site in sites),
        site_names=tuple(site.name for site in sites),
        asset_ids=tuple(asset.public_id for asset in assets),
        asset_serials=tuple(asset.serial for asset in assets),
    )
