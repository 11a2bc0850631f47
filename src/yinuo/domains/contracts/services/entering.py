"""What a person enters about a contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class ContractData:
    """What a person enters about a contract. Ids are public ids.

    `site_ids` and `asset_ids` narrow it; both empty covers the whole customer.
    """

    number: str
    plan_version_id: object
    starts_on: date
    ends_on: date | None = None
    kind: str = ""
    total: Decimal | None = None
    annual_fee: Decimal | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    site_ids: Sequence[object] = ()
    asset_ids: Sequence[object] = ()
    # What is free while it is in force; None keeps what there is, all three for a new one.
    covers: Sequence[str] | None = None
    # The delivery it belongs to (public id); None keeps what there is.
    project_id: object = None
    # Days before its end on which the account manager is told; None: as set for all.
    remind_days: int | None = None
    # Who is in charge of what it promises itself (public id of a person); None keeps what there is.
    responsible_id: object = None
    # The plan's package that is bought with it; only a new contract takes one.
    package: str = ""
    # Follows another contract, with which the plan's papers were promised already.
    is_renewal: bool = False
