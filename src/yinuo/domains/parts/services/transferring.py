"""Transfers: parts leave one depot, travel, and arrive in another, all or some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import Depot, PartRequest, Piece, Shipment, ShipmentLine
from yinuo.domains.parts.policies import visible_depots, visible_shipments
from yinuo.domains.parts.services.choosing import (
    average_cost,
    checked_words,
    going_out,
    parts_named,
)
from yinuo.domains.parts.services.posting import About, Entry, post
from yinuo.domains.parts.services.receiving import open_depot
from yinuo.domains.parts.types import Carriage, MoveKind, Place, Taken
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of
from yinuo.platform.sequences import next_number

DOCUMENT_KIND = "PJ"
CARRIER_LENGTH = 80


def send_parts(
    *,
    actor: Actor,
    depot_id: object,
    to_id: object,
    lines: Sequence[Taken],
    carriage: Carriage,
    now: datetime,
) -> Shipment:
    """Send parts to another depot. They are in neither until they are received there.

    Whoever may move parts of the sending depot may send to any depot he sees. Raises NotFound,
    InvalidInput, IllegalMove when fewer are free or a piece lies elsewhere.
    """
    depot = open_depot(actor, depot_id)
    to_depot = one_of(visible_depots(actor), to_id)
    if to_depot.pk == depot.pk or not to_depot.active:
        raise InvalidInput({"to_id": _("Choose another depot that is in use.")})
    parts = parts_named(actor, lines)
    with writing(actor=actor, now=now) as work:
        entries = [
            entry
            for line in lines
            for entry in going_out(depot, parts[str(line.part_id)], line, MoveKind.TRANSFER_OUT)
        ]
        shipment = ship_entries(entries, depot, to_depot, carriage, actor=actor, now=now)
        after = {"number": shipment.number, "to": to_depot.name, "lines": len(entries)}
        work.audit("shipment.send", shipment, after=after)
        work.emit("stock.changed", depot)
        return shipment


def ship_entries(
    entries: Sequence[Entry],
    depot: Depot,
    to_depot: Depot | None,
    carriage: Carriage,
    *,
    actor: Actor,
    now: datetime,
    ask: PartRequest | None = None,
) -> Shipment:
    """Post what leaves and write down the shipment it travels in; part of a larger step."""
    _check_carriage(carriage)
    series = (
        f"{DOCUMENT_KIND}-{depot.unit.code}-{now.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y%m}"
    )
    shipment = Shipment.objects.create(
        number=next_number(series),
        from_depot=depot,
        to_depot=to_depot,
        carrier=carriage.carrier.strip(),
        waybill=carriage.waybill.strip(),
        due_at=carriage.due_at,
        shipped_at=now,
        shipped_by=actor.label,
        ask=ask,
    )
    reference = shipment.number if ask is None else ask.number
    post(entries, About(now, actor.label, reference, shipment=shipment))
    ShipmentLine.objects.bulk_create([_line(shipment, one) for one in entries])
    return shipment


def _line(shipment: Shipment, entry: Entry) -> ShipmentLine:
    return ShipmentLine(
        shipment=shipment,
        part=entry.part,
        piece=entry.piece,
        lot=entry.lot,
        condition=entry.condition,
        sent=-entry.quantity,
        value=-entry.value,
    )


def receive_shipment(
    *,
    actor: Actor,
    shipment_id: object,
    version: int,
    quantities: Mapping[int, int] | None = None,
    remark: str = "",
    close: bool = False,
    now: datetime,
) -> Shipment:
    """Take in what arrived: everything still missing, or so many of each line by its id.

    `close` ends it although something is missing, which then needs a remark. Raises NotFound,
    Forbidden, InvalidInput for more than was sent, IllegalMove once closed, Conflict when stale.
    """
    _reference, remark = checked_words("", remark)
    with writing(actor=actor, now=now) as work:
        shipment, depot = _arriving(actor, shipment_id)
        lines = list(shipment.lines.select_related("part", "piece").order_by("id"))
        arrived = {one.pk: one.sent - one.received for one in lines}
        if quantities is not None:
            arrived = _checked(lines, quantities)
        _take_in(lines, arrived, depot, About(now, actor.label, shipment.number, remark, shipment))
        missing = [one for one in lines if one.received < one.sent]
        if missing and close and not remark:
            raise InvalidInput({"remark": _("Say what became of those that did not arrive.")})
        is_closed = close or not missing
        if is_closed:
            pieces = [one.piece_id for one in missing if one.piece_id]
            Piece.objects.filter(pk__in=pieces).update(place=Place.MISSING.value)
        changes = {"closed_at": now if is_closed else None, "remark": remark or shipment.remark}
        stored(shipment, expected_version=version, changes=changes)
        after = {"received": sum(arrived.values()), "missing": len(missing)}
        work.audit("shipment.receive", shipment, after=after, reason=remark)
        work.emit("stock.changed", depot)
        return shipment


def _arriving(actor: Actor, shipment_id: object) -> tuple[Shipment, Depot]:
    seen = visible_shipments(actor).select_for_update(of=("self",))
    shipment = one_of(seen.select_related("to_depot"), shipment_id)
    if shipment.to_depot is None:
        raise IllegalMove(_("This shipment goes to no depot."))
    depot = one_of(visible_depots(actor, Permission.PART_MOVE), shipment.to_depot.public_id)
    if shipment.closed_at is not None:
        raise IllegalMove(_("Everything of this shipment was received already."))
    return shipment, depot


def _checked(lines: Sequence[ShipmentLine], quantities: Mapping[int, int]) -> dict[int, int]:
    known = {one.pk: one for one in lines}
    arrived: dict[int, int] = {}
    for pk, quantity in quantities.items():
        line = known.get(pk)
        if line is None or not 0 <= quantity <= line.sent - line.received:
            raise InvalidInput({"lines": _("No more can arrive than was sent and is missing.")})
        arrived[pk] = quantity
    return arrived


def _take_in(
    lines: Sequence[ShipmentLine], arrived: Mapping[int, int], depot: Depot, about: About
) -> None:
    coming = [one for one in lines if arrived.get(one.pk)]
    post(
        [
            Entry(
                MoveKind.TRANSFER_IN,
                depot,
                one.part,
                arrived[one.pk],
                one.lot,
                one.condition,
                piece=one.piece,
                unit_cost=average_cost(one.value, one.sent),
            )
            for one in coming
        ],
        about,
    )
    for one in coming:
        one.received += arrived[one.pk]
        one.save(update_fields=["received"])


def _check_carriage(carriage: Carriage) -> None:
    problems = {
        name: _("Use at most %(most)d characters.") % {"most": CARRIER_LENGTH}
        for name in ("carrier", "waybill")
        if len(getattr(carriage, name)) > CARRIER_LENGTH
    }
    if problems:
        raise InvalidInput(problems)
