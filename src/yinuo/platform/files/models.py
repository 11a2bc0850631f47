"""The table of stored files; their content lies in Django's storage."""

from __future__ import annotations

from django.db import models

from yinuo.platform.identifiers import new_public_id


class StoredFile(models.Model):
    """One uploaded file: whose it is, what it is called, where its bytes are and their hash."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    owner_type = models.CharField(max_length=80)
    owner_id = models.UUIDField()
    # What it is to its owner, in the owner's words: `attachment`, `paper_slip`.
    purpose = models.CharField(max_length=40)
    name = models.CharField(max_length=150)
    # What it shows, in the words of who sent it.
    caption = models.CharField(max_length=200, default="")
    media_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=100, unique=True)
    # The re-encoded picture that may be shown inline; empty for anything but pictures.
    picture_place = models.CharField(max_length=100, default="")
    stored_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)

    class Meta:
        db_table = "stored_file"
        indexes = [
            models.Index(fields=["user_id", "stored_at"], name="stored_file_of_user"),
        ]
        constraints = [
            # The same file sent twice for the same purpose is kept once (R56).
            models.UniqueConstraint(
                fields=["owner_type", "owner_id", "purpose", "sha256"], name="stored_file_once"
            ),
        ]
