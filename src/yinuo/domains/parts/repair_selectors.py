"""Reading repairs of parts; every function is limited to what the actor may see."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from yinuo.domains.network.holders import Holder, holders_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import Move, PartRepair
from yinuo.domains.parts.policies import (
    sees_costs,
    visible_balances,
    visible_depots,
    visible_moves,
    visible_part_repairs,
    visible_pieces,
)
from yinuo.domains.parts.repair_types import (
    OPEN_REPAIRS,
    FaultyRow,
    MaterialRow,
    PartRepairRow,
    PartRepairState,
)
from yinuo.domains.parts.types import Condition, MoveKind, Tracking
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

MOST_FAULTY, MOST_MATERIALS = 200, 200


def list_part_repairs(
    actor: Actor,
    *,
    text: str = "",
    state: str = "",
    depot_id: object = None,
    cursor: str = "",
    limit: int = 50,
) -> Page[PartRepairRow]:
    """Visible repairs of parts: the open ones, the oldest leading, those in one state, or `all`,
    newest first; of one depot, by part of their number or serial number, or by the part."""
    found = _with_rest(actor, visible_part_repairs(actor))
    is_open = state not in {"all", *PartRepairState}
    if is_open:
        found = found.filter(state__in=sorted(OPEN_REPAIRS))
    elif state != "all":
        found = found.filter(state=state)
    if depot_id is not None:
        found = found.filter(depot__public_id=identity(depot_id))
    if word := text.strip():
        found = found.filter(
            Q(number__icontains=word)
            | Q(piece__serial__icontains=word)
            | Q(part__number__iexact=word)
            | Q(part__name__icontains=word)
        )
    order = ("taken_at", "id") if is_open else ("-id",)
    return page_of(found, order=order, cursor=cursor, limit=limit).map(lambda one: _row(actor, one))


def get_part_repair(actor: Actor, repair_id: object) -> PartRepairRow:
    """One visible repair of a part with the material it used; NotFound otherwise."""
    one = one_of(_with_rest(actor, visible_part_repairs(actor)), repair_id)
    used = one.moves.filter(kind=MoveKind.MATERIAL).select_related("part", "piece").order_by("id")
    return _row(actor, one, tuple(_material(actor, move) for move in used[:MOST_MATERIALS]))


def faulty_parts(actor: Actor, depot_id: object) -> list[FaultyRow]:
    """What of a visible depot could be repaired, by part number, at most 200 kinds and pieces."""
    depot = one_of(visible_depots(actor), depot_id)
    pieces = visible_pieces(actor).filter(depot=depot, condition=Condition.FAULTY)
    found = [
        FaultyRow(one.part.public_id, one.part.number, one.part.name, one.serial, "", 1)
        for one in pieces.select_related("part").order_by("part__number", "serial")[:MOST_FAULTY]
    ]
    lying = visible_balances(actor).filter(
        depot=depot, condition=Condition.FAULTY, on_hand__gt=F("reserved")
    )
    others = lying.exclude(part__tracking=Tracking.SERIAL).select_related("part")
    found += [
        FaultyRow(
            one.part.public_id,
            one.part.number,
            one.part.name,
            "",
            one.lot,
            one.on_hand - one.reserved,
        )
        for one in others.order_by("part__number", "id")[:MOST_FAULTY]
    ]
    return sorted(found, key=lambda one: (one.number, one.serial, one.lot))


def workers_of(actor: Actor, depot_id: object) -> list[Holder]:
    """Who may repair parts in a depot where the actor may, by name."""
    depot = one_of(visible_depots(actor, Permission.PART_REPAIR), depot_id)
    return holders_of(Permission.PART_REPAIR, depot.unit_id)


def _with_rest(actor: Actor, found: QuerySet[PartRepair]) -> QuerySet[Any]:
    """With the names beside it and what its material cost."""
    used = (
        visible_moves(actor)
        .filter(repair=OuterRef("pk"), kind=MoveKind.MATERIAL.value)
        .order_by()
        .values("repair")
        .annotate(total=Sum("value"))
        .values("total")
    )
    money = DecimalField(max_digits=14, decimal_places=2)
    return found.select_related("depot", "part", "piece", "worker").annotate(
        used=Coalesce(Subquery(used, output_field=money), Decimal(0), output_field=money)
    )


def _row(actor: Actor, one: Any, materials: tuple[MaterialRow, ...] = ()) -> PartRepairRow:
    sees = sees_costs(actor)
    return PartRepairRow(
        public_id=one.public_id,
        version=one.version,
        number=one.number,
        state=one.state,
        depot_id=one.depot.public_id,
        depot_name=one.depot.name,
        depot_unit_id=one.depot.unit_id,
        part_id=one.part.public_id,
        part_number=one.part.number,
        part_name=one.part.name,
        piece_id=one.piece.public_id if one.piece else None,
        serial=one.piece.serial if one.piece else "",
        lot=one.lot,
        fault=one.fault,
        worker_id=one.worker.public_id,
        worker_name=one.worker.name,
        taken_at=one.taken_at,
        taken_by=one.taken_by,
        work_done=one.work_done,
        hours=one.hours,
        tested=one.tested,
        finished_at=one.finished_at,
        finished_by=one.finished_by,
        supplier=one.supplier,
        claim_number=one.claim_number,
        granted=one.granted if sees else None,
        settled_at=one.settled_at,
        settled_by=one.settled_by,
        reason=one.reason,
        value=one.value if sees else None,
        material_cost=-one.used if sees else None,
        hour_cost=one.hour_cost if sees else None,
        materials=materials,
    )


def _material(actor: Actor, move: Move) -> MaterialRow:
    return MaterialRow(
        part_id=move.part.public_id,
        number=move.part.number,
        name=move.part.name,
        measure=move.part.measure,
        serial=move.piece.serial if move.piece else "",
        quantity=-move.quantity,
        value=-move.value if sees_costs(actor) else None,
    )
