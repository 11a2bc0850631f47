"""Tables of repair orders and of what was done with each, leg by leg."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.repairs.loan_models import Loan, StandbyUnit
from yinuo.kernel.repair_states import REPAIR_ACTS, REPAIR_ENDED, UNOPENED, RepairState
from yinuo.platform.identifiers import new_public_id

__all__ = ["Loan", "RepairOrder", "RepairStep", "StandbyUnit"]

_ENDED = sorted(state.value for state in REPAIR_ENDED)
_UNOPENED = sorted(state.value for state in UNOPENED)


class RepairOrder(models.Model):
    """One device sent in for repair (返修单), from the pick-up until it is fitted again."""

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default=RepairState.OPENED.value)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    asset = models.ForeignKey("assets.Asset", models.PROTECT, related_name="+")
    # As they were when it was sent in.
    model = models.CharField(max_length=120, default="", blank=True)
    serial = models.CharField(max_length=80, default="", blank=True)
    fault = models.TextField()
    accessories = models.CharField(max_length=500, default="", blank=True)
    is_paid = models.BooleanField()
    # The device is fetched; the customer sends it otherwise.
    pick_up = models.BooleanField(default=False)
    # Who owns it now, when it is registered with another customer.
    owner_reason = models.CharField(max_length=500, default="", blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    backup_at = models.DateTimeField(null=True)
    backup_by = models.CharField(max_length=80, default="", blank=True)
    # What the customer was told last, when it takes longer.
    promised_until = models.DateTimeField(null=True)
    # What comes back in its place; empty when the same unit does.
    new_model = models.CharField(max_length=120, default="", blank=True)
    new_serial = models.CharField(max_length=80, default="", blank=True)
    supplier = models.CharField(max_length=120, default="", blank=True)
    supplier_reference = models.CharField(max_length=80, default="", blank=True)
    claimed_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    claimed_at = models.DateTimeField(null=True)
    settled_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    settled_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "repairs_order"
        indexes = [
            models.Index(fields=["unit", "-id"], name="repairs_of_unit"),
            models.Index(fields=["customer", "-id"], name="repairs_of_customer"),
            models.Index(fields=["request", "-id"], name="repairs_of_request"),
            models.Index(
                fields=["-id"],
                name="repairs_claims_open",
                condition=Q(claimed_at__isnull=False, settled_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="repair_public_id"),
            models.UniqueConstraint(fields=["number"], name="repair_number"),
            models.UniqueConstraint(
                fields=["asset"], condition=~Q(state__in=_ENDED), name="repair_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in RepairState]), name="repair_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_UNOPENED) | Q(backup_at__isnull=False),
                name="repair_backup_before_opening",
            ),
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=True, claimed_amount__isnull=True)
                | Q(claimed_at__isnull=False, claimed_amount__gt=0, supplier__gt=""),
                name="repair_claim_whole",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_amount__isnull=True)
                | Q(settled_at__isnull=False, settled_amount__gte=0, claimed_at__isnull=False),
                name="repair_claim_settled",
            ),
        ]


class RepairStep(models.Model):
    """One thing done with a repair order: rows are added, never changed."""

    public_id = models.UUIDField(default=new_public_id)
    order = models.ForeignKey(RepairOrder, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20)
    text = models.TextField(default="")
    waybill = models.CharField(max_length=80, default="")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    until = models.DateTimeField(null=True)
    done_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "repairs_step"
        indexes = [models.Index(fields=["order", "id"], name="repairs_steps_of_order")]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="repair_step_public_id"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(REPAIR_ACTS)), name="repair_step_kind"
            ),
        ]
