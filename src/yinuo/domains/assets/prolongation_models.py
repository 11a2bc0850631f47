"""Warranty made longer for one asset, because a promise about it was missed. Append-only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Prolongation(models.Model):
    """So many months and days more of warranty (延保), from the instant it was given on."""

    asset = models.ForeignKey("assets.Asset", models.PROTECT, related_name="prolongations")
    months = models.IntegerField(default=0)
    days = models.IntegerField(default=0)
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=80)
    # What it was given for, such as the right that follows from a breach: once only.
    source_id = models.UUIDField(unique=True)

    class Meta:
        db_table = "assets_prolongation"
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=0, days__gte=0) & (Q(months__gt=0) | Q(days__gt=0)),
                name="assets_prolongation_is_longer",
            )
        ]
