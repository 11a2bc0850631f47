"""The table of links that act without sign-in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.platform.identifiers import new_public_id


class SecretLink(models.Model):
    """What one secret stands for, and what became of it. The secret itself is nowhere."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    purpose = models.CharField(max_length=40)
    owner_type = models.CharField(max_length=80)
    owner_id = models.UUIDField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    actor_label = models.CharField(max_length=80)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_by = models.CharField(max_length=80, default="")
    outcome = models.CharField(max_length=40, default="")

    class Meta:
        db_table = "secret_link"
        indexes = [models.Index(fields=["owner_id", "purpose"], name="secret_link_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="secret_link_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, used_by="", outcome="")
                | (Q(used_at__isnull=False) & ~Q(used_by="") & ~Q(outcome="")),
                name="secret_link_used_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(revoked_at=None), name="secret_link_one_end"
            ),
            # A newer link for the same thing makes the one before it void.
            models.UniqueConstraint(
                fields=["owner_id", "purpose"],
                condition=Q(used_at=None, revoked_at=None),
                name="secret_link_one_open",
            ),
        ]
