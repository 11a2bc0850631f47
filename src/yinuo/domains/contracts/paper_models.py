"""Tables of papers promised with a contract or project, and of their hand-over (SG-08)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.kernel.plan.papers import PaperStart
from yinuo.platform.identifiers import new_public_id

# How a paper reached the customer.
HANDED_BY = ("in_person", "courier", "mail", "download")


class Paper(models.Model):
    """A document promised to a customer; its versions are files that it owns."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    contract = models.ForeignKey(
        "contracts.Contract", models.PROTECT, null=True, related_name="papers"
    )
    project = models.ForeignKey("assets.Project", models.PROTECT, null=True, related_name="+")
    # Its code in the plan; empty for one that was promised by hand.
    code = models.CharField(max_length=60, default="", blank=True)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, default="", blank=True)
    # The day its time runs from with the days after it, or a fixed day, or neither: no date.
    due_after = models.CharField(max_length=12, default="", blank=True)
    due_days = models.IntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    # The version (file) that somebody found right; a newer one is unchecked by itself.
    checked_file = models.UUIDField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=80, default="", blank=True)
    # Why it is not owed after all; empty while it is.
    waived_reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "contracts_paper"
        indexes = [
            models.Index(fields=["customer", "id"], name="papers_of_customer"),
            models.Index(fields=["contract", "id"], name="papers_of_contract"),
            models.Index(fields=["project", "id"], name="papers_of_project"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract__isnull=False) | Q(project__isnull=False),
                name="papers_of_something",
            ),
            models.UniqueConstraint(
                fields=["contract", "code"],
                condition=~Q(code=""),
                name="papers_of_plan_once",
            ),
            models.CheckConstraint(
                condition=Q(due_after="", due_days=0)
                | Q(due_after__in=[one.value for one in PaperStart], due_on__isnull=True),
                name="papers_due_one_way",
            ),
            models.CheckConstraint(
                condition=Q(checked_file__isnull=True, checked_at__isnull=True, checked_by="")
                | Q(checked_file__isnull=False, checked_at__isnull=False),
                name="papers_checked_whole",
            ),
        ]


class PaperHandover(models.Model):
    """A version of a paper given to somebody; rows are added, a later one takes its place."""

    public_id = models.UUIDField(default=new_public_id)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="handovers")
    file = models.UUIDField()
    handed_on = models.DateField()
    # Who took it stands in an erasable column, not in the audit.
    taken_by = models.CharField(max_length=80)
    how = models.CharField(max_length=12)
    signed_file = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "contracts_paper_handover"
        indexes = [models.Index(fields=["paper", "-id"], name="handovers_of_paper")]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="paper_handover_public_id"),
            models.CheckConstraint(
                condition=Q(how__in=["in_person", "courier", "mail", "download"]),
                name="paper_handover_how",
            ),
        ]
