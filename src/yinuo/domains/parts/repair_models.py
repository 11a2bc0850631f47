"""The table of repairs of parts. What moves because of one stands in the ledger and names it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.parts.repair_types import OPEN_REPAIRS, PartRepairState
from yinuo.platform.identifiers import new_public_id

_OPEN = sorted(one.value for one in OPEN_REPAIRS)
_REASONED = [PartRepairState.SCRAPPED.value, PartRepairState.PUT_BACK.value]


class PartRepair(models.Model):
    """One faulty part on the bench of a depot's workshop (备件维修单), until it is good, with its
    supplier, or gone."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=14, default=PartRepairState.IN_WORK.value)
    depot = models.ForeignKey("parts.Depot", models.PROTECT, related_name="+")
    part = models.ForeignKey("parts.Part", models.PROTECT, related_name="+")
    piece = models.ForeignKey("parts.Piece", models.PROTECT, null=True, related_name="+")
    lot = models.CharField(max_length=40, default="", blank=True)
    fault = models.CharField(max_length=200)
    worker = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=80)
    # What the faulty part stood in the books with when it was taken.
    value = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    work_done = models.CharField(max_length=1000, default="", blank=True)
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    # What an hour of the workshop cost on that day.
    hour_cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    tested = models.CharField(max_length=200, default="", blank=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.CharField(max_length=80, default="", blank=True)
    supplier = models.CharField(max_length=80, default="", blank=True)
    claim_number = models.CharField(max_length=80, default="", blank=True)
    granted = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, default="", blank=True)
    reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "parts_repair"
        indexes = [
            models.Index(fields=["depot", "-id"], name="part_repairs_of_depot"),
            models.Index(
                fields=["taken_at", "id"], name="part_repairs_open", condition=Q(state__in=_OPEN)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["piece"], condition=Q(state__in=_OPEN), name="parts_repair_one_of_a_piece"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in PartRepairState]),
                name="parts_repair_state",
            ),
            models.CheckConstraint(
                condition=Q(state=PartRepairState.IN_WORK.value, finished_at__isnull=True)
                | ~Q(state=PartRepairState.IN_WORK.value) & Q(finished_at__isnull=False),
                name="parts_repair_finished",
            ),
            models.CheckConstraint(
                condition=~Q(state=PartRepairState.REPAIRED.value) | ~Q(tested=""),
                name="parts_repair_good_when_tested",
            ),
            models.CheckConstraint(
                condition=~Q(state=PartRepairState.WITH_SUPPLIER.value) | ~Q(supplier=""),
                name="parts_repair_with_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_REASONED) | ~Q(reason=""), name="parts_repair_ended_why"
            ),
            models.CheckConstraint(
                condition=(Q(hours__isnull=True) | Q(hours__gte=0))
                & (Q(granted__isnull=True) | Q(granted__gte=0))
                & Q(value__gte=0),
                name="parts_repair_figures",
            ),
        ]
