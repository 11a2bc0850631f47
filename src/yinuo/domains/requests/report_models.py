"""The table of problem reports: one row a version, fixed for ever once it is issued."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.platform.identifiers import new_public_id


class ProblemReport(models.Model):
    """One version of a request's problem report (问题报告): a draft, or issued and fixed."""

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    # 1 is the first report, each later one corrects the one before.
    edition = models.IntegerField()
    # Values by the code of their field.
    answers = models.JSONField(default=dict)
    # Title and fields of the form as the plan had them, and the case's head, at the issue.
    form = models.JSONField(default=dict)
    head = models.JSONField(default=dict)
    # SHA-256 of what was issued, for whoever must show that it is unchanged (R55).
    digest = models.CharField(max_length=64, default="")
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=80)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=80, default="")
    delivered_at = models.DateTimeField(null=True)
    delivered_by = models.CharField(max_length=80, default="")
    channel = models.CharField(max_length=20, default="")
    received_by = models.CharField(max_length=80, default="")

    class Meta:
        db_table = "requests_report"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="requests_report_public_id"),
            models.UniqueConstraint(fields=["request", "edition"], name="requests_report_edition"),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(issued_at__isnull=True),
                name="requests_report_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, delivered_at__isnull=True)
                | Q(issued_at__isnull=False, digest__regex=r"^[0-9a-f]{64}$"),
                name="requests_report_steps",
            ),
        ]
