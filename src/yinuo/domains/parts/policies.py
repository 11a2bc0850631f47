"""Who sees which depots and what lies in them. The catalogue is everybody's who may see parts."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import (
    Balance,
    Depot,
    Move,
    Part,
    PartRepair,
    PartRequest,
    Piece,
    Shipment,
    StockLevel,
)


def visible_parts(actor: Actor, permission: Permission = Permission.PART_READ) -> QuerySet[Part]:
    """The whole catalogue for whoever holds the right anywhere; nothing for others."""
    return Part.objects.all() if actor.may(permission) else Part.objects.none()


def visible_depots(actor: Actor, permission: Permission = Permission.PART_READ) -> QuerySet[Depot]:
    """Depots of the units where the actor holds the right."""
    return Depot.objects.filter(unit_id__any=actor.units_for(permission))


def visible_balances(actor: Actor) -> QuerySet[Balance]:
    """What lies in the depots he sees."""
    return Balance.objects.filter(depot__unit_id__any=actor.units_for(Permission.PART_READ))


def visible_moves(actor: Actor) -> QuerySet[Move]:
    """What came to and went from the depots he sees."""
    return Move.objects.filter(depot__unit_id__any=actor.units_for(Permission.PART_READ))


def visible_levels(actor: Actor) -> QuerySet[StockLevel]:
    """The minimums of the depots he sees."""
    return StockLevel.objects.filter(depot__unit_id__any=actor.units_for(Permission.PART_READ))


def visible_pieces(actor: Actor) -> QuerySet[Piece]:
    """Pieces that are, or ever were, in a depot he sees."""
    seen = visible_moves(actor).filter(piece__isnull=False).order_by().values("piece_id")
    return Piece.objects.filter(pk__in=seen)


def visible_shipments(
    actor: Actor, permission: Permission = Permission.PART_READ
) -> QuerySet[Shipment]:
    """What left a depot he sees, or is on its way to one."""
    units = actor.units_for(permission)
    return Shipment.objects.filter(
        Q(from_depot__unit_id__any=units) | Q(to_depot__unit_id__any=units)
    )


def visible_asks(
    actor: Actor, permission: Permission = Permission.PART_READ
) -> QuerySet[PartRequest]:
    """Requests for parts from depots, or for cases, of the units where he holds the right."""
    units = actor.units_for(permission)
    return PartRequest.objects.filter(Q(depot__unit_id__any=units) | Q(request__unit_id__any=units))


def visible_part_repairs(
    actor: Actor, permission: Permission = Permission.PART_READ
) -> QuerySet[PartRepair]:
    """Repairs of parts in depots of the units where he holds the right."""
    return PartRepair.objects.filter(depot__unit_id__any=actor.units_for(permission))


def sees_costs(actor: Actor) -> bool:
    """Whether he may know what parts cost us and what stock is worth."""
    return actor.may(Permission.PART_COST_READ)
