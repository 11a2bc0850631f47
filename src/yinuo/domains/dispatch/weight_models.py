"""Tables of what dispatch reckons with: its weights in versions, and what people's hours cost."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.platform.identifiers import new_public_id


class WeightVersion(models.Model):
    """The weights as they counted from an instant on. Never changed: another set is another row.

    Number 1 is what the product ships with and has no row.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True)
    number = models.IntegerField(unique=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)
    content = models.JSONField()

    class Meta:
        db_table = "dispatch_weights"
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=1), name="dispatch_weights_number")
        ]


class HourPrice(models.Model):
    """What an hour costs of a person, or of everybody of a unit and those below it.

    Without an amount the next one above counts.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    unit = models.OneToOneField("network.ServiceUnit", models.PROTECT, null=True, related_name="+")
    person = models.OneToOneField("network.Person", models.PROTECT, null=True, related_name="+")
    hour_fen = models.IntegerField(null=True)

    class Meta:
        db_table = "dispatch_hour_price"
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True) ^ Q(person__isnull=True),
                name="dispatch_hour_price_of_one",
            ),
            models.CheckConstraint(
                condition=Q(hour_fen__isnull=True) | Q(hour_fen__gte=0),
                name="dispatch_hour_price_amount",
            ),
        ]
