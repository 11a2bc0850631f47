"""When the pauses of a request are to be looked at again: the customer's window closes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PauseLook(models.Model):
    """A request whose pauses a worker looks at; null when no window is open any more."""

    request = models.OneToOneField(
        "requests.Request", models.CASCADE, primary_key=True, related_name="+"
    )
    look_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "requests_pause_look"
        indexes = [
            models.Index(
                fields=["look_at"], name="requests_pauses_due", condition=Q(look_at__isnull=False)
            )
        ]
