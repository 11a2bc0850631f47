"""What orders of goods take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

MOST_QUANTITY, MOST_LINES = 100_000, 30


@dataclass(frozen=True, slots=True)
class ItemData:
    """An article of the catalogue. `life_months` is None where the useful life is not limited."""

    code: str
    name: str
    measure: str
    name_en: str = ""
    life_months: int | None = None
    price_code: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An article as lists and forms show it."""

    public_id: UUID
    version: int
    code: str
    name: str
    name_en: str
    measure: str
    life_months: int | None
    price_code: str
    active: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many of an article, by its public id."""

    item_id: object
    quantity: int


@dataclass(frozen=True, slots=True)
class OrderData:
    """What is ordered for a customer. `supplied_on`: when the goods it replaces were supplied."""

    customer_id: object
    lines: tuple[Wanted, ...]
    is_urgent: bool = False
    wished_on: date | None = None
    supplied_on: date | None = None
    contract_id: object = None
    project_id: object = None
    request_id: object = None
    deliver_to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeData:
    """The order as it is wanted from now on; an article left out or 0 is no longer wanted."""

    lines: tuple[Wanted, ...]
    why: str
    asked_by: str
    is_urgent: bool = False
    wished_on: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerData:
    """Our answer to a change; accepted, it may promise another day."""

    is_accepted: bool
    promised_on: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What leaves now."""

    lines: tuple[Wanted, ...]
    carrier: str
    waybill: str = ""
    shipped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who signed for a parcel, and when; None for now."""

    signed_by: str
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LineRow:
    """An article of an order. `life_until`: the end of the useful life of what it replaces;
    `is_within_life` is None where that is not known."""

    public_id: UUID
    code: str
    name: str
    name_en: str
    measure: str
    price_code: str
    quantity: int
    shipped: int
    life_until: date | None
    is_within_life: bool | None

    @property
    def to_ship(self) -> int:
        """How many have not left."""
        return self.quantity - self.shipped


@dataclass(frozen=True, slots=True)
class KeptLine:
    """An article of a version or parcel, as it was then."""

    code: str
    name: str
    name_en: str
    measure: str
    quantity: int


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A version of an order and our answer; `is_accepted` is None while it waits for one."""

    number: int
    asked_at: datetime
    asked_by: str
    recorded_by: str
    why: str
    is_urgent: bool
    wished_on: date | None
    lines: tuple[KeptLine, ...]
    is_accepted: bool | None
    promised_on: date | None
    text: str
    answered_at: datetime | None
    answered_by: str

    @property
    def is_cancellation(self) -> bool:
        """The wish is to have none of it any more."""
        return not self.lines


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A parcel; `delivered_at` is None while it is on its way."""

    public_id: UUID
    number: int
    carrier: str
    waybill: str
    shipped_at: datetime
    shipped_by: str
    lines: tuple[KeptLine, ...]
    delivered_at: datetime | None
    signed_by: str


@dataclass(frozen=True, slots=True)
class GoodsOrderRow:
    """An order in a list. `due_at` is the next promise that runs, `is_late` if one is over."""

    public_id: UUID
    version: int
    number: str
    state: str
    is_urgent: bool
    wished_on: date | None
    promised_on: date | None
    ordered: int
    shipped: int
    articles: str
    articles_en: str
    customer_public_id: UUID
    customer_name: str
    unit_id: int
    unit_name: str
    ordered_at: datetime
    due_at: datetime | None
    is_late: bool

    @property
    def is_part_shipped(self) -> bool:
        """Some left, some did not."""
        return 0 < self.shipped < self.ordered


@dataclass(frozen=True, slots=True)
class GoodsOrderView:
    """An order with everything done, and what this actor may do with it now."""

    row: GoodsOrderRow
    supplied_on: date | None
    deliver_to: str
    note: str
    in_portal: bool
    ordered_by: str
    ended_at: datetime | None
    end_text: str
    contract_public_id: UUID | None
    contract_number: str
    project_public_id: UUID | None
    project_name: str
    request_public_id: UUID | None
    request_number: str
    lines: tuple[LineRow, ...]
    revisions: tuple[RevisionRow, ...]
    parcels: tuple[ParcelRow, ...]
    acts: frozenset[str]

    @property
    def asked(self) -> RevisionRow | None:
        """The change that waits for an answer."""
        return next((one for one in self.revisions if one.is_accepted is None), None)
