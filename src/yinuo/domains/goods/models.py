"""Tables of the catalogue of goods, of orders with their versions, and of what was sent of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.domains.goods.types import MOST_QUANTITY
from yinuo.kernel.goods_states import GoodsState
from yinuo.platform.identifiers import new_public_id

_UNPROMISED = [GoodsState.ORDERED.value, GoodsState.CANCELLED.value]


class GoodsItem(models.Model):
    """An article of the catalogue (物品): names, what it is counted in, how long it lasts."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, default="", blank=True)
    measure = models.CharField(max_length=12)
    # Its useful life; within it replacements are supplied. Empty: not limited.
    life_months = models.IntegerField(null=True)
    # The code of its entry in price lists; empty for none.
    price_code = models.CharField(max_length=60, default="", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "goods_item"
        constraints = [
            models.CheckConstraint(
                condition=Q(life_months__isnull=True) | Q(life_months__gt=0), name="goods_life"
            ),
        ]


class GoodsOrder(models.Model):
    """What a customer wants delivered, as its newest accepted version says."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=12, default=GoodsState.ORDERED.value)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="+")
    project = models.ForeignKey("assets.Project", models.PROTECT, null=True, related_name="+")
    request = models.ForeignKey("requests.Request", models.PROTECT, null=True, related_name="+")
    is_urgent = models.BooleanField(default=False)
    wished_on = models.DateField(null=True)
    # The day we promised; empty until the order is accepted.
    promised_on = models.DateField(null=True)
    # When the goods that these replace were supplied.
    supplied_on = models.DateField(null=True)
    deliver_to = models.CharField(max_length=300, default="", blank=True)
    note = models.CharField(max_length=500, default="", blank=True)
    in_portal = models.BooleanField(default=False)
    ordered_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    # Why it was cancelled, or how the goods do when it is closed.
    end_text = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        db_table = "goods_order"
        indexes = [
            models.Index(fields=["unit", "-id"], name="goods_of_unit"),
            models.Index(fields=["customer", "-id"], name="goods_of_customer"),
            models.Index(fields=["request", "-id"], name="goods_of_request"),
            models.Index(fields=["project", "-id"], name="goods_of_project"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in GoodsState]), name="goods_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_UNPROMISED) | Q(promised_on__isnull=False),
                name="goods_promised_before_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state=GoodsState.CANCELLED.value) | ~Q(end_text=""),
                name="goods_cancelled_with_reason",
            ),
        ]


class GoodsLine(models.Model):
    """An article of an order: how many are wanted, how many left. Never more than wanted."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    order = models.ForeignKey(GoodsOrder, models.PROTECT, related_name="lines")
    item = models.ForeignKey(GoodsItem, models.PROTECT, related_name="+")
    quantity = models.IntegerField()
    shipped = models.IntegerField(default=0)

    class Meta:
        db_table = "goods_line"
        constraints = [
            models.UniqueConstraint(fields=["order", "item"], name="goods_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, quantity__lte=MOST_QUANTITY), name="goods_quantity"
            ),
            models.CheckConstraint(
                condition=Q(shipped__gte=0, shipped__lte=F("quantity")), name="goods_not_oversent"
            ),
        ]


class GoodsRevision(models.Model):
    """A version of an order as it was asked for: the first is the order itself. Append-only."""

    order = models.ForeignKey(GoodsOrder, models.PROTECT, related_name="revisions")
    number = models.IntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    recorded_by = models.CharField(max_length=80)
    why = models.CharField(max_length=500, default="", blank=True)
    is_urgent = models.BooleanField()
    wished_on = models.DateField(null=True)
    # Code, names, measure and quantity of each article as they were then.
    lines = models.JSONField()

    class Meta:
        db_table = "goods_revision"
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="goods_revision_once"),
            models.CheckConstraint(
                condition=Q(number=1) | Q(number__gt=1, why__gt=""), name="goods_revision_why"
            ),
        ]


class GoodsAnswer(models.Model):
    """What we answered to a change that was asked for. Append-only."""

    revision = models.OneToOneField(GoodsRevision, models.PROTECT, related_name="answer")
    is_accepted = models.BooleanField()
    # The day promised from now on; empty when the change was declined.
    promised_on = models.DateField(null=True)
    text = models.CharField(max_length=500, default="", blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        db_table = "goods_answer"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(text=""), name="goods_declined_why"
            ),
        ]


class GoodsShipment(models.Model):
    """A parcel of an order. Append-only."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    order = models.ForeignKey(GoodsOrder, models.PROTECT, related_name="shipments")
    number = models.IntegerField()
    carrier = models.CharField(max_length=80)
    waybill = models.CharField(max_length=80, default="", blank=True)
    shipped_at = models.DateTimeField()
    shipped_by = models.CharField(max_length=80)

    class Meta:
        db_table = "goods_shipment"
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="goods_shipment_once"),
        ]


class GoodsShipmentLine(models.Model):
    """How many of an article are in a parcel. Append-only."""

    shipment = models.ForeignKey(GoodsShipment, models.PROTECT, related_name="lines")
    line = models.ForeignKey(GoodsLine, models.PROTECT, related_name="sent")
    quantity = models.IntegerField()

    class Meta:
        db_table = "goods_shipment_line"
        constraints = [
            models.UniqueConstraint(fields=["shipment", "line"], name="goods_sent_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="goods_sent_some"),
        ]


class GoodsDelivery(models.Model):
    """The signature for a parcel. Append-only."""

    shipment = models.OneToOneField(GoodsShipment, models.PROTECT, related_name="delivery")
    delivered_at = models.DateTimeField()
    signed_by = models.CharField(max_length=80)
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "goods_delivery"
        constraints = [
            models.CheckConstraint(condition=~Q(signed_by=""), name="goods_delivery_signed"),
        ]
