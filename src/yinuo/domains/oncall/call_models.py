"""Tables of the duty log: calls, who was asked for each, hand-overs, and what a month pays."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.oncall.call_types import CallState, PayKind
from yinuo.platform.identifiers import new_public_id

_WAITING = [CallState.OUTSIDE.value, CallState.RINGING.value]


class Call(models.Model):
    """A call on duty: who rang when, who has it, what came of it. Names and words are erasable."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    rota = models.ForeignKey("oncall.Rota", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    called_at = models.DateTimeField()
    # False: recorded outside the duty hours; the first to be looked at when they begin.
    in_hours = models.BooleanField()
    caller_name = models.CharField(max_length=80, default="", blank=True)
    caller_phone = models.CharField(max_length=40, default="", blank=True)
    about = models.CharField(max_length=400)
    # Who is asked, has it, or solved it; it stays with him until it is solved.
    person = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    # When the clock acts: duty begins, or the next person is asked.
    act_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    minutes = models.SmallIntegerField(null=True)
    result = models.CharField(max_length=400, default="", blank=True)
    solved_at = models.DateTimeField(null=True)
    request = models.ForeignKey("requests.Request", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "oncall_call"
        indexes = [
            models.Index(fields=["rota", "-called_at"], name="oncall_calls_of_rota"),
            models.Index(
                fields=["act_at"], name="oncall_calls_due", condition=Q(act_at__isnull=False)
            ),
            models.Index(
                fields=["person"],
                name="oncall_calls_open",
                condition=Q(solved_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in CallState]), name="oncall_call_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_WAITING, act_at__isnull=False)
                | ~Q(state__in=_WAITING) & Q(act_at__isnull=True),
                name="oncall_call_waits",
            ),
            models.CheckConstraint(
                condition=Q(state=CallState.SOLVED.value, solved_at__isnull=False)
                | ~Q(state=CallState.SOLVED.value) & Q(solved_at__isnull=True),
                name="oncall_call_solved",
            ),
        ]


class CallTry(models.Model):
    """Somebody was asked for a call; each person once."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="tries")
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "oncall_call_try"
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="oncall_asked_once")]


class Handover(models.Model):
    """The log handed to the next one at the end of a turn, until he acknowledges it."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    turn = models.OneToOneField("oncall.Turn", models.PROTECT, related_name="+")
    to = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    calls = models.IntegerField()
    # Ids of the calls that were not solved then; they stay with the one who had the turn.
    unsolved = models.JSONField(default=list)
    acknowledged_at = models.DateTimeField(null=True)
    # When the duty managers were told that nobody acknowledged it.
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "oncall_handover"
        indexes = [
            models.Index(
                fields=["to"], name="oncall_handovers_open", condition=Q(acknowledged_at=None)
            )
        ]


class PayEntry(models.Model):
    """What changes a month's pay: a deduction's case, or hours of overtime."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    rota = models.ForeignKey("oncall.Rota", models.PROTECT, related_name="+")
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    on = models.DateField()
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    note = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "oncall_pay_entry"
        indexes = [models.Index(fields=["rota", "person", "on"], name="oncall_pay_of_month")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=PayKind.OVERTIME.value, hours__gt=0)
                | Q(
                    kind__in=[one.value for one in PayKind if one is not PayKind.OVERTIME],
                    hours__isnull=True,
                ),
                name="oncall_pay_kind",
            )
        ]
