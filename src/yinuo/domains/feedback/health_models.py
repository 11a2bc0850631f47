"""How far the health record looks back and ahead: the company's own choice."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.platform.identifiers import new_public_id

# Days: with fewer a sum says nothing, with more the past drowns the present.
FEWEST_DAYS, MOST_DAYS = 1, 1_830


class HealthWindows(models.Model):
    """The windows of the health record in days; one row for the company, absent for defaults."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    # Requests about the same asset or of the same category within so many days are repeats.
    repeat_days = models.IntegerField(default=90)
    repeat_count = models.IntegerField(default=2)
    satisfaction_days = models.IntegerField(default=365)
    expiring_days = models.IntegerField(default=90)
    due_days = models.IntegerField(default=14)
    availability_days = models.IntegerField(default=365)

    class Meta:
        db_table = "feedback_health_windows"
        constraints = [
            models.CheckConstraint(
                condition=Q(repeat_days__range=(FEWEST_DAYS, MOST_DAYS))
                & Q(satisfaction_days__range=(FEWEST_DAYS, MOST_DAYS))
                & Q(expiring_days__range=(FEWEST_DAYS, MOST_DAYS))
                & Q(due_days__range=(FEWEST_DAYS, MOST_DAYS))
                & Q(availability_days__range=(FEWEST_DAYS, MOST_DAYS)),
                name="health_windows_in_days",
            ),
            models.CheckConstraint(
                condition=Q(repeat_count__range=(2, 100)), name="health_repeat_count"
            ),
            # One row, whatever happens at once.
            models.UniqueConstraint(models.Value(1), name="health_windows_once"),
        ]
