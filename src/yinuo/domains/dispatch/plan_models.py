"""Tables of planning: a run in the worker, the lines it proposes, which of them were taken over."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from yinuo.domains.dispatch.plan_types import AT_WORK, Change, Mode, RunState
from yinuo.platform.identifiers import new_public_id


class PlanRun(models.Model):
    """Planning a unit's day, or some days. Acts with the rights of `user`, asked anew."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person = models.CharField(max_length=80)
    language = models.CharField(max_length=20)
    first_on = models.DateField()
    days = models.SmallIntegerField()
    mode = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default=RunState.WAITING.value)
    percent = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    # When the worker last got on with it.
    moved_at = models.DateTimeField()
    restarts = models.SmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    refusal = models.TextField(default="", blank=True)
    weights = models.CharField(max_length=20, default="", blank=True)
    summary = models.JSONField(default=dict)

    class Meta:
        db_table = "dispatch_plan_run"
        indexes = [
            models.Index(fields=["unit", "-id"], name="dispatch_runs_of_unit"),
            models.Index(
                fields=["moved_at"],
                name="dispatch_runs_at_work",
                condition=Q(state__in=sorted(one.value for one in AT_WORK)),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in RunState]), name="dispatch_run_state"
            ),
            models.CheckConstraint(
                condition=Q(mode__in=[one.value for one in Mode]), name="dispatch_run_mode"
            ),
            models.CheckConstraint(condition=Q(days__range=(1, 7)), name="dispatch_run_days"),
        ]


class PlanLine(models.Model):
    """What a plan proposes for one sheet, beside what stood when it was made. Never changed."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    run = models.ForeignKey(PlanRun, models.PROTECT, related_name="lines")
    number = models.IntegerField()
    work_order = models.ForeignKey("fieldwork.WorkOrder", models.PROTECT, related_name="+")
    # The sheet's version as the plan saw it: a changed sheet is not planned by this line any more.
    order_version = models.IntegerField()
    change = models.CharField(max_length=8)
    person = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    leaves_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    before = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    before_at = models.DateTimeField(null=True)
    content = models.JSONField()

    class Meta:
        db_table = "dispatch_plan_line"
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="dispatch_line_number"),
            models.CheckConstraint(
                condition=Q(change__in=[one.value for one in Change]), name="dispatch_line_change"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True)
                | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="dispatch_line_when",
            ),
        ]


class PlanTaken(models.Model):
    """That a line was taken over, with the decision it became."""

    line = models.OneToOneField(PlanLine, models.PROTECT, related_name="taken")
    decision = models.ForeignKey("dispatch.Decision", models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=80)

    class Meta:
        db_table = "dispatch_plan_taken"


class TravelFactors(models.Model):
    """Recorded over estimated driving time, as worked out at an instant from so many trips."""

    computed_at = models.DateTimeField()
    trips = models.IntegerField()
    content = models.JSONField()

    class Meta:
        db_table = "dispatch_travel_factors"
