"""Tables of what was published of a month. Nothing in them ever changes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.platform.identifiers import new_public_id


class ScorePublication(models.Model):
    """The count of a month as it was published, once, with everything it was counted from."""

    public_id = models.UUIDField(default=new_public_id)
    month = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)
    # The version of the fair score's weights that counts in this month from now on.
    weights = models.IntegerField()
    # The newest answer and decision that were there: what came later is a difference.
    last_answer_id = models.BigIntegerField()
    last_decision_id = models.BigIntegerField()

    class Meta:
        db_table = "feedback_publication"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="publication_public_id"),
            models.UniqueConstraint(fields=["month"], name="publication_once"),
        ]


class PublishedScore(models.Model):
    """What a group came to in a month; for an earlier month than the publication's own: by how
    much it differs from what was published before.

    `cell` is the smallest group, one engineer's cases of one unit and project; all others are
    sums of cells.
    """

    publication = models.ForeignKey(ScorePublication, models.PROTECT, related_name="scores")
    of_month = models.DateField()
    grouping = models.CharField(max_length=12)
    engineer = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    project = models.ForeignKey("assets.Project", models.PROTECT, null=True, related_name="+")
    # Cases by opinion.
    counts = models.JSONField()
    cases = models.IntegerField()
    points = models.DecimalField(max_digits=12, decimal_places=2)
    missing = models.BigIntegerField()
    difficulty_percent = models.BigIntegerField()

    class Meta:
        db_table = "feedback_published_score"
        indexes = [
            models.Index(fields=["of_month", "grouping", "unit"], name="published_scores_of_month")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(grouping__in=["cell", "engineer", "unit", "project", "supervisor"]),
                name="published_score_grouping",
            )
        ]
