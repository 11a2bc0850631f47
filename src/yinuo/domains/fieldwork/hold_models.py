"""The table of holds: why nobody goes on with the work of a request until something is agreed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class WorkHold(models.Model):
    """One reason to wait, named by the number of what has to be agreed; released, never deleted."""

    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    placed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "fieldwork_work_hold"
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="work_hold_once"),
        ]
        indexes = [
            models.Index(
                fields=["request"], name="work_holds_of_request", condition=Q(released_at=None)
            ),
        ]
