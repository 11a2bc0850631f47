"""Tables of requests for parts: who wants what for which case, and what is kept for him."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.domains.parts.request_types import AskState
from yinuo.platform.identifiers import new_public_id

_REASONED = [AskState.DECLINED.value, AskState.CANCELLED.value]


class PartRequest(models.Model):
    """Parts wanted from a depot for a request (备件申请), until used ones and old ones are back."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, default=AskState.ASKED.value)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    # The sheet they are for, when there is one.
    sheet = models.ForeignKey("fieldwork.WorkOrder", models.PROTECT, null=True, related_name="+")
    depot = models.ForeignKey("parts.Depot", models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, default="", blank=True)
    # The depot nearest to where they are needed, and whether it had all of them when somebody
    # asked: that is what fill rates count, wherever the parts come from in the end.
    nearest = models.ForeignKey("parts.Depot", models.PROTECT, related_name="+")
    filled = models.BooleanField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    asker = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, default="", blank=True)
    reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "parts_request"
        indexes = [
            models.Index(fields=["depot", "-id"], name="part_requests_of_depot"),
            models.Index(fields=["request", "id"], name="part_requests_of_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in AskState]), name="parts_request_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_REASONED) | ~Q(reason=""), name="parts_request_ended_why"
            ),
        ]


class PartRequestLine(models.Model):
    """One part of a request for parts, and how far it came."""

    ask = models.ForeignKey(PartRequest, models.PROTECT, related_name="lines")
    part = models.ForeignKey("parts.Part", models.PROTECT, related_name="+")
    quantity = models.IntegerField()
    shipped = models.IntegerField(default=0)
    received = models.IntegerField(default=0)
    used = models.IntegerField(default=0)
    # Old parts that came back, and new ones that were not needed.
    old_back = models.IntegerField(default=0)
    unused_back = models.IntegerField(default=0)

    class Meta:
        db_table = "parts_request_line"
        constraints = [
            models.UniqueConstraint(fields=["ask", "part"], name="parts_request_line_once"),
            models.CheckConstraint(
                condition=Q(
                    quantity__gte=1,
                    shipped__range=(0, F("quantity")),
                    received__range=(0, F("shipped")),
                    used__gte=0,
                    unused_back__gte=0,
                    old_back__range=(0, F("used")),
                )
                & Q(received__gte=F("used") + F("unused_back")),
                name="parts_request_line_order",
            ),
        ]


class Reservation(models.Model):
    """So many of a balance are kept for a line. A trigger adds them up on the balance."""

    line = models.ForeignKey(PartRequestLine, models.PROTECT, related_name="reservations")
    balance = models.ForeignKey("parts.Balance", models.PROTECT, related_name="+")
    quantity = models.IntegerField()

    class Meta:
        db_table = "parts_reservation"
        constraints = [
            models.UniqueConstraint(fields=["line", "balance"], name="parts_reserved_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="parts_reserved_some"),
        ]
