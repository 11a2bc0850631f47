"""The table of rules by which customers to be phoned back are drawn (B-62)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.platform.identifiers import new_public_id


class CallBackRule(models.Model):
    """What share of the restored requests of a unit and those below is phoned back.

    Empty kind or category: any. Of several that fit the nearest unit's counts, there the one that
    says more. Without a rule everybody is phoned.
    """

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, default="")
    category = models.CharField(max_length=60, default="")
    percent = models.SmallIntegerField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        db_table = "feedback_call_back_rule"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="call_back_rule_public_id"),
            models.UniqueConstraint(
                fields=["unit", "kind", "category"], name="call_back_rule_once"
            ),
            models.CheckConstraint(
                condition=Q(percent__range=(0, 100)), name="call_back_rule_percent"
            ),
        ]
