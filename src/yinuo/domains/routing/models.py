"""Tables of routing: the way of a request through the units, and every unit on that way."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.domains.routing.types import Outcome, RoutingState
from yinuo.platform.identifiers import new_public_id


class Routing(models.Model):
    """One search for the unit that serves a request. Of a request one runs at a time."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=RoutingState.RUNNING.value)
    product_line = models.CharField(max_length=60, default="", blank=True)
    mode = models.CharField(max_length=12)
    # The engineer of the response centre who follows the case to its end (SV-05).
    follower = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "routing_routing"
        indexes = [models.Index(fields=["request", "-id"], name="routing_of_request")]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                name="routing_one_at_a_time",
                condition=Q(state=RoutingState.RUNNING.value),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in RoutingState]), name="routing_state"
            ),
        ]


class Offer(models.Model):
    """A unit on the way: passed over with the reason, or asked until when and what it answered."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    routing = models.ForeignKey(Routing, models.PROTECT, related_name="offers")
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    place = models.SmallIntegerField()
    distance_km = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=12)
    # Why it was passed over, by its code.
    passed_over = models.CharField(max_length=20, default="", blank=True)
    # What it said when it declined or gave the request back. Erasable.
    said = models.CharField(max_length=200, default="", blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, default="", blank=True)

    class Meta:
        db_table = "routing_offer"
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="routing_offers_running",
                condition=Q(outcome=Outcome.OFFERED.value),
            ),
            models.Index(fields=["unit", "-id"], name="routing_offers_of_unit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["routing", "place"], name="routing_offer_place"),
            models.UniqueConstraint(
                fields=["routing"],
                name="routing_one_offer_at_a_time",
                condition=Q(outcome=Outcome.OFFERED.value),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[one.value for one in Outcome]), name="routing_outcome"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.PASSED_OVER.value) & ~Q(passed_over="")
                | ~Q(outcome=Outcome.PASSED_OVER.value)
                & Q(passed_over="", expires_at__gt=F("made_at")),
                name="routing_offer_whole",
            ),
        ]
