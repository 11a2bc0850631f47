"""The table of notices. Addresses and texts stand here, never in facts: rows can be erased."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.notices.types import Channel, State, Trouble
from yinuo.platform.identifiers import new_public_id


class Notice(models.Model):
    """One thing told to one person by one channel."""

    public_id = models.UUIDField(default=new_public_id)
    person = models.ForeignKey(
        "network.Person", models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Who is told, where it is nobody of ours.
    recipient = models.CharField(max_length=120, default="")
    # The unit of the case, for whoever administers the outbox.
    unit_id = models.BigIntegerField()
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    topic = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    # What the surface puts in words: codes, instants, texts in both languages.
    data = models.JSONField(default=dict)
    # Number or address, for channels other than the app; empty when the person has none.
    address = models.CharField(max_length=254, default="")
    trouble = models.CharField(max_length=20, default="")
    attempts = models.IntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_notice"
        indexes = [
            models.Index(
                fields=["person", "-id"], name="notices_inbox", condition=Q(channel="app")
            ),
            models.Index(
                fields=["person"],
                name="notices_unread",
                condition=Q(channel="app", read_at__isnull=True),
            ),
            models.Index(fields=["state", "-id"], name="notices_outbox"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="notices_public_id"),
            models.CheckConstraint(
                condition=Q(channel__in=[one.value for one in Channel])
                & Q(state__in=[one.value for one in State])
                & Q(trouble__in=["", *(one.value for one in Trouble)]),
                name="notices_codes",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, recipient="")
                | Q(person__isnull=True) & ~Q(recipient="") & ~Q(channel="app"),
                name="notices_told_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(channel="app", state="sent") | ~Q(channel="app"),
                name="notices_app_arrives",
            ),
        ]
