"""Who goes along to a visit, beside the assignee who leads it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Companion(models.Model):
    """Somebody who goes along to a sheet's visit, with the hours he says he worked there.

    The assignee is never among them. Without hours of his own he worked as long as the assignee.
    """

    version = models.IntegerField(default=1)
    work_order = models.ForeignKey("fieldwork.WorkOrder", models.PROTECT, related_name="companions")
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    named_by = models.CharField(max_length=80)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "fieldwork_companion"
        constraints = [
            models.UniqueConstraint(fields=["work_order", "person"], name="companion_once"),
            models.CheckConstraint(
                condition=Q(began_at__isnull=True, ended_at__isnull=True)
                | Q(began_at__isnull=False, ended_at__gt=F("began_at")),
                name="companion_hours",
            ),
        ]
