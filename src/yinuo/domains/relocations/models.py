"""Tables of relocations, of the steps of their plans, and of what was done with each."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.domains.relocations.types import MOST_MINUTES
from yinuo.kernel.relocation_states import RelocationState, StepAct, StepState
from yinuo.platform.identifiers import new_public_id

_S = RelocationState
_UNAPPROVED = [_S.PLANNING.value, _S.SENT.value, _S.CANCELLED.value]


class Relocation(models.Model):
    """A move of a customer's equipment (搬迁项目): its plan, who approved it, how it ended."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=12, default=RelocationState.PLANNING.value)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField()
    # How often the plan was begun anew after a roll-back.
    revision = models.IntegerField(default=1)
    planned_by = models.CharField(max_length=80)
    planned_at = models.DateTimeField()
    # What the customer approved: the hash of the plan as it stood.
    content_hash = models.CharField(max_length=64, default="", blank=True)
    approved_by = models.CharField(max_length=80, default="", blank=True)
    approved_on = models.DateField(null=True)
    # When that was recorded; the plan keeps the words it was printed in then.
    approved_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=80, default="", blank=True)
    accepted_on = models.DateField(null=True)
    # What the customer says at the acceptance, or why it was cancelled.
    end_text = models.CharField(max_length=1_000, default="", blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "relocations_relocation"
        indexes = [
            models.Index(fields=["unit", "-id"], name="relocations_of_unit"),
            models.Index(fields=["customer", "-id"], name="relocations_of_customer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in RelocationState]),
                name="relocation_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_UNAPPROVED)
                | Q(approved_on__isnull=False) & ~Q(content_hash="") & ~Q(approved_by=""),
                name="relocation_begins_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state=RelocationState.ACCEPTED.value)
                | Q(accepted_on__isnull=False) & ~Q(accepted_by=""),
                name="relocation_accepted_by_somebody",
            ),
        ]


class RelocationStep(models.Model):
    """A step of the plan and how it stands."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    relocation = models.ForeignKey(Relocation, models.PROTECT, related_name="steps")
    position = models.IntegerField()
    what = models.CharField(max_length=300)
    who = models.CharField(max_length=120)
    planned_from = models.DateTimeField()
    planned_to = models.DateTimeField()
    interruption_minutes = models.IntegerField()
    check_how = models.CharField(max_length=500)
    roll_back = models.CharField(max_length=500)
    # It may run beside the step before it.
    is_parallel = models.BooleanField(default=False)
    state = models.CharField(max_length=12, default=StepState.WAITING.value)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # How long business stood still; known once it has ended.
    real_minutes = models.IntegerField(null=True)

    class Meta:
        db_table = "relocations_step"
        constraints = [
            models.UniqueConstraint(
                fields=["relocation", "position"],
                name="relocation_step_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(planned_to__gt=F("planned_from")), name="relocation_step_times"
            ),
            models.CheckConstraint(
                condition=Q(interruption_minutes__gte=0, interruption_minutes__lte=MOST_MINUTES)
                & (Q(real_minutes__isnull=True) | Q(real_minutes__gte=0)),
                name="relocation_step_minutes",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in StepState]),
                name="relocation_step_state",
            ),
        ]


class RelocationEvent(models.Model):
    """What was done with a step, when and by whom. Append-only."""

    step = models.ForeignKey(RelocationStep, models.PROTECT, related_name="events")
    revision = models.IntegerField()
    kind = models.CharField(max_length=12)
    text = models.CharField(max_length=1_000, default="", blank=True)
    minutes = models.IntegerField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "relocations_event"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in StepAct]), name="relocation_event_kind"
            ),
        ]
