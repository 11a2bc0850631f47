"""Tables of a contract's life: stages entered, suspensions, supplements."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from yinuo.platform.identifiers import new_public_id


class StageEntry(models.Model):
    """A stage of the cycle that a contract entered, and what held then. Append-only."""

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=20)
    at = models.DateTimeField()
    actor_label = models.CharField(max_length=80)
    # The codes of the conditions that were asked and held.
    held = models.JSONField(default=list)
    note = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        db_table = "contracts_stage"
        indexes = [models.Index(fields=["contract", "id"], name="contracts_stages_of")]


class Suspension(models.Model):
    """Days on which a contract covers nothing, half-open; without end while it is suspended."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="suspensions")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=400)
    suspended_by = models.CharField(max_length=80)
    resumed_by = models.CharField(max_length=80, default="")

    class Meta:
        db_table = "contracts_suspension"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("begins_on")),
                name="contracts_suspension_in_order",
            ),
            # One at a time: the database refuses days that belong to two suspensions.
            ExclusionConstraint(
                name="contracts_suspended_once",
                expressions=[
                    (
                        Func(F("contract"), F("contract"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("begins_on"), F("ends_on"), RangeBoundary(), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


class Supplement(models.Model):
    """An agreement that changes money, end or figures of a contract from a day. Append-only.

    What is None or left out stays as it was.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True)
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="supplements")
    number = models.CharField(max_length=60)
    effective_on = models.DateField()
    total = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    annual_fee = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    ends_on = models.DateField(null=True)
    parameters = models.JSONField(default=dict)
    note = models.CharField(max_length=2000, default="", blank=True)
    agreed_at = models.DateTimeField()
    actor_label = models.CharField(max_length=80)

    class Meta:
        db_table = "contracts_supplement"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"], name="contracts_supplement_once"
            ),
            models.CheckConstraint(
                condition=(Q(total__isnull=True) | Q(total__gte=0))
                & (Q(annual_fee__isnull=True) | Q(annual_fee__gte=0)),
                name="contracts_supplement_not_negative",
            ),
        ]
