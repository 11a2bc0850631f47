"""What was approved leaves the depot, arrives, is used, and what is left comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from yinuo.domains.emergency.gate import require_parts_released
from yinuo.domains.fieldwork.services.putting_in import put_in_parts
from yinuo.domains.fieldwork.types import PutIn
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import PartRequest, PartRequestLine, Piece, Shipment
from yinuo.domains.parts.request_types import AskState, Back, LineDone
from yinuo.domains.parts.services.asking import is_open, locked_ask, tell
from yinuo.domains.parts.services.choosing import coming_in, going_out
from yinuo.domains.parts.services.posting import About, Entry, Shelf, hold_shelves, post
from yinuo.domains.parts.services.transferring import ship_entries
from yinuo.domains.parts.types import (
    Carriage,
    Condition,
    MoveKind,
    Received,
    Taken,
    Tracking,
)
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing


def ship_asked(
    *,
    actor: Actor,
    ask_id: object,
    version: int,
    lines: Sequence[LineDone],
    carriage: Carriage,
    now: datetime,
) -> Shipment:
    """Let approved parts leave for the case, all or some of them.

    The case records that its parts left once all of them did. Refused while the emergency plan of
    the case is not approved (BP-07). Raises Forbidden, InvalidInput for more than is approved,
    IllegalMove, Conflict, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        ask = locked_ask(actor, ask_id)
        require(actor, Permission.PART_MOVE, ask.depot.unit_id)
        if ask.state != AskState.APPROVED:
            raise IllegalMove
        require_parts_released(ask.request)
        chosen = _chosen(ask, lines, lambda one: one.quantity - one.shipped)
        entries = [one for line, done in chosen for one in _leaving(ask, line, done)]
        shipment = ship_entries(entries, ask.depot, None, carriage, actor=actor, now=now, ask=ask)
        pieces = [one.piece.pk for one in entries if one.piece is not None]
        Piece.objects.filter(pk__in=pieces).update(whereabouts=ask.request.number)
        for line, done in chosen:
            line.shipped += done.quantity
            line.save(update_fields=["shipped"])
        is_all = all(one.shipped == one.quantity for one in ask.lines.all())
        state = AskState.SHIPPED if is_all else AskState.APPROVED
        stored(ask, expected_version=version, changes={"state": state.value})
        kind = "part_shipped" if is_all else "noted"
        tell(actor, ask, kind, {"number": ask.number, "waybill": carriage.waybill}, now)
        work.audit("part_request.ship", ask, after={"shipment": shipment.number})
        work.emit("part_request.shipped", ask)
        return shipment


def receive_asked(
    *, actor: Actor, ask_id: object, version: int, lines: Sequence[LineDone], now: datetime
) -> PartRequest:
    """Record what arrived at the customer's. The case records it once everything did.

    Whoever asked, or may ask for that case, does so. Raises Forbidden, InvalidInput for more than
    is under way, IllegalMove, Conflict, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        ask = _held(actor, ask_id)
        for line, done in _chosen(ask, lines, lambda one: one.shipped - one.received):
            line.received += done.quantity
            line.save(update_fields=["received"])
        is_all = all(one.received == one.quantity for one in ask.lines.all())
        if all(one.received == one.shipped for one in ask.lines.all()):
            ask.shipments.filter(closed_at__isnull=True).update(closed_at=now)
        stored(ask, expected_version=version, changes={})
        if is_all:
            tell(actor, ask, "part_delivered", {"number": ask.number}, now)
        work.audit("part_request.receive", ask, after={"all": is_all})
        return ask


def use_asked(
    *, actor: Actor, ask_id: object, version: int, lines: Sequence[LineDone], now: datetime
) -> PartRequest:
    """Record what was put in; the sheet the parts were asked for carries it until it is signed.

    Raises Forbidden, InvalidInput for more than is at hand, IllegalMove, Conflict, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        ask = _held(actor, ask_id)
        at_hand = _chosen(ask, lines, lambda one: one.received - one.used - one.unused_back)
        for line, done in at_hand:
            line.used += done.quantity
            line.save(update_fields=["used"])
        stored(ask, expected_version=version, changes={})
        if ask.sheet_id is not None:
            put_in_parts(ask.sheet_id, [_put_in(line, done.quantity) for line, done in at_hand])
        used = {line.part.number: done.quantity for line, done in at_hand}
        work.audit("part_request.use", ask, after=used)
        work.emit("part_request.used", ask)
        return ask


