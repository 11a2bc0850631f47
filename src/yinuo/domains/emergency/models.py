"""Tables of emergency plans. Names and free text stay erasable here, never in facts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yinuo.domains.emergency.setback_models import Setback
from yinuo.kernel.emergency import CHAIN_OPEN, FINISHING, Act, ChainState
from yinuo.platform.identifiers import new_public_id

__all__ = ["ChainAct", "ChainEscalation", "EmergencyPlan", "Estimate", "Revision", "Setback"]

_OPEN = sorted(state.value for state in CHAIN_OPEN)


class EmergencyPlan(models.Model):
    """The chain of one request: which step waits, since when, in which revision of the plan.

    Its steps are those of the service plan's version named here, whatever is published later.
    """

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    plan_version = models.ForeignKey("contracts.PlanVersion", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=ChainState.RUNNING.value)
    position = models.SmallIntegerField(default=0)
    # 0 until the plan is written for the first time.
    revision = models.SmallIntegerField(default=0)
    step_since = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    opener = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    arrival_at = models.DateTimeField(null=True)
    # Set by the last approval, emptied when the plan is turned back or written anew.
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=80, default="")
    # The next instant at which the waiting step escalates; null when it will not.
    next_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.TextField(default="")

    class Meta:
        db_table = "emergency_plan"
        indexes = [
            models.Index(fields=["request", "-id"], name="emergency_of_request"),
            models.Index(fields=["unit", "-id"], name="emergency_of_unit"),
            models.Index(fields=["-id"], name="emergency_open", condition=Q(state__in=_OPEN)),
            models.Index(
                fields=["next_at"], name="emergency_next", condition=Q(next_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="emergency_public_id"),
            models.UniqueConstraint(fields=["number"], name="emergency_number"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(state__in=_OPEN), name="emergency_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in ChainState]), name="emergency_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_OPEN, ended_at__isnull=True)
                | ~Q(state__in=_OPEN) & Q(ended_at__isnull=False),
                name="emergency_end",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by="")
                | Q(approved_at__isnull=False) & ~Q(approved_by=""),
                name="emergency_approved_by_somebody",
            ),
        ]


class Revision(models.Model):
    """The content of a plan as handed in once; another content is another revision."""

    plan = models.ForeignKey(EmergencyPlan, models.PROTECT, related_name="revisions")
    number = models.SmallIntegerField()
    analysis = models.TextField()
    lead = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    crew = ArrayField(models.BigIntegerField(), default=list)
    tools = models.TextField(default="")
    # One part, one item of work in each entry.
    parts = ArrayField(models.CharField(max_length=200), default=list)
    items = ArrayField(models.CharField(max_length=200))
    work_minutes = models.IntegerField()
    cost = models.DecimalField(max_digits=14, decimal_places=2)
    special_points = models.TextField(default="")
    arrival_at = models.DateTimeField(null=True)
    writer = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "emergency_revision"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="emergency_revision_once"),
            models.CheckConstraint(
                condition=Q(cost__gte=0, work_minutes__gt=0), name="emergency_revision_figures"
            ),
        ]


class ChainAct(models.Model):
    """One hand-over of the chain: who did what in which step when. Rows are added, never changed.

    `approval` is the approval under which parts were released.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True)
    plan = models.ForeignKey(EmergencyPlan, models.PROTECT, related_name="acts")
    revision = models.SmallIntegerField()
    position = models.SmallIntegerField()
    step = models.CharField(max_length=64)
    act = models.CharField(max_length=12)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    person = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    done_by = models.CharField(max_length=80)
    # As what he approved: holder, stand-in, superior; how a customer answered.
    standing = models.CharField(max_length=8, default="")
    note = models.TextField(default="")
    approval = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "emergency_act"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "revision", "position"],
                condition=Q(act__in=sorted(act.value for act in FINISHING)),
                name="emergency_step_done_once",
            ),
            models.CheckConstraint(
                condition=Q(act__in=[act.value for act in Act]), name="emergency_act_known"
            ),
            models.CheckConstraint(
                condition=~Q(act=Act.RELEASED.value) | Q(approval__isnull=False),
                name="emergency_release_has_approval",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__gte=F("at")), name="emergency_act_not_ahead"
            ),
        ]


class Estimate(models.Model):
    """An arrival estimate as it was told to the customer; later ones do not change earlier ones."""

    plan = models.ForeignKey(EmergencyPlan, models.PROTECT, related_name="estimates")
    arrival_at = models.DateTimeField()
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=80)
    # Whom the phone reached; empty when only the message went out.
    reached = models.CharField(max_length=80, default="")
    reason = models.TextField(default="")

    class Meta:
        db_table = "emergency_estimate"
        indexes = [models.Index(fields=["plan", "id"], name="emergency_estimates")]
        constraints = [
            models.CheckConstraint(
                condition=Q(arrival_at__gt=F("told_at")), name="emergency_estimate_ahead"
            )
        ]


class ChainEscalation(models.Model):
    """A step of the ladder taken for a waiting step of a chain; the database takes each once.

    Append-only.
    """

    plan = models.ForeignKey(EmergencyPlan, models.PROTECT, related_name="+")
    revision = models.SmallIntegerField()
    position = models.SmallIntegerField()
    rung = models.SmallIntegerField()
    repetition = models.IntegerField()
    since = models.DateTimeField()
    at = models.DateTimeField()
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "emergency_escalation"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "revision", "position", "since", "rung", "repetition"],
                name="emergency_escalated_once",
            )
        ]
