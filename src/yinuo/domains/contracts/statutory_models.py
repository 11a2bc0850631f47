"""The table of statutory days entered after the product was shipped."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yinuo.platform.identifiers import new_public_id


class StatutoryYearRow(models.Model):
    """A year's days off and worked weekend days; the newest row of a year counts. Append-only."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    year = models.IntegerField()
    off = ArrayField(models.DateField())
    worked = ArrayField(models.DateField())
    source = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)

    class Meta:
        db_table = "contracts_statutory_year"
        indexes = [models.Index(fields=["year", "id"], name="contracts_statutory_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lt=2200), name="contracts_statutory_years"
            ),
            models.CheckConstraint(
                condition=Q(off__len__gt=0), name="contracts_statutory_has_days"
            ),
        ]
