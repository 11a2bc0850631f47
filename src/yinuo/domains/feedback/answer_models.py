"""Tables of answers about satisfaction. Who said what stays erasable here, in no fact."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.kernel.plan.reports import Satisfaction
from yinuo.kernel.scoring import Source
from yinuo.platform.identifiers import new_public_id


class Answer(models.Model):
    """One answer of a customer, wherever it came from; of each case one counts."""

    public_id = models.UUIDField(default=new_public_id)
    source = models.CharField(max_length=16)
    # What brought it: the signature, the call-back, the link, the contact's request; once each.
    source_id = models.UUIDField()
    # The sheet, the request without one, or the survey itself.
    case_id = models.UUIDField()
    # The day the case counts on: of the first signature, else of the first answer.
    case_on = models.DateField()
    counts = models.BooleanField(default=False)
    request = models.ForeignKey("requests.Request", models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    project = models.ForeignKey("assets.Project", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    engineer = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    # An appeal was upheld: it counts for unit and project, not for the engineer.
    left_out = models.BooleanField(default=False)
    satisfaction = models.CharField(max_length=16)
    points = models.DecimalField(max_digits=8, decimal_places=2)
    # How a survey was held; empty for the others.
    channel = models.CharField(max_length=12, default="")
    said_by = models.CharField(max_length=80, default="")
    opinion = models.TextField(default="")
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "feedback_answer"
        indexes = [
            models.Index(fields=["case_id"], name="answers_of_case"),
            models.Index(fields=["request", "id"], name="answers_of_request"),
            models.Index(
                fields=["case_on"],
                include=["unit", "engineer", "project", "satisfaction", "points", "left_out"],
                condition=Q(counts=True),
                name="answers_that_count",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="answer_public_id"),
            models.UniqueConstraint(fields=["source", "source_id"], name="answer_taken_once"),
            models.UniqueConstraint(
                fields=["case_id"], condition=Q(counts=True), name="answer_counts_once"
            ),
            models.CheckConstraint(
                condition=Q(source__in=[one.value for one in Source])
                & Q(satisfaction__in=[one.value for one in Satisfaction]),
                name="answer_words",
            ),
        ]


class TakenUpTo(models.Model):
    """How far a stream was read. Its lock keeps two workers from reading the same."""

    stream = models.CharField(max_length=20, primary_key=True)
    last_id = models.BigIntegerField(default=0)

    class Meta:
        db_table = "feedback_taken_up_to"
