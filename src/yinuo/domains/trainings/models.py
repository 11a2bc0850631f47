"""Tables of trainings and of who takes part, with everybody's result.

Names of a customer's people stay erasable here, never in facts.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.domains.trainings.types import (
    TOOK_PLACE,
    Occasion,
    TrainingKind,
    TrainingOutcome,
    TrainingStanding,
)
from yinuo.platform.identifiers import new_public_id

LEAST_LEVEL, HIGHEST_LEVEL = 1, 5
_EXTERNAL, _INTERNAL = Q(kind=TrainingKind.EXTERNAL), Q(kind=TrainingKind.INTERNAL)
_TEACHES_NOTHING = Q(skill="", level__isnull=True, certificate="", certificate_months__isnull=True)


def _one_of(field: str, codes: type, *, or_empty: bool = False) -> Q:
    words = [one.value for one in codes]  # type: ignore[attr-defined] # an enumeration of words
    return Q(**{f"{field}__in": ["", *words] if or_empty else words})


class Training(models.Model):
    """One session: planned, held, closed; or cancelled with the reason."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    occasion = models.CharField(max_length=12, default="", blank=True)
    subject = models.CharField(max_length=200)
    topics = models.TextField(default="", blank=True)
    place = models.CharField(max_length=200, default="", blank=True)
    trainer = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # The most points a participant can have; null without a test in points.
    most_points = models.PositiveSmallIntegerField(null=True)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, null=True, related_name="+")
    project = models.ForeignKey("assets.Project", models.PROTECT, null=True, related_name="+")
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="+")
    asset = models.ForeignKey("assets.Asset", models.PROTECT, null=True, related_name="+")
    # What passing an internal one gives.
    skill = models.CharField(max_length=60, default="", blank=True)
    level = models.SmallIntegerField(null=True)
    certificate = models.CharField(max_length=80, default="", blank=True)
    product_line = models.CharField(max_length=60, default="", blank=True)
    certificate_months = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=9, default=TrainingStanding.PLANNED.value)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    report = models.TextField(default="", blank=True)
    taken_over_by = models.CharField(max_length=120, default="", blank=True)
    taken_over_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, default="", blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)

    class Meta:
        db_table = "trainings_training"
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="trainings_by_time"),
            models.Index(fields=["customer", "-starts_at", "-id"], name="trainings_of_customer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=_one_of("kind", TrainingKind)
                & _one_of("occasion", Occasion, or_empty=True)
                & _one_of("state", TrainingStanding),
                name="trainings_words",
            ),
            models.CheckConstraint(
                condition=_EXTERNAL & Q(customer__isnull=False) & ~Q(occasion="") & _TEACHES_NOTHING
                | _INTERNAL
                & Q(customer__isnull=True, project__isnull=True)
                & Q(contract__isnull=True, asset__isnull=True)
                & Q(occasion="", taken_over_by=""),
                name="trainings_for_whom",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"))
                & (Q(began_at__isnull=True) | Q(ended_at__gt=F("began_at"))),
                name="trainings_last",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TOOK_PLACE, began_at__isnull=False, ended_at__isnull=False)
                | ~Q(state__in=TOOK_PLACE) & Q(began_at__isnull=True, ended_at__isnull=True),
                name="trainings_held_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=TrainingStanding.CANCELLED) & Q(reason="")
                | Q(state=TrainingStanding.CANCELLED) & ~Q(reason=""),
                name="trainings_cancelled_why",
            ),
            models.CheckConstraint(
                condition=Q(state=TrainingStanding.CLOSED, closed_at__isnull=False)
                | ~Q(state=TrainingStanding.CLOSED) & Q(closed_at__isnull=True),
                name="trainings_closed_when",
            ),
            models.CheckConstraint(
                condition=Q(taken_over_by="", taken_over_on__isnull=True)
                | ~Q(taken_over_by="") & Q(taken_over_on__isnull=False),
                name="trainings_taken_over",
            ),
            models.CheckConstraint(
                condition=(
                    Q(skill="", level__isnull=True)
                    | ~Q(skill="") & Q(level__gte=LEAST_LEVEL, level__lte=HIGHEST_LEVEL)
                )
                & (
                    Q(certificate="", certificate_months__isnull=True)
                    | ~Q(certificate="") & Q(certificate_months__gte=1)
                ),
                name="trainings_teach",
            ),
        ]


class Participant(models.Model):
    """Somebody who takes part in a training, with his result and what it gave him."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    training = models.ForeignKey(Training, models.PROTECT, related_name="participants")
    person = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey("customers.Contact", models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=120)
    outcome = models.CharField(max_length=8, default=TrainingOutcome.EXPECTED.value)
    points = models.PositiveSmallIntegerField(null=True)
    granted_at = models.DateTimeField(null=True)
    granted_by = models.CharField(max_length=80, default="", blank=True)
    certificate = models.ForeignKey(
        "network.Certificate", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        db_table = "trainings_participant"
        indexes = [models.Index(fields=["person", "-id"], name="trainings_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["training", "person"], name="trainings_person_once"),
            models.CheckConstraint(
                condition=_one_of("outcome", TrainingOutcome), name="trainings_outcome"
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True)
                | Q(outcome__in=[TrainingOutcome.PASSED.value, TrainingOutcome.FAILED.value]),
                name="trainings_points_of_test",
            ),
            models.CheckConstraint(
                condition=Q(granted_at__isnull=True, granted_by="", certificate__isnull=True)
                | Q(granted_at__isnull=False, outcome=TrainingOutcome.PASSED, person__isnull=False)
                & ~Q(granted_by=""),
                name="trainings_granted_who_passed",
            ),
        ]
