"""Tables of plans being written: drafts, every text they had, their test cases, withdrawals."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yinuo.platform.identifiers import new_public_id

DRAFTING, APPROVED, PUBLISHED, DROPPED = "drafting", "approved", "published", "dropped"
DRAFT_STATES = (DRAFTING, APPROVED, PUBLISHED, DROPPED)


class PlanDraft(models.Model):
    """A plan that is being written; once published it is history and never changes again."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    state = models.CharField(max_length=20, default=DRAFTING)
    # What the text says of itself when it can be read; a name for lists until then.
    code = models.CharField(max_length=64, default="", blank=True)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    source = models.TextField()
    based_on = models.ForeignKey(
        "contracts.PlanVersion", models.PROTECT, null=True, related_name="+"
    )
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=80)
    edited_at = models.DateTimeField()
    edited_by = models.CharField(max_length=80)
    # The accounts that wrote any of its texts or tests: none of them may approve.
    editors = ArrayField(models.BigIntegerField(), default=list)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=80, default="", blank=True)
    # The newest version of the plan that the approver saw it beside; 0 before the first.
    approved_beside = models.IntegerField(default=0)
    published = models.OneToOneField(
        "contracts.PlanVersion", models.PROTECT, null=True, related_name="draft"
    )

    class Meta:
        db_table = "contracts_plan_draft"
        indexes = [models.Index(fields=["state", "-edited_at"], name="contracts_drafts_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DRAFT_STATES), name="contracts_draft_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state=PUBLISHED, published__isnull=False)
                | (~Q(state=PUBLISHED) & Q(published__isnull=True)),
                name="contracts_draft_published_once",
            ),
        ]


class PlanDraftText(models.Model):
    """A text a draft was saved with: what two editors' changes are told apart by. Append-only."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    draft = models.ForeignKey(PlanDraft, models.PROTECT, related_name="texts")
    number = models.IntegerField()
    source = models.TextField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=80)

    class Meta:
        db_table = "contracts_plan_draft_text"
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="contracts_draft_text_number")
        ]


class PlanTest(models.Model):
    """A case whose outcome a plan must give before it is published."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    draft = models.ForeignKey(PlanDraft, models.PROTECT, related_name="tests")
    name = models.CharField(max_length=120)
    # Facts as the command line reads them, without a person's or a customer's name.
    facts = models.JSONField()
    as_of = models.DateTimeField()
    expected = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=80)

    class Meta:
        db_table = "contracts_plan_test"
        constraints = [
            models.UniqueConstraint(fields=["draft", "name"], name="contracts_plan_test_name")
        ]


class PlanWithdrawal(models.Model):
    """A version that new contracts can no longer take; those on it keep it. Append-only."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    plan_version = models.OneToOneField(
        "contracts.PlanVersion", models.PROTECT, related_name="withdrawal"
    )
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        db_table = "contracts_plan_withdrawal"
