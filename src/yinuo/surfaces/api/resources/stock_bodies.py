"""What callers send about parts and stock."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from yinuo.domains.parts.services.posting import MOST_AT_ONCE
from yinuo.domains.parts.types import Condition, DepotKind, Place, Tracking
from yinuo.surfaces.api.inputs import (
    Id,
    Input,
    Instant,
    Label,
    Line,
    Money,
    Name,
    Paging,
    Version,
    Word,
    text,
)

Lot = Annotated[str, text(40)]
Quantity = Annotated[int, Field(strict=True, ge=0, le=MOST_AT_ONCE)]
Serials = Annotated[list[Label], Field(max_length=500)]
Sentence = Annotated[str, text(200)]


class TextFilter(Paging):
    """A list by part of a number or name."""

    text: Sentence = ""


class StockFilters(TextFilter):
    """Stock of one depot, one part, one condition."""

    depot_id: Id | None = None
    part_id: Id | None = None
    condition: Condition | None = None


class StockMoveFilters(TextFilter):
    """The ledger of one depot, one part or one piece."""

    depot_id: Id | None = None
    part_id: Id | None = None
    piece_id: Id | None = None


class PieceFilters(TextFilter):
    """Pieces by serial or part number, in one depot, in one kind of place."""

    depot_id: Id | None = None
    place: Place | None = None


class ShipmentFilters(TextFilter):
    """Shipments from or to one depot, those under way alone."""

    depot_id: Id | None = None
    is_open: bool = False


class PartInput(Input):
    """A part of the catalogue."""

    number: Word
    name: Annotated[str, text(120)]
    name_en: Annotated[str, text(120)] = ""
    tracking: Tracking = Tracking.BULK
    measure: Annotated[str, text(12)] = ""
    models: Annotated[list[Word], Field(max_length=100)] = []
    classes: Annotated[list[Word], Field(max_length=100)] = []
    cost: Money | None = None
    price: Money | None = None
    active: bool = True


class PartEdit(PartInput):
    """A part as it shall be."""

    version: Version


class DepotFields(Input):
    """A depot; a car has a holder. `hour_cost` is what an hour of its workshop costs: none where
    no parts are repaired."""

    name: Label
    kind: DepotKind = DepotKind.CENTRE
    holder_id: Id | None = None
    address: Line = ""
    active: bool = True
    hour_cost: Money | None = None


class DepotInput(DepotFields):
    """A depot to set up."""

    unit_id: Id


class DepotEdit(DepotFields):
    """A depot as it shall be. `hour_cost` must be said: left out, it would close the workshop."""

    version: Version
    hour_cost: Money | None


class StockLevelInput(Input):
    """How many of a part a depot keeps at least and is filled up to; 0 for neither."""

    part_id: Id
    minimum: Quantity
    refill: Quantity


class StockLine(Input):
    """So many of a part, or these pieces of it."""

    part_id: Id
    quantity: Quantity = 0
    lot: Lot = ""
    serials: Serials = []
    condition: Condition = Condition.GOOD


class ReceivedLine(StockLine):
    """What came in, and what one costs."""

    unit_cost: Money | None = None


class ReceiptInput(Input):
    """Parts from a supplier."""

    lines: Annotated[list[ReceivedLine], Field(min_length=1, max_length=200)]
    reference: Label = ""


class TransferInput(Input):
    """A transfer to another depot."""

    to_depot_id: Id
    lines: Annotated[list[StockLine], Field(min_length=1, max_length=200)]
    carrier: Label = ""
    waybill: Label = ""
    due_at: Instant | None = None


class ScrappingInput(Input):
    """What is thrown away and why."""

    lines: Annotated[list[StockLine], Field(min_length=1, max_length=200)]
    reason: Name


class CountLine(StockLine):
    """What was counted; `expected` is what the books said when the count began."""

    expected: Quantity


class StockTakeInput(Input):
    """A stock-take of some parts of a depot; differences need the reason."""

    lines: Annotated[list[CountLine], Field(min_length=1, max_length=200)]
    reason: Sentence = ""


class ArrivedLine(Input):
    """So many of a line of the shipment arrived."""

    line: Annotated[int, Field(strict=True, ge=1, le=2**53)]
    quantity: Quantity


class ArrivalInput(Input):
    """What of a shipment arrived: everything missing when no line is named. `close` ends it
    although something is missing, which needs the remark."""

    version: Version
    lines: Annotated[list[ArrivedLine], Field(max_length=200)] | None = None
    remark: Sentence = ""
    close: bool = False
