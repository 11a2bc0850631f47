"""The table of document series."""

from __future__ import annotations

from django.db import models


class DocumentSeries(models.Model):
    """The last number given out in a series."""

    series = models.CharField(max_length=60, primary_key=True)
    last = models.BigIntegerField()

    class Meta:
        db_table = "document_series"
