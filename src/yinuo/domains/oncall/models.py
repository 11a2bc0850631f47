"""Tables of on-call duty: rotas of units and the turns on them."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from yinuo.domains.oncall.call_models import Call, CallTry, Handover, PayEntry
from yinuo.platform.identifiers import new_public_id

__all__ = ["Call", "CallTry", "Handover", "PayEntry", "Rota", "Turn"]


class Rota(models.Model):
    """Who takes calls of a unit in turn, and in which hours of a day a turn counts."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    # Minutes of local time of every day, half-open; office hours are taken away from them.
    begins = models.SmallIntegerField()
    ends = models.SmallIntegerField()
    # Lists [weekday, first minute, minute after the last]; none on days off, on make-up days those
    # of a Monday.
    office = models.JSONField(default=list, blank=True)
    active = models.BooleanField(default=True)
    # After so many minutes without an answer the next person is asked.
    answer_minutes = models.SmallIntegerField(default=10)
    # After so many minutes a hand-over that nobody acknowledged is told to the duty managers.
    acknowledge_minutes = models.SmallIntegerField(default=60)
    # What a month of duty pays, and what is taken off for each case, in yuan (LV-09).
    allowance = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    off_complaint = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    off_unreachable = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    off_left_city = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    hour_rate = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    overtime_factor = models.DecimalField(max_digits=4, decimal_places=2, default=1)

    class Meta:
        db_table = "oncall_rota"
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="oncall_rota_name"),
            models.CheckConstraint(
                condition=Q(begins__gte=0, ends__gt=F("begins"), ends__lte=1440),
                name="oncall_rota_hours",
            ),
            models.CheckConstraint(
                condition=Q(answer_minutes__range=(1, 1440)), name="oncall_rota_answer"
            ),
            models.CheckConstraint(
                condition=Q(acknowledge_minutes__range=(1, 10_080)), name="oncall_rota_acknowledge"
            ),
        ]


class Turn(models.Model):
    """A person's turn, half-open. Two of one rota never overlap while neither is cancelled."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    rota = models.ForeignKey(Rota, models.PROTECT, related_name="turns")
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    period = DateTimeRangeField()
    # Who covers for whom, and why; empty for a turn of the rotation.
    covers = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, default="", blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "oncall_turn"
        constraints = [
            ExclusionConstraint(
                name="oncall_one_at_a_time",
                expressions=[
                    (
                        Func(F("rota"), F("rota"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="oncall_turn_lasts"),
            models.CheckConstraint(
                condition=Q(covers__isnull=True) | ~Q(reason=""), name="oncall_cover_why"
            ),
        ]
