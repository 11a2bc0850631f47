"""The one way stock changes: balances are locked, asked, and moves added; triggers do the rest.

Locks are taken in one order, so that steps wait for each other and never in a circle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from yinuo.domains.parts.models import (
    Balance,
    Depot,
    Move,
    Part,
    PartRepair,
    Piece,
    Shipment,
    StockTake,
)
from yinuo.domains.parts.types import Condition, MoveKind, Place
from yinuo.platform.errors import IllegalMove, InvalidInput

FEN = Decimal("0.01")
MOST_AT_ONCE = 1_000_000


class Shelf(NamedTuple):
    """Where a balance is kept: depot and part by internal id, lot, condition."""

    depot_id: int
    part_id: int
    lot: str
    condition: str


@dataclass(slots=True)
class Entry:
    """One move to be posted. `unit_cost` is asked of what comes in; what goes out leaves at the
    average of its balance, and learns its `value` when posted."""

    kind: MoveKind
    depot: Depot
    part: Part
    quantity: int
    lot: str = ""
    condition: str = Condition.GOOD.value
    piece: Piece | None = None
    unit_cost: Decimal | None = None
    value: Decimal = Decimal(0)

    @property
    def shelf(self) -> Shelf:
        """The balance it changes."""
        return Shelf(self.depot.pk, self.part.pk, self.lot, self.condition)


@dataclass(frozen=True, slots=True)
class About:
    """What moves are about, the same for all of one step."""

    at: datetime
    by: str
    reference: str = ""
    note: str = ""
    shipment: Shipment | None = None
    take: StockTake | None = None
    repair: PartRepair | None = None


@dataclass(slots=True)
class _Held:
    """A locked balance while a step goes through its entries."""

    on_hand: int
    reserved: int
    value: Decimal
    entries: list[Entry] = field(default_factory=list)


def hold_shelves(shelves: Iterable[Shelf]) -> dict[Shelf, Balance]:
    """Lock these balances, making those that are not there yet. Call it once in a step."""
    wanted = sorted(set(shelves))
    rows = [Balance(**one._asdict()) for one in wanted]
    Balance.objects.bulk_create(rows, ignore_conflicts=True)
    which = Q(pk__in=[])
    for one in wanted:
        which |= Q(**one._asdict())
    locked = Balance.objects.select_for_update().filter(which).order_by("pk")
    return {Shelf(row.depot_id, row.part_id, row.lot, row.condition): row for row in locked}


def post(entries: Sequence[Entry], about: About) -> list[Move]:
    """Add the moves. The caller is within a step and has locked nothing of stock but by
    `hold_shelves`.

    Raises IllegalMove when less is free than goes out, or a piece is not where it should be.
    """
    if not entries:
        return []
    held = {
        shelf: _Held(row.on_hand, row.reserved, row.value)
        for shelf, row in hold_shelves(one.shelf for one in entries).items()
    }
    _hold_pieces(entries)
    for entry in entries:
        _apply(entry, held[entry.shelf])
    return Move.objects.bulk_create([_move(one, about) for one in entries])


def _apply(entry: Entry, held: _Held) -> None:
    """Work out the value of one entry and what its balance is afterwards."""
    if entry.quantity < 0 and held.on_hand - held.reserved < -entry.quantity:
        raise too_few(entry.part, entry.depot, max(held.on_hand - held.reserved, 0))
    if entry.quantity > 0:
        cost = entry.unit_cost if entry.unit_cost is not None else _average(held, entry.part)
        entry.value = (cost * entry.quantity).quantize(FEN, ROUND_HALF_UP)
    elif held.on_hand == -entry.quantity:
        entry.value = -held.value
    else:
        share = held.value * -entry.quantity / held.on_hand
        entry.value = -share.quantize(FEN, ROUND_HALF_UP)
    held.on_hand += entry.quantity
    held.value += entry.value


def _average(held: _Held, part: Part) -> Decimal:
    """What one costs: the average of what lies there, else what the catalogue says."""
    if held.on_hand > 0:
        return held.value / held.on_hand
    return part.cost or Decimal(0)


def too_few(part: Part, depot: Depot, free: int) -> IllegalMove:
    """Less is free than is wanted."""
    message = _("Only %(free)d of %(part)s are free in %(depot)s.")
    told = {"free": free, "part": part.number, "depot": depot.name}
    return IllegalMove(message % told, details={"part": part.number, "free": free})


def _hold_pieces(entries: Sequence[Entry]) -> None:
    """Lock the pieces and see that each is where its move takes it from."""
    ids = Counter(one.piece.pk for one in entries if one.piece is not None)
    if twice := [pk for pk, times in ids.items() if times > 1]:
        piece = next(one.piece for one in entries if one.piece and one.piece.pk in twice)
        message = _("Serial number %(serial)s is named twice.")
        raise InvalidInput({"serials": message % {"serial": piece.serial}})
    locked = {
        one.pk: one
        for one in Piece.objects.select_for_update(of=("self",))
        .select_related("depot")
        .filter(pk__in=ids)
        .order_by("pk")
    }
    for entry in entries:
        if entry.piece is None:
            continue
        present = locked[entry.piece.pk]
        leaves = entry.quantity < 0
        if leaves and (present.depot_id, present.condition) != (entry.depot.pk, entry.condition):
            raise not_there(present)
        if not leaves and present.depot_id is not None:
            raise not_there(present)
        # From the bench it comes back by its repair alone.
        if present.place == Place.WORKSHOP and entry.kind != MoveKind.REPAIR_IN:
            raise not_there(present)


def not_there(piece: Piece) -> IllegalMove:
    """A piece is not where somebody takes it from, or is somewhere already."""
    if piece.depot is not None:
        message = _("%(serial)s lies in %(depot)s.")
        told = {"serial": piece.serial, "depot": piece.depot.name}
    elif piece.place == Place.WORKSHOP:
        message = _("%(serial)s is being repaired: finish its repair first.")
        told = {"serial": piece.serial}
    else:
        message = _("%(serial)s lies in no depot.")
        told = {"serial": piece.serial}
    return IllegalMove(message % told, details={"serial": piece.serial, "place": piece.place})


def _move(entry: Entry, about: About) -> Move:
    return Move(
        at=about.at,
        by=about.by,
        kind=entry.kind.value,
        depot=entry.depot,
        part=entry.part,
        lot=entry.lot,
        condition=entry.condition,
        piece=entry.piece,
        quantity=entry.quantity,
        value=entry.value,
        reference=about.reference,
        note=about.note,
        shipment=about.shipment,
        take=about.take,
        repair=about.repair,
    )