def give_back(
    *, actor: Actor, ask_id: object, version: int, lines: Sequence[Back], now: datetime
) -> PartRequest:
    """Take old parts, as faulty, and unused new ones back into the depot.

    Done when nothing is at hand any more and every old part is back. Raises Forbidden,
    InvalidInput for more than is owed, IllegalMove, Conflict, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        ask = locked_ask(actor, ask_id)
        require(actor, Permission.PART_MOVE, ask.depot.unit_id)
        if not is_open(ask):
            raise IllegalMove
        known = {one.pk: one for one in ask.lines.select_related("part")}
        entries = []
        for back in lines:
            line = known.get(back.line_id)
            if line is None or not _fits(line, back):
                message = _("No more can come back than was used or is at hand.")
                raise InvalidInput({"lines": message})
            entries += list(_coming_back(ask, line, back))
            line.old_back += back.old
            line.unused_back += back.unused
            line.save(update_fields=["old_back", "unused_back"])
        if not entries:
            raise InvalidInput({"lines": _("Say what came back.")})
        post(entries, About(now, actor.label, ask.number))
        is_done = ask.state == AskState.SHIPPED and all(map(_is_settled, known.values()))
        state = AskState.DONE.value if is_done else ask.state
        stored(ask, expected_version=version, changes={"state": state})
        work.audit("part_request.back", ask, after={"moves": len(entries)})
        return ask


def _held(actor: Actor, ask_id: object) -> PartRequest:
    """A request for parts of which something left, for who asked or may ask for its case."""
    ask = locked_ask(actor, ask_id)
    if ask.asker_id != actor.person_id and not actor.may(Permission.PART_ASK, ask.request.unit_id):
        raise Forbidden
    if ask.state not in {AskState.APPROVED, AskState.SHIPPED}:
        raise IllegalMove
    return ask


def _chosen(
    ask: PartRequest, lines: Sequence[LineDone], most: Callable[[PartRequestLine], int]
) -> list[tuple[PartRequestLine, LineDone]]:
    """The lines named with their numbers, none beyond what it may be."""
    known = {one.pk: one for one in ask.lines.select_related("part")}
    chosen = []
    for done in lines:
        number = done.quantity or len(done.serials)
        line = known.get(done.line_id)
        if line is None or not 0 <= number <= most(line):
            raise InvalidInput({"lines": _("That is more than is left of it.")})
        if number:
            chosen.append((line, LineDone(done.line_id, number, done.serials)))
    if not chosen:
        raise InvalidInput({"lines": _("Name at least one part with its number.")})
    return chosen


def _put_in(line: PartRequestLine, quantity: int) -> PutIn:
    return PutIn(line.part.number, line.part.name, line.part.measure, quantity)


def _leaving(ask: PartRequest, line: PartRequestLine, done: LineDone) -> Iterator[Entry]:
    """What leaves of a line, out of what was kept for it."""
    kept = list(line.reservations.select_related("balance").order_by("id"))
    hold_shelves(
        Shelf(one.balance.depot_id, one.balance.part_id, one.balance.lot, one.balance.condition)
        for one in kept
    )
    rest = done.quantity
    for one in kept:
        here = min(rest, one.quantity)
        if not here:
            break
        rest -= here
        if here == one.quantity:
            one.delete()
        else:
            one.quantity -= here
            one.save(update_fields=["quantity"])
        if line.part.tracking != Tracking.SERIAL:
            taken = Taken(line.part.public_id, here, one.balance.lot)
            yield from going_out(ask.depot, line.part, taken, MoveKind.ISSUE)
    if line.part.tracking == Tracking.SERIAL:
        taken = Taken(line.part.public_id, done.quantity, serials=done.serials)
        yield from going_out(ask.depot, line.part, taken, MoveKind.ISSUE)


def _fits(line: PartRequestLine, back: Back) -> bool:
    at_hand = line.received - line.used - line.unused_back
    return 0 <= back.old <= line.used - line.old_back and 0 <= back.unused <= at_hand


def _coming_back(ask: PartRequest, line: PartRequestLine, back: Back) -> Iterator[Entry]:
    """Old parts are worth nothing; unused ones what the others there are."""
    part = line.part
    lot = "" if part.tracking != Tracking.LOT else ask.number
    serials = back.serials
    for number, condition, cost in (
        (back.unused, Condition.GOOD.value, None),
        (back.old, Condition.FAULTY.value, Decimal(0)),
    ):
        if not number:
            continue
        named = serials[:number] if part.tracking == Tracking.SERIAL else ()
        serials = serials[number:]
        given = Received(part.public_id, 0 if named else number, lot, named, cost, condition)
        yield from coming_in(ask.depot, part, given, MoveKind.RETURN)


def _is_settled(line: PartRequestLine) -> bool:
    at_hand = line.received - line.used - line.unused_back
    return line.received == line.quantity and at_hand == 0 and line.old_back == line.used
