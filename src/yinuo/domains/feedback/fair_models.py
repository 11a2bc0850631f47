"""Tables of the fair score (B-61): its weights in versions, each case as reckoned, appeals."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.kernel.plan.reports import Satisfaction
from yinuo.platform.identifiers import new_public_id


class ScoreWeights(models.Model):
    """The weights as they counted from an instant on. Never changed: another set is another row.

    Number 1 is what the product ships with and has no row.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True)
    number = models.IntegerField(unique=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)
    content = models.JSONField()

    class Meta:
        db_table = "feedback_score_weights"
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=1), name="score_weights_number")
        ]


class ScoredCase(models.Model):
    """A case of an engineer with everything the fair score takes into account.

    Reckoned from the answer that counts, the sheet and the promise whenever one of them changes;
    `check_invariants` reckons it anew and compares.
    """

    public_id = models.UUIDField(default=new_public_id)
    # The sheet's, as in the answers.
    case_id = models.UUIDField()
    case_on = models.DateField()
    sheet_number = models.CharField(max_length=40)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    engineer = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    level_zh = models.CharField(max_length=60, default="")
    level_en = models.CharField(max_length=60, default="")
    # How many of the plan's levels are worse; null without a level.
    level_rank = models.SmallIntegerField(null=True)
    satisfaction = models.CharField(max_length=16)
    points = models.DecimalField(max_digits=8, decimal_places=2)
    # The worst and the best that the vendor's scale offers.
    least = models.DecimalField(max_digits=8, decimal_places=2)
    most = models.DecimalField(max_digits=8, decimal_places=2)
    # Whole minutes in the hours of the promise; null when no arrival was promised.
    promised_minutes = models.IntegerField(null=True)
    inherited_minutes = models.IntegerField(default=0)
    travel_minutes = models.IntegerField(default=0)
    late_minutes = models.IntegerField(default=0)
    own_late_minutes = models.IntegerField(default=0)
    difficulty_percent = models.SmallIntegerField()
    # Ten-thousandths of an ordinary case; null when nothing is known of it.
    missing = models.IntegerField(null=True)
    satisfaction_missing = models.IntegerField(null=True)
    timeliness_missing = models.IntegerField(null=True)
    # An appeal was upheld.
    left_out = models.BooleanField(default=False)
    # With which version of the weights.
    weights = models.IntegerField()

    class Meta:
        db_table = "feedback_case"
        indexes = [
            models.Index(
                fields=["case_on"],
                include=["unit", "engineer", "difficulty_percent", "missing"],
                condition=Q(left_out=False, missing__isnull=False),
                name="cases_that_count",
            ),
            models.Index(fields=["engineer", "-id"], name="cases_of_engineer"),
            models.Index(fields=["weights", "case_on"], name="cases_by_weights"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="scored_case_public_id"),
            models.UniqueConstraint(fields=["case_id"], name="scored_case_once"),
            models.CheckConstraint(
                condition=Q(missing__isnull=True) | Q(missing__range=(0, 10_000)),
                name="scored_case_missing",
            ),
            models.CheckConstraint(
                condition=Q(difficulty_percent__range=(100, 300))
                & Q(satisfaction__in=[one.value for one in Satisfaction]),
                name="scored_case_words",
            ),
        ]


class ScoreAppeal(models.Model):
    """An engineer's word against the count of one of his cases, with his reason. Never changed."""

    public_id = models.UUIDField(default=new_public_id)
    case = models.OneToOneField(ScoredCase, models.PROTECT, related_name="appeal")
    engineer = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    reason = models.TextField()
    raised_at = models.DateTimeField()

    class Meta:
        db_table = "feedback_score_appeal"
        indexes = [models.Index(fields=["unit", "-id"], name="appeals_of_unit")]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="score_appeal_public_id"),
            models.CheckConstraint(condition=~Q(reason=""), name="score_appeal_has_a_reason"),
        ]


class AppealDecision(models.Model):
    """What was decided about an appeal, by whom, why. Once, never changed."""

    appeal = models.OneToOneField(ScoreAppeal, models.PROTECT, related_name="decision")
    upheld = models.BooleanField()
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)

    class Meta:
        db_table = "feedback_appeal_decision"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="appeal_decision_has_a_reason")
        ]
