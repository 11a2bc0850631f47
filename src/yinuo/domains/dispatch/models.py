"""Tables of dispatch: whose time is booked for what, and every decision as it was taken."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q, Value

from yinuo.domains.dispatch.plan_models import PlanLine, PlanRun, PlanTaken, TravelFactors
from yinuo.domains.dispatch.weight_models import HourPrice, WeightVersion
from yinuo.platform.identifiers import new_public_id

__all__ = [
    "Booking",
    "Decision",
    "HourPrice",
    "PlanLine",
    "PlanRun",
    "PlanTaken",
    "TravelFactors",
    "WeightVersion",
]


class Booking(models.Model):
    """A person's time kept for a sheet, the way there included; half-open, until it is released.

    The database refuses a second booking of the same person for any part of it.
    """

    person = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    work_order = models.ForeignKey("fieldwork.WorkOrder", models.PROTECT, related_name="+")
    period = DateTimeRangeField()
    booked_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dispatch_booking"
        indexes = [
            models.Index(
                fields=["work_order"],
                name="dispatch_booking_of_order",
                condition=Q(released_at__isnull=True),
            ),
            GistIndex(
                fields=["period"],
                name="dispatch_booking_when",
                condition=Q(released_at__isnull=True),
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="dispatch_no_double_booking",
                expressions=[
                    (
                        Func(F("person"), F("person"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(released_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False), name="dispatch_booking_lasts"
            ),
        ]


class Decision(models.Model):
    """Who was sent to a sheet, with everybody considered, what each cost and why others could not.

    Never changed: another decision is another row.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True)
    work_order = models.ForeignKey("fieldwork.WorkOrder", models.PROTECT, related_name="+")
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)
    # Place of the chosen one in the ranking, 1 for the first.
    place = models.SmallIntegerField()
    reason = models.CharField(max_length=200, default="", blank=True)
    weights = models.CharField(max_length=20)
    considered = models.IntegerField()
    content = models.JSONField()

    class Meta:
        db_table = "dispatch_decision"
        indexes = [models.Index(fields=["work_order", "-id"], name="dispatch_decision_of_order")]
