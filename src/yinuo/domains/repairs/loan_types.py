"""What standby units and their loans take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StandbyData:
    """A standby unit as it is registered; `place` says in words where it lies."""

    unit_id: object
    name: str
    model: str
    serial: str
    place: str = ""
    worth: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LoanData:
    """A loan: which unit for which request, until when, in which condition, on what basis."""

    standby_id: object
    request_id: object
    return_by: datetime
    condition: str
    basis: str
    reason: str = ""
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LoanDoing:
    """One act on a loan; which fields it needs its kind says."""

    kind: str
    text: str = ""
    done_at: datetime | None = None
    is_damaged: bool = False
    amount: Decimal | None = None
    return_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class LoanRow:
    """A loan in a list. `is_swap_due` once the customer's own device is fitted again."""

    public_id: UUID
    version: int
    number: str
    state: str
    basis: str
    reason: str
    standby_public_id: UUID
    name: str
    model: str
    serial: str
    unit_id: int
    customer_public_id: UUID
    customer_name: str
    request_public_id: UUID
    request_number: str
    asset_name: str
    is_other_model: bool
    delivered_at: datetime
    return_by: datetime
    is_overdue: bool
    condition_out: str
    lent_by: str
    ended_at: datetime | None
    condition_in: str
    is_damaged: bool
    to_bill: Decimal | None
    billed_at: datetime | None
    billed_as: str
    acts: frozenset[str] = frozenset()
    # The customer's asset that the unit became when he kept it.
    kept_as: UUID | None = None

    @property
    def waits_for_bill(self) -> bool:
        """True while money for it is to be charged."""
        return self.to_bill is not None and self.billed_at is None


@dataclass(frozen=True, slots=True)
class StandbyRow:
    """A standby unit and the loan that it is out on."""

    public_id: UUID
    version: int
    name: str
    model: str
    serial: str
    place: str
    worth: Decimal | None
    state: str
    unit_id: int
    unit_name: str
    loan: LoanRow | None = None


@dataclass(frozen=True, slots=True)
class StandbyOfRequest:
    """What the plan of a request says of a standby unit, and what was lent for it.

    `is_promised` while such a promise applies; `has_clause` when the plan knows one at all;
    `due_at` by when it is due.
    """

    has_clause: bool
    is_promised: bool
    due_at: datetime | None
    loans: tuple[LoanRow, ...]
    may_lend: bool
    may_ask: bool


@dataclass(frozen=True, slots=True)
class OwnLoan:
    """A standby unit as the customer who has it sees it."""

    number: str
    name: str
    model: str
    serial: str
    request_public_id: UUID
    request_number: str
    delivered_at: datetime
    return_by: datetime
