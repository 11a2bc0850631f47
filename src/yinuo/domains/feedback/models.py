"""The table of call-backs. Who was spoken to and what he said stay erasable here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.feedback.answer_models import Answer, TakenUpTo
from yinuo.domains.feedback.complaint_models import Complaint, ComplaintStep
from yinuo.domains.feedback.fair_models import (
    AppealDecision,
    ScoreAppeal,
    ScoredCase,
    ScoreWeights,
)
from yinuo.domains.feedback.health_models import HealthWindows
from yinuo.domains.feedback.publication_models import PublishedScore, ScorePublication
from yinuo.domains.feedback.rule_models import CallBackRule
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.platform.identifiers import new_public_id

__all__ = [
    "Answer",
    "AppealDecision",
    "CallBack",
    "CallBackRule",
    "Complaint",
    "ComplaintStep",
    "HealthWindows",
    "PublishedScore",
    "ScoreAppeal",
    "ScorePublication",
    "ScoreWeights",
    "ScoredCase",
    "TakenUpTo",
]


class CallBack(models.Model):
    """One attempt to phone a customer back (回访), reached or not."""

    public_id = models.UUIDField(default=new_public_id)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    reached = models.BooleanField()
    done = models.BooleanField(null=True)
    satisfaction = models.CharField(max_length=20, default="")
    # The opinion's worth by the plan of the request, when the call was made.
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    spoken_to = models.CharField(max_length=80, default="")
    opinion = models.TextField(default="")

    class Meta:
        db_table = "feedback_call_back"
        indexes = [models.Index(fields=["request", "-id"], name="call_backs_of_request")]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="call_back_public_id"),
            models.CheckConstraint(
                condition=Q(reached=False, done__isnull=True, satisfaction="", points__isnull=True)
                | Q(
                    reached=True,
                    done__isnull=False,
                    satisfaction__in=[one.value for one in Satisfaction],
                    points__isnull=False,
                ),
                name="call_back_answers",
            ),
        ]
