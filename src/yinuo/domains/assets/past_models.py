"""What happened to assets before the product knew them, as brought in from files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5

from yinuo.platform.identifiers import new_public_id


class PastEvent(models.Model):
    """One service event of an asset from earlier records. It is read, and counts for nothing."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    asset = models.ForeignKey("assets.Asset", models.PROTECT, related_name="past_events")
    happened_on = models.DateField()
    # Noon of that day: its place among what the product saw itself.
    at = models.DateTimeField()
    kind = models.CharField(max_length=60, default="", blank=True)
    symptom = models.CharField(max_length=2000)
    done = models.CharField(max_length=2000, default="", blank=True)
    done_by = models.CharField(max_length=120, default="", blank=True)
    parts = models.CharField(max_length=1000, default="", blank=True)
    result = models.CharField(max_length=500, default="", blank=True)
    minutes_down = models.IntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "assets_past_event"
        indexes = [models.Index(fields=["asset", "-at"], name="past_events_of_asset")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_down__isnull=True) | Q(minutes_down__gte=0),
                name="past_event_minutes_not_negative",
            ),
            # Two imports of one file at the same moment bring each event in once.
            models.UniqueConstraint(
                "asset", "happened_on", MD5("symptom"), name="past_event_brought_in_once"
            ),
        ]
