"""Tables of facts (append-only) and of obligations as last computed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.platform.identifiers import new_public_id

STATES = ("running", "paused", "met", "missed", "void")


class FactRow(models.Model):
    """Something that happened to a subject. Never edited; a later fact may supersede it."""

    public_id = models.UUIDField(default=new_public_id)
    subject_type = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    source = models.CharField(max_length=20)
    # No names, numbers or free text in here: personal data stand in erasable rows (R59).
    attrs = models.JSONField(default=dict)
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)

    class Meta:
        db_table = "obligations_fact"
        indexes = [models.Index(fields=["subject_id", "id"], name="facts_of_subject")]
        constraints = [models.UniqueConstraint(fields=["public_id"], name="facts_public_id")]


class SubjectRow(models.Model):
    """What a subject's promises depend on. Its lock serialises everything that computes them."""

    subject_type = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    customer_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    plan_version_id = models.BigIntegerField(null=True)
    contract_id = models.BigIntegerField(null=True)
    zone = models.CharField(max_length=64)

    class Meta:
        db_table = "obligations_subject"
        constraints = [
            models.UniqueConstraint(fields=["subject_id"], name="obligations_subject_once")
        ]


class ObligationRow(models.Model):
    """One promise applied to one subject, as last computed from plan version and facts."""

    public_id = models.UUIDField(default=new_public_id)
    subject_type = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    customer_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    plan_version_id = models.BigIntegerField()
    clause = models.CharField(max_length=80)
    position = models.IntegerField(default=0)
    state = models.CharField(max_length=10)
    started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    late_seconds = models.BigIntegerField(default=0)
    provisional = models.BooleanField(default=False)
    # The next instant at which something happens by itself; null when nothing will.
    next_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "obligations_obligation"
        indexes = [
            models.Index(
                fields=["next_at"], name="obligations_next", condition=Q(next_at__isnull=False)
            ),
            models.Index(
                fields=["due_at", "id"],
                name="obligations_open",
                condition=Q(state__in=["running", "paused"])
                | Q(state="missed", ended_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="obligations_public_id"),
            models.UniqueConstraint(
                fields=["subject_id", "clause", "position"], name="obligations_once"
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="obligations_state"),
        ]
