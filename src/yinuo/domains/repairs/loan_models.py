"""Tables of standby units and of their loans."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.kernel.loan_states import LoanBasis, LoanState, StandbyState
from yinuo.platform.identifiers import new_public_id


class StandbyUnit(models.Model):
    """One unit (备机) that is lent while a customer's device does not work."""

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    model = models.CharField(max_length=120)
    serial = models.CharField(max_length=80)
    # Where it lies, in words: room, shelf, car.
    place = models.CharField(max_length=200, default="", blank=True)
    worth = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    state = models.CharField(max_length=10, default=StandbyState.READY.value)

    class Meta:
        db_table = "repairs_standby"
        indexes = [models.Index(fields=["unit", "-id"], name="standby_of_unit")]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="standby_public_id"),
            models.UniqueConstraint(fields=["model", "serial"], name="standby_serial_once"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in StandbyState])
                & ~Q(serial="")
                & (Q(worth__isnull=True) | Q(worth__gte=0)),
                name="standby_words",
            ),
        ]


class Loan(models.Model):
    """One loan of a standby unit to a customer, until it is back or stays with him."""

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default=LoanState.LENT.value)
    standby = models.ForeignKey(StandbyUnit, models.PROTECT, related_name="loans")
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    # The device that it stands in for.
    asset = models.ForeignKey("assets.Asset", models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=10)
    reason = models.CharField(max_length=500, default="", blank=True)
    delivered_at = models.DateTimeField()
    return_by = models.DateTimeField()
    condition_out = models.CharField(max_length=500)
    lent_at = models.DateTimeField()
    lent_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    condition_in = models.CharField(max_length=500, default="", blank=True)
    is_damaged = models.BooleanField(default=False)
    # The customer's asset that the unit became when he kept it.
    kept_as = models.ForeignKey("assets.Asset", models.PROTECT, null=True, related_name="+")
    # What the customer pays for a damage, or for keeping it; and as which charge it was entered.
    to_bill = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    billed_at = models.DateTimeField(null=True)
    billed_as = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        db_table = "repairs_loan"
        indexes = [
            models.Index(fields=["unit", "-id"], name="loans_of_unit"),
            models.Index(fields=["customer", "-id"], name="loans_of_customer"),
            models.Index(fields=["request", "-id"], name="loans_of_request"),
            models.Index(
                fields=["return_by"], name="loans_due", condition=Q(state=LoanState.LENT.value)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="loan_public_id"),
            models.UniqueConstraint(fields=["number"], name="loan_number"),
            # Nobody lends one unit twice at once.
            models.UniqueConstraint(
                fields=["standby"],
                condition=Q(state=LoanState.LENT.value),
                name="loan_of_unit_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in LoanState])
                & Q(basis__in=[one.value for one in LoanBasis])
                & ~Q(condition_out=""),
                name="loan_words",
            ),
            models.CheckConstraint(
                condition=Q(state=LoanState.LENT.value, ended_at__isnull=True)
                | ~Q(state=LoanState.LENT.value) & Q(ended_at__isnull=False),
                name="loan_ended",
            ),
            models.CheckConstraint(
                condition=Q(billed_at__isnull=True) | Q(to_bill__gt=0), name="loan_billed"
            ),
        ]
