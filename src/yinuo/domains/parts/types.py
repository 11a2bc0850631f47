"""What parts and their stock take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Tracking(StrEnum):
    """How closely a part is followed: every piece by its serial number, by lot, or by number."""

    SERIAL = "serial"
    LOT = "lot"
    BULK = "bulk"


class DepotKind(StrEnum):
    """Where a depot is: at headquarters, at a centre or partner, in an engineer's car."""

    HEADQUARTERS = "headquarters"
    CENTRE = "centre"
    CAR = "car"


class Condition(StrEnum):
    """Whether a part can go to a customer."""

    GOOD = "good"
    FAULTY = "faulty"


class MoveKind(StrEnum):
    """Why a part came or went."""

    RECEIPT = "receipt"
    TRANSFER_OUT = "transfer_out"
    TRANSFER_IN = "transfer_in"
    ISSUE = "issue"
    RETURN = "return"
    COUNT = "count"
    SCRAP = "scrap"
    REPAIR_OUT = "repair_out"
    REPAIR_IN = "repair_in"
    MATERIAL = "material"


class Place(StrEnum):
    """Where a piece is: in a depot, on its way, out at a customer, on the bench of a workshop,
    gone, or not found."""

    DEPOT = "depot"
    TRANSIT = "transit"
    OUT = "out"
    WORKSHOP = "workshop"
    SCRAPPED = "scrapped"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PartData:
    """A part of the catalogue as somebody enters it. `models` and `classes` say what it fits."""

    number: str
    name: str
    name_en: str = ""
    tracking: str = Tracking.BULK.value
    measure: str = ""
    models: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    cost: Decimal | None = None
    price: Decimal | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class DepotData:
    """A depot as somebody sets it up; a car has the person who drives it. Where parts are repaired,
    `hour_cost` is what an hour of the workshop costs."""

    name: str
    kind: str
    holder_id: object = None
    address: str = ""
    active: bool = True
    hour_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What came in: a number of one part, or the pieces with these serial numbers."""

    part_id: object
    quantity: int = 0
    lot: str = ""
    serials: tuple[str, ...] = ()
    unit_cost: Decimal | None = None
    condition: str = Condition.GOOD.value


@dataclass(frozen=True, slots=True)
class Taken:
    """What goes out of a depot: so many of a part, of one lot when named, or these pieces."""

    part_id: object
    quantity: int = 0
    lot: str = ""
    serials: tuple[str, ...] = ()
    condition: str = Condition.GOOD.value


@dataclass(frozen=True, slots=True)
class Counted:
    """What somebody found on the shelf. `expected` is what the books said when he began."""

    part_id: object
    expected: int
    quantity: int = 0
    lot: str = ""
    serials: tuple[str, ...] = ()
    condition: str = Condition.GOOD.value


@dataclass(frozen=True, slots=True)
class Carriage:
    """How parts travel, and when they are promised to arrive."""

    carrier: str = ""
    waybill: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of the catalogue, with what of it is in the depots the reader sees."""

    id: int
    public_id: UUID
    version: int
    number: str
    name: str
    name_en: str
    tracking: str
    measure: str
    models: tuple[str, ...]
    classes: tuple[str, ...]
    cost: Decimal | None
    price: Decimal | None
    active: bool
    on_hand: int = 0
    free: int = 0


@dataclass(frozen=True, slots=True)
class DepotRow:
    """A depot with how many parts lie there and what they cost."""

    id: int
    public_id: UUID
    version: int
    name: str
    kind: str
    unit_id: int
    unit_public_id: UUID
    unit_name: str
    holder_id: UUID | None
    holder_name: str
    address: str
    active: bool
    has_workshop: bool = False
    hour_cost: Decimal | None = None
    kinds: int = 0
    on_hand: int = 0
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StockRow:
    """How many of a part lie in a depot, in one lot and condition. `value` only for who sees
    what parts cost."""

    id: int
    part_id: UUID
    number: str
    name: str
    name_en: str
    tracking: str
    measure: str
    depot_id: UUID
    depot_name: str
    unit_name: str
    lot: str
    condition: str
    on_hand: int
    reserved: int
    minimum: int
    value: Decimal | None

    @property
    def free(self) -> int:
        """Those nobody has reserved."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One line of the ledger of a depot. `other` is the depot at the far end of a transfer."""

    public_id: UUID
    at: datetime
    kind: str
    part_id: UUID
    number: str
    name: str
    depot_id: UUID
    depot_name: str
    lot: str
    serial: str
    condition: str
    quantity: int
    value: Decimal | None
    reference: str
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class PieceRow:
    """One piece with a serial number and the one place where it is."""

    id: int
    public_id: UUID
    part_id: UUID
    number: str
    name: str
    serial: str
    place: str
    depot_id: UUID | None
    depot_name: str
    condition: str
    whereabouts: str


@dataclass(frozen=True, slots=True)
class ShortRow:
    """A part of which a depot has less than its minimum, with what is on its way there."""

    part_id: UUID
    number: str
    name: str
    measure: str
    depot_id: UUID
    depot_name: str
    minimum: int
    refill: int
    free: int
    coming: int

    @property
    def wanted(self) -> int:
        """How many to order so that the depot is filled again; none while enough is coming."""
        there = self.free + self.coming
        return max(self.refill - there, 0) if there < self.minimum else 0


@dataclass(frozen=True, slots=True)
class ShipmentLineRow:
    """One part of a shipment: sent and received so far."""

    id: int
    part_id: UUID
    number: str
    name: str
    lot: str
    serial: str
    condition: str
    sent: int
    received: int


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """Parts on their way from one depot to another."""

    public_id: UUID
    version: int
    number: str
    from_id: UUID
    from_name: str
    to_id: UUID | None
    to_name: str
    to_unit_id: int | None
    carrier: str
    waybill: str
    shipped_at: datetime
    shipped_by: str
    due_at: datetime | None
    closed_at: datetime | None
    remark: str
    lines: tuple[ShipmentLineRow, ...] = ()

    def is_late(self, now: datetime) -> bool:
        """True when it should have arrived."""
        return self.closed_at is None and self.due_at is not None and self.due_at < now
