"""Stock-taking: what lies there is counted, and what differs becomes moves with their reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import Balance, Depot, Part, Piece, StockTake
from yinuo.domains.parts.serials import require_nowhere_else
from yinuo.domains.parts.services.choosing import checked_words, parts_named, serials_of
from yinuo.domains.parts.services.posting import (
    MOST_AT_ONCE,
    About,
    Entry,
    Shelf,
    hold_shelves,
    not_there,
    post,
)
from yinuo.domains.parts.services.receiving import open_depot
from yinuo.domains.parts.types import Condition, Counted, MoveKind, Taken, Tracking
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing


def take_stock(
    *, actor: Actor, depot_id: object, lines: Sequence[Counted], reason: str, now: datetime
) -> StockTake:
    """Record a count. Parts of lines not named are not counted; differences need a reason.

    Raises InvalidInput for a number below zero, IllegalMove when something moved since the books
    were read, less is there than is reserved, or a serial lies elsewhere.
    """
    depot = open_depot(actor, depot_id)
    parts = _parts(actor, lines)
    _reference, reason = checked_words("", reason)
    with writing(actor=actor, now=now) as work:
        shelves = hold_shelves(_shelf(depot, parts[str(one.part_id)], one) for one in lines)
        entries = [
            entry
            for line in lines
            for entry in _differences(depot, parts[str(line.part_id)], line, shelves)
        ]
        if entries and not reason:
            raise InvalidInput({"reason": _("Say why the books and the shelf differ.")})
        take = StockTake.objects.create(
            depot=depot,
            at=now,
            by=actor.label,
            reason=reason,
            lines=len(lines),
            differences=len(entries),
        )
        post(entries, About(now, actor.label, note=reason, take=take))
        after = {"lines": len(lines), "differences": len(entries)}
        work.audit("depot.count", depot, after=after, reason=reason)
        work.emit("stock.changed", depot)
        return take


def _parts(actor: Actor, lines: Sequence[Counted]) -> dict[str, Part]:
    for one in lines:
        if not 0 <= one.quantity <= MOST_AT_ONCE:
            raise InvalidInput({"quantity": _("A count is a number from 0 to 1,000,000.")})
        if one.condition not in set(Condition):
            raise InvalidInput({"condition": _("Choose one of those offered.")})
    return parts_named(actor, [Taken(one.part_id) for one in lines])


def _shelf(depot: Depot, part: Part, line: Counted) -> Shelf:
    return Shelf(depot.pk, part.pk, line.lot.strip(), line.condition)


def _differences(
    depot: Depot, part: Part, line: Counted, shelves: dict[Shelf, Balance]
) -> Iterator[Entry]:
    shelf = _shelf(depot, part, line)
    balance = shelves[shelf]
    if balance.on_hand != line.expected:
        yours, present = line.expected, balance.on_hand
        message = _("%(part)s moved since the count began. Open the form anew and count it again.")
        raise IllegalMove(
            message % {"part": part.number},
            details={"part": part.number, "yours": yours, "present": present},
        )
    if part.tracking == Tracking.SERIAL:
        entries = list(_pieces(depot, part, line))
    else:
        more = line.quantity - balance.on_hand
        kept = (line.lot.strip(), line.condition)
        entries = [Entry(MoveKind.COUNT, depot, part, more, *kept)] if more else []
    left = balance.on_hand + sum(one.quantity for one in entries)
    if left < balance.reserved:
        message = _("%(number)d of %(part)s are reserved. Give reservations back first.")
        raise IllegalMove(message % {"number": balance.reserved, "part": part.number})
    yield from entries


def _pieces(depot: Depot, part: Part, line: Counted) -> Iterator[Entry]:
    """Pieces that are not there, and pieces found that the books had nowhere."""
    found = serials_of(line.serials)
    require_nowhere_else(found)
    there = Piece.objects.filter(depot=depot, part=part, condition=line.condition)
    for piece in there.exclude(serial__in=found).order_by("pk"):
        yield Entry(MoveKind.COUNT, depot, part, -1, "", line.condition, piece=piece)
    known = {
        one.serial: one
        for one in Piece.objects.filter(part=part, serial__in=found).select_related("depot")
    }
    for serial in found:
        piece = known.get(serial) or Piece.objects.create(part=part, serial=serial)
        if piece.depot_id == depot.pk and piece.condition == line.condition:
            continue
        if piece.depot_id is not None:
            raise not_there(piece)
        cost = part.cost or Decimal(0)
        yield Entry(MoveKind.COUNT, depot, part, 1, "", line.condition, piece=piece, unit_cost=cost)
