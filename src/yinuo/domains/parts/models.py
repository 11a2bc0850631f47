"""Tables of parts and their stock. Balances and the places of pieces follow the moves: triggers
of the first migration keep them, and refuse whatever else would change them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from yinuo.domains.parts.repair_models import PartRepair
from yinuo.domains.parts.request_models import PartRequest, PartRequestLine, Reservation
from yinuo.domains.parts.types import Condition, DepotKind, MoveKind, Place, Tracking
from yinuo.platform.database.lookups import Grams
from yinuo.platform.identifiers import new_public_id

__all__ = [
    "Balance",
    "Depot",
    "Move",
    "Part",
    "PartRepair",
    "PartRequest",
    "PartRequestLine",
    "Piece",
    "Reservation",
    "Shipment",
    "ShipmentLine",
    "StockLevel",
    "StockTake",
]

_GAIN = [
    MoveKind.RECEIPT.value,
    MoveKind.TRANSFER_IN.value,
    MoveKind.RETURN.value,
    MoveKind.REPAIR_IN.value,
]
_LOSS = [
    MoveKind.TRANSFER_OUT.value,
    MoveKind.ISSUE.value,
    MoveKind.SCRAP.value,
    MoveKind.REPAIR_OUT.value,
    MoveKind.MATERIAL.value,
]


def _codes(field: str, codes: type) -> Q:
    return Q(**{f"{field}__in": [one.value for one in codes]})  # type: ignore[attr-defined] # words


class Part(models.Model):
    """A part (备件) of the catalogue: its number, what it fits, how it is followed, its money."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, default="", blank=True)
    tracking = models.CharField(max_length=8)
    # What it is counted in: 个, 米, 套.
    measure = models.CharField(max_length=12, default="", blank=True)
    # Models and product lines of assets that it fits, as typed.
    models_fitted = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    classes_fitted = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "parts_part"
        indexes = [
            GinIndex(Grams("number"), name="parts_number_part"),
            GinIndex(Grams("name"), name="parts_name_part"),
        ]
        constraints = [
            models.CheckConstraint(condition=_codes("tracking", Tracking), name="parts_tracking"),
            models.CheckConstraint(
                condition=(Q(cost__isnull=True) | Q(cost__gte=0))
                & (Q(price__isnull=True) | Q(price__gte=0)),
                name="parts_money",
            ),
        ]


class Depot(models.Model):
    """A depot (备件库) of a unit; an engineer's car is one, held by him."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    holder = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=300, default="", blank=True)
    active = models.BooleanField(default=True)
    # What an hour in its workshop costs us; none where parts are not repaired.
    hour_cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        db_table = "parts_depot"
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="parts_depot_name"),
            models.UniqueConstraint(
                fields=["holder"], condition=Q(active=True), name="parts_one_car_each"
            ),
            models.CheckConstraint(condition=_codes("kind", DepotKind), name="parts_depot_kind"),
            models.CheckConstraint(
                condition=Q(kind=DepotKind.CAR.value, holder__isnull=False)
                | ~Q(kind=DepotKind.CAR.value) & Q(holder__isnull=True),
                name="parts_car_has_holder",
            ),
            models.CheckConstraint(
                condition=Q(hour_cost__isnull=True) | Q(hour_cost__gte=0), name="parts_hour_cost"
            ),
        ]


class Piece(models.Model):
    """One piece of a part (单件), by its serial number; it is in exactly one place."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    part = models.ForeignKey(Part, models.PROTECT, related_name="pieces")
    serial = models.CharField(max_length=80)
    place = models.CharField(max_length=10, default=Place.MISSING.value)
    depot = models.ForeignKey(Depot, models.PROTECT, null=True, related_name="pieces")
    condition = models.CharField(max_length=8, default=Condition.GOOD.value)
    # Where it is when it is in no depot, in words: the asset it went into, the customer it is with.
    whereabouts = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "parts_piece"
        indexes = [
            models.Index(fields=["depot", "part"], name="parts_pieces_of_depot"),
            GinIndex(Grams("serial"), name="parts_serial_part"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["part", "serial"], name="parts_serial_once"),
            models.CheckConstraint(
                condition=_codes("place", Place) & _codes("condition", Condition),
                name="parts_piece_words",
            ),
            models.CheckConstraint(
                condition=Q(place=Place.DEPOT.value, depot__isnull=False)
                | ~Q(place=Place.DEPOT.value) & Q(depot__isnull=True),
                name="parts_piece_one_place",
            ),
        ]


class Balance(models.Model):
    """How many of a part lie in a depot, by lot and condition. Written by triggers only."""

    depot = models.ForeignKey(Depot, models.PROTECT, related_name="balances")
    part = models.ForeignKey(Part, models.PROTECT, related_name="balances")
    lot = models.CharField(max_length=40, default="", blank=True)
    condition = models.CharField(max_length=8, default=Condition.GOOD.value)
    on_hand = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)
    # What they cost us, at moving averages.
    value = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        db_table = "parts_balance"
        indexes = [models.Index(fields=["part", "depot"], name="parts_balance_of_part")]
        constraints = [
            models.UniqueConstraint(
                fields=["depot", "part", "lot", "condition"], name="parts_balance_once"
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, on_hand__gte=F("reserved")),
                name="parts_never_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0) & (Q(on_hand__gt=0) | Q(value=0)),
                name="parts_value_of_what_is_there",
            ),
            models.CheckConstraint(condition=_codes("condition", Condition), name="parts_state"),
        ]


