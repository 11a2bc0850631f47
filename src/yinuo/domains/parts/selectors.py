"""Reading parts and stock; every function is limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import Depot, Move, Part, Piece, Shipment
from yinuo.domains.parts.policies import (
    sees_costs,
    visible_balances,
    visible_depots,
    visible_levels,
    visible_moves,
    visible_parts,
    visible_pieces,
    visible_shipments,
)
from yinuo.domains.parts.types import (
    Condition,
    DepotRow,
    MoveRow,
    PartRow,
    PieceRow,
    Place,
    ShipmentLineRow,
    ShipmentRow,
    ShortRow,
    StockRow,
)
from yinuo.platform.paging import Page, chosen_order, page_of
from yinuo.platform.scoped import identity, one_of

FEWEST_LETTERS = 2
MOST_CHOICES = 500
STOCK_ORDERS = {
    "number": ("part_number", "id"),
    "on_hand": ("on_hand", "id"),
    "depot": ("depot_id", "part_number", "id"),
}


def list_parts(
    actor: Actor, *, text: str = "", sort: str = "", cursor: str = "", limit: int = 50
) -> Page[PartRow]:
    """The catalogue by part number; by part of the number, name, or a model it fits."""
    found = visible_parts(actor)
    if word := text.strip():
        found = found.filter(_named(word, "") | Q(models_fitted__contains=[word]))
    order = ("-number",) if sort == "-number" else ("number",)
    page = page_of(found, order=order, cursor=cursor, limit=limit)
    there = _there(actor, [one.pk for one in page.items])
    return page.map(lambda one: _part(actor, one, there))


def get_part(actor: Actor, part_id: object) -> PartRow:
    """One part of the catalogue; NotFound otherwise."""
    part = one_of(visible_parts(actor), part_id)
    return _part(actor, part, _there(actor, [part.pk]))


def part_choices(actor: Actor) -> list[PartRow]:
    """Parts in use to choose from, by number, at most 500."""
    found = visible_parts(actor).filter(active=True).order_by("number")[:MOST_CHOICES]
    return [_part(actor, one, {}) for one in found]


def list_depots(
    actor: Actor, *, text: str = "", cursor: str = "", limit: int = 50
) -> Page[DepotRow]:
    """Visible depots by unit and name, those no longer used last."""
    found = visible_depots(actor).select_related("unit", "holder")
    if word := text.strip():
        found = found.filter(
            Q(name__icontains=word) | Q(unit__name__icontains=word) | Q(holder__name=word)
        )
    page = page_of(found, order=("-active", "unit_id", "name", "id"), cursor=cursor, limit=limit)
    lying = _lying(actor, [one.pk for one in page.items])
    return page.map(lambda one: _depot(actor, one, lying))


def get_depot(
    actor: Actor, depot_id: object, permission: Permission = Permission.PART_READ
) -> DepotRow:
    """One visible depot; NotFound otherwise."""
    depot = one_of(visible_depots(actor, permission).select_related("unit", "holder"), depot_id)
    return _depot(actor, depot, _lying(actor, [depot.pk]))


def depot_choices(actor: Actor, permission: Permission = Permission.PART_READ) -> list[DepotRow]:
    """Depots in use to choose from, by unit and name."""
    found = visible_depots(actor, permission).filter(active=True)
    rows = found.select_related("unit", "holder").order_by("unit__name_key", "name")
    return [_depot(actor, one, {}) for one in rows[:MOST_CHOICES]]


def list_stock(
    actor: Actor,
    *,
    text: str = "",
    sort: str = "",
    depot_id: object = None,
    part_id: object = None,
    condition: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[StockRow]:
    """What lies in visible depots, by part number; of one depot, one part, one condition, and by
    part of number, name, lot or serial number."""
    found = visible_balances(actor).filter(on_hand__gt=0)
    if depot_id is not None:
        found = found.filter(depot__public_id=identity(depot_id))
    if part_id is not None:
        found = found.filter(part__public_id=identity(part_id))
    if condition in set(Condition):
        found = found.filter(condition=condition)
    if word := text.strip():
        holding = visible_pieces(actor).filter(depot_id=OuterRef("depot_id"), serial=word)
        of_piece = Q(part_id__in=Subquery(holding.order_by().values("part_id")))
        found = found.filter(_named(word, "part__") | Q(lot=word) | of_piece)
    level = visible_levels(actor).filter(depot=OuterRef("depot"), part=OuterRef("part"))
    rows: QuerySet[Any] = found.annotate(
        part_number=F("part__number"), minimum=Subquery(level.values("minimum"))
    ).select_related("part", "depot__unit")
    order = chosen_order(STOCK_ORDERS, sort)
    return page_of(rows, order=order, cursor=cursor, limit=limit).map(
        lambda one: _stock(actor, one)
    )


def list_moves(
    actor: Actor,
    *,
    depot_id: object = None,
    part_id: object = None,
    piece_id: object = None,
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[MoveRow]:
    """The ledger of visible depots, newest first; of one depot, part or piece."""
    found = visible_moves(actor).select_related("part", "depot", "piece")
    for name, given in (("depot", depot_id), ("part", part_id), ("piece", piece_id)):
        if given is not None:
            found = found.filter(**{f"{name}__public_id": identity(given)})
    if word := text.strip():
        found = found.filter(_named(word, "part__") | Q(reference=word) | Q(piece__serial=word))
    return page_of(found, order=("-id",), cursor=cursor, limit=limit).map(
        lambda one: _move(actor, one)
    )


def list_pieces(
    actor: Actor,
    *,
    part_id: object = None,
    depot_id: object = None,
    place: str = "",
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[PieceRow]:
    """Visible pieces, newest first; of one part, in one depot or place, by serial number
    or part number."""
    found = visible_pieces(actor).select_related("part", "depot")
    if part_id is not None:
        found = found.filter(part__public_id=identity(part_id))
    if depot_id is not None:
        found = found.filter(depot__public_id=identity(depot_id))
    if place in set(Place):
        found = found.filter(place=place)
    if word := text.strip():
        found = found.filter(Q(serial__icontains=word) | Q(part__number=word.upper()))
    return page_of(found, order=("-id",), cursor=cursor, limit=limit).map(_piece)


def get_piece(actor: Actor, piece_id: object) -> PieceRow:
    """One visible piece; NotFound otherwise."""
    return _piece(one_of(visible_pieces(actor).select_related("part", "depot"), piece_id))


def list_short(
    actor: Actor, *, text: str = "", cursor: str = "", limit: int = 50
) -> Page[ShortRow]:
    """Parts below the minimum of a visible depot, by depot, with what is coming there.

    Counted are those in good condition that nobody reserved.
    """
    good = visible_balances(actor).filter(condition=Condition.GOOD)
    free = _sum(good, F("on_hand") - F("reserved"))
    coming = Subquery(
        visible_shipments(actor)
        .filter(to_depot=OuterRef("depot"), closed_at__isnull=True, lines__part=OuterRef("part"))
        .order_by()
        .values("to_depot")
        .annotate(total=Sum(F("lines__sent") - F("lines__received")))
        .values("total"),
        output_field=IntegerField(),
    )
    found: QuerySet[Any] = visible_levels(actor).filter(depot__active=True, part__active=True)
    found = found.annotate(free=Coalesce(free, 0), coming=Coalesce(coming, 0))
    found = found.filter(free__lt=F("minimum")).select_related("part", "depot")
    if word := text.strip():
        found = found.filter(_named(word, "part__") | Q(depot__name__icontains=word))
    return page_of(found, order=("depot_id", "id"), cursor=cursor, limit=limit).map(
        lambda one: ShortRow(
            part_id=one.part.public_id,
            number=one.part.number,
            name=one.part.name,
            measure=one.part.measure,
            depot_id=one.depot.public_id,
            depot_name=one.depot.name,
            minimum=one.minimum,
            refill=one.refill,
            free=one.free,
            coming=one.coming,
        )
    )


def list_shipments(
    actor: Actor,
    *,
    text: str = "",
    depot_id: object = None,
    is_open: bool = False,
    cursor: str = "",
    limit: int = 50,
) -> Page[ShipmentRow]:
    """Visible shipments, newest first; from or to one depot, those under way alone."""
    found = _shipments(actor)
    if is_open:
        found = found.filter(closed_at__isnull=True)
    if depot_id is not None:
        depot = identity(depot_id)
        found = found.filter(Q(from_depot__public_id=depot) | Q(to_depot__public_id=depot))
    if word := text.strip():
        found = found.filter(Q(number__icontains=word) | Q(waybill=word))
    return page_of(found, order=("-id",), cursor=cursor, limit=limit).map(_shipment)


def get_shipment(actor: Actor, shipment_id: object) -> ShipmentRow:
    """One visible shipment with its lines; NotFound otherwise."""
    return _shipment(one_of(_shipments(actor), shipment_id))


def get_level(actor: Actor, depot_id: object, part_id: object) -> tuple[int, int]:
    """The minimum of a part in a visible depot and what it is filled up to; zeros for none."""
    rows = visible_levels(actor).filter(
        depot__public_id=identity(depot_id), part__public_id=identity(part_id)
    )
    return rows.values_list("minimum", "refill").first() or (0, 0)


def stock_value(actor: Actor) -> Decimal | None:
    """What everything in visible depots cost us; None for who may not know."""
    if not sees_costs(actor):
        return None
    found = visible_balances(actor).aggregate(total=Sum("value"))["total"]
    return found if found is not None else Decimal(0)


def _named(word: str, before: str) -> Q:
    """Rows whose part has the word in its number or name; a single letter begins the number."""
    if len(word) < FEWEST_LETTERS:
        return Q(**{f"{before}number__istartswith": word})
    return (
        Q(**{f"{before}number__holds": word})
        | Q(**{f"{before}name__holds": word})
        | Q(**{f"{before}name_en__icontains": word})
    )


def _sum(rows: QuerySet[Any], what: Any) -> Subquery:
    """The sum over balances of the same depot and part as the outer row."""
    of_row = rows.filter(depot=OuterRef("depot"), part=OuterRef("part")).order_by()
    return Subquery(
        of_row.values("part").annotate(total=Sum(what)).values("total"),
        output_field=IntegerField(),
    )


def _there(actor: Actor, part_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """On hand and free in good condition, in visible depots, by part."""
    found = visible_balances(actor).filter(part_id__in=list(part_ids), condition=Condition.GOOD)
    sums = found.order_by().values_list("part_id").annotate(Sum("on_hand"), Sum("reserved"))
    return {part: (on_hand, on_hand - reserved) for part, on_hand, reserved in sums}


def _lying(actor: Actor, depot_ids: Iterable[int]) -> dict[int, tuple[int, int, Decimal]]:
    """Kinds of parts, their number and value by depot."""
    found = visible_balances(actor).filter(depot_id__in=list(depot_ids), on_hand__gt=0)
    sums: dict[int, tuple[int, int, Decimal]] = {}
    for depot, _part_id, on_hand, value in (
        found.order_by().values_list("depot_id", "part_id").annotate(Sum("on_hand"), Sum("value"))
    ):
        kinds, total, worth = sums.get(depot, (0, 0, Decimal(0)))
        sums[depot] = (kinds + 1, total + on_hand, worth + value)
    return sums


def _shipments(actor: Actor) -> QuerySet[Shipment]:
    return (
        visible_shipments(actor)
        .select_related("from_depot", "to_depot")
        .prefetch_related("lines__part", "lines__piece")
    )


def _part(actor: Actor, one: Part, there: dict[int, tuple[int, int]]) -> PartRow:
    on_hand, free = there.get(one.pk, (0, 0))
    return PartRow(
        id=one.pk,
        public_id=one.public_id,
        version=one.version,
        number=one.number,
        name=one.name,
        name_en=one.name_en,
        tracking=one.tracking,
        measure=one.measure,
        models=tuple(one.models_fitted),
        classes=tuple(one.classes_fitted),
        cost=one.cost if sees_costs(actor) else None,
        price=one.price,
        active=one.active,
        on_hand=on_hand,
        free=free,
    )


def _depot(actor: Actor, one: Depot, lying: dict[int, tuple[int, int, Decimal]]) -> DepotRow:
    kinds, on_hand, value = lying.get(one.pk, (0, 0, Decimal(0)))
    return DepotRow(
        id=one.pk,
        public_id=one.public_id,
        version=one.version,
        name=one.name,
        kind=one.kind,
        unit_id=one.unit_id,
        unit_public_id=one.unit.public_id,
        unit_name=one.unit.name,
        holder_id=one.holder.public_id if one.holder else None,
        holder_name=one.holder.name if one.holder else "",
        address=one.address,
        active=one.active,
        has_workshop=one.hour_cost is not None,
        hour_cost=one.hour_cost if _knows_hours(actor, one) else None,
        kinds=kinds,
        on_hand=on_hand,
        value=value if sees_costs(actor) else None,
    )


def _knows_hours(actor: Actor, one: Depot) -> bool:
    """Whoever sets the depot up knows what an hour costs there."""
    return sees_costs(actor) or actor.may(Permission.PART_WRITE, one.unit_id)


def _stock(actor: Actor, one: Any) -> StockRow:
    return StockRow(
        id=one.pk,
        part_id=one.part.public_id,
        number=one.part.number,
        name=one.part.name,
        name_en=one.part.name_en,
        tracking=one.part.tracking,
        measure=one.part.measure,
        depot_id=one.depot.public_id,
        depot_name=one.depot.name,
        unit_name=one.depot.unit.name,
        lot=one.lot,
        condition=one.condition,
        on_hand=one.on_hand,
        reserved=one.reserved,
        minimum=one.minimum or 0,
        value=one.value if sees_costs(actor) else None,
    )


def _move(actor: Actor, one: Move) -> MoveRow:
    return MoveRow(
        public_id=one.public_id,
        at=one.at,
        kind=one.kind,
        part_id=one.part.public_id,
        number=one.part.number,
        name=one.part.name,
        depot_id=one.depot.public_id,
        depot_name=one.depot.name,
        lot=one.lot,
        serial=one.piece.serial if one.piece else "",
        condition=one.condition,
        quantity=one.quantity,
        value=one.value if sees_costs(actor) else None,
        reference=one.reference,
        note=one.note,
        by=one.by,
    )


def _piece(one: Piece) -> PieceRow:
    return PieceRow(
        id=one.pk,
        public_id=one.public_id,
        part_id=one.part.public_id,
        number=one.part.number,
        name=one.part.name,
        serial=one.serial,
        place=one.place,
        depot_id=one.depot.public_id if one.depot else None,
        depot_name=one.depot.name if one.depot else "",
        condition=one.condition,
        whereabouts=one.whereabouts,
    )


def _shipment(one: Shipment) -> ShipmentRow:
    return ShipmentRow(
        public_id=one.public_id,
        version=one.version,
        number=one.number,
        from_id=one.from_depot.public_id,
        from_name=one.from_depot.name,
        to_id=one.to_depot.public_id if one.to_depot else None,
        to_name=one.to_depot.name if one.to_depot else "",
        to_unit_id=one.to_depot.unit_id if one.to_depot else None,
        carrier=one.carrier,
        waybill=one.waybill,
        shipped_at=one.shipped_at,
        shipped_by=one.shipped_by,
        due_at=one.due_at,
        closed_at=one.closed_at,
        remark=one.remark,
        lines=tuple(
            ShipmentLineRow(
                id=line.pk,
                part_id=line.part.public_id,
                number=line.part.number,
                name=line.part.name,
                lot=line.lot,
                serial=line.piece.serial if line.piece else "",
                condition=line.condition,
                sent=line.sent,
                received=line.received,
            )
            for line in one.lines.all()
        ),
    )
