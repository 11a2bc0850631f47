"""The table of what goes wrong with a crew (BP-09). Names and free text stay erasable here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.emergency.types import Outcome
from yinuo.kernel.plan.emergency import SetbackKind
from yinuo.platform.identifiers import new_public_id


class Setback(models.Model):
    """A technician is missing, another skill is needed, or it is too hard; and what came of it."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    plan = models.ForeignKey("emergency.EmergencyPlan", models.PROTECT, related_name="setbacks")
    kind = models.CharField(max_length=12)
    # Who is missing; the skill that is needed.
    missing = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    skill = models.CharField(max_length=60, default="")
    words = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=80)
    # The supervisor's help by phone, before it is decided above.
    helped_at = models.DateTimeField(null=True)
    helped_by = models.CharField(max_length=80, default="")
    help_words = models.TextField(default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, default="")
    outcome = models.CharField(max_length=16, default="")
    sent = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    settled_words = models.TextField(default="")

    class Meta:
        db_table = "emergency_setback"
        indexes = [models.Index(fields=["plan", "id"], name="emergency_setbacks")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind"],
                condition=Q(settled_at__isnull=True),
                name="emergency_setback_one_open",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in SetbackKind])
                & Q(outcome__in=["", *(one.value for one in Outcome)]),
                name="emergency_setback_codes",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="")
                | Q(settled_at__isnull=False) & ~Q(outcome=""),
                name="emergency_setback_settled",
            ),
            models.CheckConstraint(
                condition=Q(kind=SetbackKind.WRONG_SKILL.value) & ~Q(skill="")
                | ~Q(kind=SetbackKind.WRONG_SKILL.value) & Q(skill=""),
                name="emergency_setback_names_skill",
            ),
        ]
