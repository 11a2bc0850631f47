"""Audit entries (append-only), outbox events and idempotency keys."""

from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """Who did what to which object, when, from what to what, and why. Never changes."""

    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    actor_label = models.TextField()
    request_id = models.TextField()
    action = models.TextField()
    subject_type = models.TextField()
    subject_id = models.UUIDField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(default="")

    class Meta:
        db_table = "audit_entry"
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="audit_subject")]


class OutboxEvent(models.Model):
    """What leaves a step: other domains, live screens and transports read it in order."""

    repeats_are_dropped = True

    at = models.DateTimeField()
    topic = models.TextField()
    subject_id = models.UUIDField()
    # Whose screens it touches; null when it belongs to no unit.
    unit_id = models.BigIntegerField(null=True)
    payload = models.JSONField()
    # Set when an effect must happen at most once: a second insert is dropped by the database.
    dedupe_key = models.TextField(null=True, unique=True)

    class Meta:
        db_table = "outbox_event"
        indexes = [
            models.Index(
                fields=["unit_id", "id"],
                name="outbox_of_unit",
                condition=models.Q(unit_id__isnull=False),
            )
        ]


class IdempotencyKey(models.Model):
    """The answer already given to a key: a repeated call gets it again instead of a new effect."""

    user_id = models.BigIntegerField()
    route = models.TextField()
    key = models.TextField()
    body_hash = models.BinaryField(max_length=32)
    status = models.SmallIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "idempotency_key"
        indexes = [models.Index(fields=["at"], name="idempotency_at")]
        constraints = [
            models.UniqueConstraint(fields=["user_id", "route", "key"], name="idempotency_once")
        ]
