"""What repair orders take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RepairData:
    """A device that is to be sent in, named by the serial number on its plate.

    Empty, the serial is that of the request's asset. `owner_reason` says who owns a device now that
    is registered with another customer.
    """

    request_id: object
    fault: str
    serial: str = ""
    accessories: str = ""
    pick_up: bool = False
    owner_reason: str = ""


@dataclass(frozen=True, slots=True)
class RepairDoing:
    """One act on a repair order; which of the fields it needs its kind says."""

    kind: str
    text: str = ""
    done_at: datetime | None = None
    # Of the unit that arrived.
    serial: str = ""
    # Who has the data, when the backup is confirmed.
    said_by: str = ""
    is_paid: bool | None = None
    waybill: str = ""
    supplier: str = ""
    reference: str = ""
    amount: Decimal | None = None
    until: date | None = None
    new_model: str = ""
    new_serial: str = ""


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A repair order in a list. `due_at` is the next promise that runs, `is_late` if it is over."""

    public_id: UUID
    version: int
    number: str
    state: str
    serial: str
    model: str
    fault: str
    is_paid: bool
    customer_public_id: UUID
    customer_name: str
    unit_id: int
    unit_name: str
    asset_public_id: UUID
    asset_name: str
    request_public_id: UUID
    request_number: str
    opened_at: datetime
    due_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class RepairStepView:
    """One thing done with a repair order."""

    kind: str
    text: str
    waybill: str
    amount: Decimal | None
    until: datetime | None
    done_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg of the way and when it was done; `waybill` of a transport."""

    kind: str
    done_at: datetime | None
    waybill: str = ""
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class RepairView:
    """A repair order with everything done, and what this actor may do with it now."""

    row: RepairRow
    accessories: str
    pick_up: bool
    owner_reason: str
    opened_by: str
    backup_at: datetime | None
    backup_by: str
    promised_until: datetime | None
    new_model: str
    new_serial: str
    supplier: str
    supplier_reference: str
    claimed_amount: Decimal | None
    claimed_at: datetime | None
    settled_amount: Decimal | None
    settled_at: datetime | None
    ended_at: datetime | None
    legs: tuple[Leg, ...]
    steps: tuple[RepairStepView, ...]
    acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class OwnRepair:
    """A repair order as the customer sees it; `asks_backup` while he has not confirmed it."""

    public_id: UUID
    version: int
    number: str
    state: str
    serial: str
    model: str
    asset_name: str
    fault: str
    is_paid: bool
    request_public_id: UUID
    request_number: str
    opened_at: datetime
    promised_until: datetime | None
    backup_at: datetime | None
    asks_backup: bool
    legs: tuple[Leg, ...]