class StockLevel(models.Model):
    """How many of a part a depot keeps at least, and up to how many it is filled again."""

    depot = models.ForeignKey(Depot, models.CASCADE, related_name="levels")
    part = models.ForeignKey(Part, models.CASCADE, related_name="levels")
    minimum = models.IntegerField()
    refill = models.IntegerField()

    class Meta:
        db_table = "parts_level"
        constraints = [
            models.UniqueConstraint(fields=["depot", "part"], name="parts_level_once"),
            models.CheckConstraint(
                condition=Q(minimum__gte=1, refill__gte=F("minimum")), name="parts_level_order"
            ),
        ]


class Shipment(models.Model):
    """Parts on their way out of a depot, to another one when `to_depot` is set."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40, unique=True)
    from_depot = models.ForeignKey(Depot, models.PROTECT, related_name="+")
    to_depot = models.ForeignKey(Depot, models.PROTECT, null=True, related_name="+")
    carrier = models.CharField(max_length=80, default="", blank=True)
    waybill = models.CharField(max_length=80, default="", blank=True)
    shipped_at = models.DateTimeField()
    shipped_by = models.CharField(max_length=80)
    due_at = models.DateTimeField(null=True)
    # When nothing more is expected of it.
    closed_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=200, default="", blank=True)
    # The request for parts that it fills, when it goes to a customer's site.
    ask = models.ForeignKey(PartRequest, models.PROTECT, null=True, related_name="shipments")

    class Meta:
        db_table = "parts_shipment"
        indexes = [
            models.Index(
                fields=["to_depot"],
                name="parts_shipments_coming",
                condition=Q(closed_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_depot__isnull=True) | ~Q(to_depot=F("from_depot")),
                name="parts_shipped_elsewhere",
            ),
        ]


class ShipmentLine(models.Model):
    """One part of a shipment. What was sent and not received is in nobody's depot."""

    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="lines")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    piece = models.ForeignKey(Piece, models.PROTECT, null=True, related_name="+")
    lot = models.CharField(max_length=40, default="", blank=True)
    condition = models.CharField(max_length=8)
    sent = models.IntegerField()
    received = models.IntegerField(default=0)
    # What was sent costs us so much.
    value = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        db_table = "parts_shipment_line"
        constraints = [
            models.CheckConstraint(
                condition=Q(sent__gte=1, received__range=(0, F("sent"))),
                name="parts_received_of_sent",
            ),
        ]


class StockTake(models.Model):
    """A count of what lies in a depot; its differences are moves."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    depot = models.ForeignKey(Depot, models.PROTECT, related_name="takes")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    reason = models.CharField(max_length=200, default="", blank=True)
    # Lines counted, and those that were not as the books said.
    lines = models.IntegerField()
    differences = models.IntegerField()

    class Meta:
        db_table = "parts_stock_take"


class Move(models.Model):
    """One part or more came or went: a row of the ledger, added and never changed (R40, R42)."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    depot = models.ForeignKey(Depot, models.PROTECT, related_name="moves")
    part = models.ForeignKey(Part, models.PROTECT, related_name="moves")
    lot = models.CharField(max_length=40, default="", blank=True)
    condition = models.CharField(max_length=8)
    piece = models.ForeignKey(Piece, models.PROTECT, null=True, related_name="moves")
    # In is more, out is less.
    quantity = models.IntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=2)
    # What it is about, for people: delivery note, request, sheet; and the row behind it.
    reference = models.CharField(max_length=80, default="", blank=True)
    note = models.CharField(max_length=200, default="", blank=True)
    shipment = models.ForeignKey(Shipment, models.PROTECT, null=True, related_name="moves")
    take = models.ForeignKey(StockTake, models.PROTECT, null=True, related_name="moves")
    repair = models.ForeignKey(PartRepair, models.PROTECT, null=True, related_name="moves")

    class Meta:
        db_table = "parts_move"
        indexes = [
            models.Index(fields=["depot", "-id"], name="parts_moves_of_depot"),
            models.Index(fields=["part", "-id"], name="parts_moves_of_part"),
            models.Index(
                fields=["piece", "-id"],
                name="parts_moves_of_piece",
                condition=Q(piece__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=_GAIN, quantity__gt=0, value__gte=0)
                | Q(kind__in=_LOSS, quantity__lt=0, value__lte=0)
                | Q(kind=MoveKind.COUNT.value) & ~Q(quantity=0),
                name="parts_move_direction",
            ),
            models.CheckConstraint(
                condition=Q(piece__isnull=True) | Q(quantity__in=(1, -1)), name="parts_piece_is_one"
            ),
            models.CheckConstraint(
                condition=_codes("condition", Condition), name="parts_move_condition"
            ),
        ]
