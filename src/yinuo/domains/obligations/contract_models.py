"""Tables of contracts as subjects: when to look at each again, figures, exposure, rows read."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ContractLook(models.Model):
    """When a contract's own promises were last computed, and when they are to be again."""

    contract_id = models.BigIntegerField(primary_key=True)
    # The contract's version that was looked at; another one is computed anew.
    version = models.IntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    # The next instant at which something happens by itself; null when nothing will.
    look_at = models.DateTimeField(null=True)
    # The earliest occurrence among facts of its cases that came since: figures from then are open.
    touched_from = models.DateTimeField(null=True)
    # What cases ask of its visits; when it changes they are computed anew.
    done = models.CharField(max_length=64, default="")
    # What supplements say; when it changes, the cases they reach back to get their terms.
    changes = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "obligations_contract"
        indexes = [
            models.Index(
                fields=["look_at"],
                name="obligations_contract_look",
                condition=Q(look_at__isnull=False),
            )
        ]


class FigureRow(models.Model):
    """What belongs to one promise of a period: the period, what is missing, and its figure."""

    obligation_id = models.UUIDField(primary_key=True)
    contract_id = models.BigIntegerField()
    period = models.CharField(max_length=80, default="")
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    missing = models.JSONField(default=list)
    note = models.CharField(max_length=40, default="")
    # None while there is nothing to measure; else figure, bounds, unit, cases and parts as text.
    value = models.JSONField(null=True)

    class Meta:
        db_table = "obligations_figure"
        indexes = [models.Index(fields=["contract_id"], name="obligations_figures_of")]


class JointExposure(models.Model):
    """What the open promises of a contract cost together, where caps reach across its cases.

    Kept beside the sum of the promises each by itself, so that a reader who sees all of them can
    put the one in the place of the other.
    """

    contract_id = models.BigIntegerField(primary_key=True)
    # How often something happened to a case of the contract, and how much of it is computed.
    marks = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    computed_at = models.DateTimeField(null=True)
    accrued = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    late_hour = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    late_day = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    late_week = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    alone_accrued = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    alone_late_hour = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    alone_late_day = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    alone_late_week = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    # The two differ: the cap matters, or breaches count together.
    differs = models.BooleanField(default=False)

    class Meta:
        db_table = "obligations_joint"
        indexes = [
            models.Index(
                fields=["computed_at"],
                name="obligations_joint_stale",
                condition=Q(marks__gt=F("done")),
            ),
            models.Index(
                fields=["contract_id"], name="obligations_joint_differs", condition=Q(differs=True)
            ),
        ]


class ReadUpTo(models.Model):
    """How far a stream of rows was read. Its lock keeps two workers from reading the same."""

    stream = models.CharField(max_length=20, primary_key=True)
    last_id = models.BigIntegerField(default=0)

    class Meta:
        db_table = "obligations_read_up_to"
