"""The table of kept filters."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yinuo.platform.identifiers import new_public_id

LONGEST_NAME, LONGEST_QUERY = 40, 1_000


class SavedFilter(models.Model):
    """The query of a list's address, kept by one user under a name."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=120)
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY)

    class Meta:
        db_table = "filters_saved"
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="filters_name_once")
        ]

    def __str__(self) -> str:
        return self.name
