"""Repairs of parts in a depot's own workshop: their states and what is handed out of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

FEN = Decimal("0.01")


class PartRepairState(StrEnum):
    """Where a part taken for repair is: on the bench, with its supplier, or how it ended."""

    IN_WORK = "in_work"
    WITH_SUPPLIER = "with_supplier"
    REPAIRED = "repaired"
    SCRAPPED = "scrapped"
    PUT_BACK = "put_back"
    CREDITED = "credited"


OPEN_REPAIRS = frozenset({PartRepairState.IN_WORK, PartRepairState.WITH_SUPPLIER})
# What work on the bench comes to, and what a supplier's answer does.
RESULTS = (
    PartRepairState.REPAIRED,
    PartRepairState.SCRAPPED,
    PartRepairState.WITH_SUPPLIER,
    PartRepairState.PUT_BACK,
)
ANSWERS = (PartRepairState.REPAIRED, PartRepairState.CREDITED, PartRepairState.SCRAPPED)


@dataclass(frozen=True, slots=True)
class TakenForRepair:
    """One faulty part of a depot: a piece by its serial number, or one of a lot or number."""

    part_id: object
    fault: str
    serial: str = ""
    lot: str = ""
    worker_id: object = None


@dataclass(frozen=True, slots=True)
class RepairResult:
    """What was done on the bench and what came of it. `reason` says why a part is scrapped or put
    back; `supplier` takes one that is sent in."""

    outcome: str
    work_done: str = ""
    hours: Decimal | None = None
    tested: str = ""
    supplier: str = ""
    claim_number: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SupplierAnswer:
    """What the supplier did: the part came back good, money was granted, or neither."""

    outcome: str
    granted: Decimal | None = None
    tested: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """One kind of faulty part that can be taken from a depot; a piece has its serial number."""

    part_id: UUID
    number: str
    name: str
    serial: str
    lot: str
    quantity: int


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """Good parts out of stock that a repair used; `value` only for who sees costs."""

    part_id: UUID
    number: str
    name: str
    measure: str
    serial: str
    quantity: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class PartRepairRow:
    """A repair of a part. Money only for who sees what parts cost."""

    public_id: UUID
    version: int
    number: str
    state: str
    depot_id: UUID
    depot_name: str
    depot_unit_id: int
    part_id: UUID
    part_number: str
    part_name: str
    piece_id: UUID | None
    serial: str
    lot: str
    fault: str
    worker_id: UUID
    worker_name: str
    taken_at: datetime
    taken_by: str
    work_done: str
    hours: Decimal | None
    tested: str
    finished_at: datetime | None
    finished_by: str
    supplier: str
    claim_number: str
    granted: Decimal | None
    settled_at: datetime | None
    settled_by: str
    reason: str
    value: Decimal | None
    material_cost: Decimal | None
    hour_cost: Decimal | None
    materials: tuple[MaterialRow, ...] = ()

    @property
    def is_open(self) -> bool:
        """True while the part is neither on a shelf nor gone."""
        return self.state in OPEN_REPAIRS

    @property
    def labour_cost(self) -> Decimal | None:
        """What the hours come to."""
        return labour(self.hours, self.hour_cost)

    @property
    def cost(self) -> Decimal | None:
        """What the repair cost: its material and its hours."""
        if self.material_cost is None:
            return None
        return self.material_cost + (self.labour_cost or Decimal(0))

    def days(self, now: datetime) -> int:
        """Whole days since it was taken, until it ended."""
        ended = now if self.is_open else self.settled_at or self.finished_at or now
        return (ended - self.taken_at).days


def labour(hours: Decimal | None, hour_cost: Decimal | None) -> Decimal | None:
    """Hours at what one costs, to the fen.

    >>> labour(Decimal("1.5"), Decimal("80.00"))
    Decimal('120.00')
    """
    if hours is None or hour_cost is None:
        return None
    return (hours * hour_cost).quantize(FEN, ROUND_HALF_UP)
