"""Tables of charge-backs: what a unit down the network pays for the misses it caused (B-09).

Both only grow. What changes afterwards is the difference on the unit's next charge-back.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.platform.identifiers import new_public_id


class ChargeBack(models.Model):
    """What a unit is charged for misses due until a day, net of what it was charged before."""

    public_id = models.UUIDField(default=new_public_id)
    number = models.CharField(max_length=40)
    # Who pays.
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    # The last day, within.
    until = models.DateField()
    total = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)

    class Meta:
        db_table = "billing_charge_back"
        indexes = [models.Index(fields=["unit", "-id"], name="charge_backs_of_unit")]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="charge_back_public_id"),
            models.UniqueConstraint(fields=["number"], name="charge_back_number"),
        ]


class ChargeBackLine(models.Model):
    """The unit's part of one breach, less what earlier charge-backs hold of it; kept in words,
    because the unit need not see the case itself."""

    charge_back = models.ForeignKey(ChargeBack, models.PROTECT, related_name="lines")
    breach = models.ForeignKey("breaches.Breach", models.PROTECT, related_name="+")
    # The request's or the contract's number.
    case_number = models.CharField(max_length=80)
    clause_number = models.CharField(max_length=80)
    title_zh = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    due_at = models.DateTimeField()
    # How long the promise was late in the unit's hands.
    late_seconds = models.DecimalField(max_digits=18, decimal_places=6)
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        db_table = "billing_charge_back_line"
        constraints = [
            models.UniqueConstraint(fields=["charge_back", "breach"], name="charge_back_line_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="charge_back_line_amount"),
        ]
