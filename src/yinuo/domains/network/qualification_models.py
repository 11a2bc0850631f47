"""Tables of who may do what until when: skills, certificates, absences, what work demands."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yinuo.platform.identifiers import new_public_id

LEAST_LEVEL, HIGHEST_LEVEL = 1, 5


def on_earth(latitude: str, longitude: str) -> Q:
    """Both degrees are there and within their bounds, or none is."""
    none = Q(**{f"{latitude}__isnull": True, f"{longitude}__isnull": True})
    both = {f"{latitude}__range": (-90, 90), f"{longitude}__range": (-180, 180)}
    return none | Q(**both)


class Skill(models.Model):
    """What a person can do, and how well: 1 under guidance … 5 teaches it."""

    person = models.ForeignKey("network.Person", models.CASCADE, related_name="skills")
    name = models.CharField(max_length=60)
    # Folded, so that the same skill is found however it was typed.
    name_key = models.CharField(max_length=60)
    level = models.SmallIntegerField()

    class Meta:
        db_table = "network_skill"
        indexes = [models.Index(fields=["name_key", "person"], name="network_skill_of_name")]
        constraints = [
            models.UniqueConstraint(fields=["person", "name_key"], name="network_skill_once"),
            models.CheckConstraint(
                condition=Q(level__gte=LEAST_LEVEL, level__lte=HIGHEST_LEVEL),
                name="network_skill_level",
            ),
        ]


class Certificate(models.Model):
    """A certificate of a unit or of a person for a product line, good to its last day."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=80)
    number = models.CharField(max_length=80, default="", blank=True)
    issuer = models.CharField(max_length=120)
    brand = models.CharField(max_length=80, default="", blank=True)
    # As the assets have their class; empty: for every product line.
    product_line = models.CharField(max_length=60, default="", blank=True)
    line_key = models.CharField(max_length=60, default="", blank=True)
    valid_from = models.DateField()
    # The last day it is good.
    valid_until = models.DateField()
    warn_days = models.PositiveSmallIntegerField(default=30)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, default="", blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)

    class Meta:
        db_table = "network_certificate"
        indexes = [
            models.Index(fields=["valid_until", "id"], name="network_certificate_ends"),
            models.Index(fields=["person", "line_key"], name="network_certificate_of_person"),
            models.Index(fields=["unit", "line_key"], name="network_certificate_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True) ^ Q(person__isnull=True),
                name="network_certificate_of_one",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="network_certificate_days"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="network_certificate_withdrawn_why",
            ),
        ]


class CertificateWarning(models.Model):
    """That the end of a certificate was told; another last day is told anew."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+")
    valid_until = models.DateField()
    warned_at = models.DateTimeField()

    class Meta:
        db_table = "network_certificate_warning"
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "valid_until"], name="network_warned_once"
            )
        ]


class Absence(models.Model):
    """A time in which a person cannot be sent: leave, illness, training. Half-open.

    What follows from a training names it by `cause_id` and changes with it only.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=200, default="", blank=True)
    cause_id = models.UUIDField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "network_absence"
        indexes = [
            models.Index(
                fields=["ends_at", "person"],
                name="network_absence_running",
                condition=Q(cancelled_at__isnull=True),
            ),
            models.Index(fields=["person", "-starts_at"], name="network_absence_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cause_id", "person"],
                name="network_absence_of_cause",
                condition=Q(cancelled_at__isnull=True, cause_id__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="network_absence_lasts"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["leave", "sick", "training", "other"]),
                name="network_absence_kind",
            ),
        ]


class Qualification(models.Model):
    """What work on a product line demands of whoever goes; the empty line is any other work."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    product_line = models.CharField(max_length=60, default="", blank=True)
    line_key = models.CharField(max_length=60, unique=True)
    # Lists [skill, least level].
    skills = models.JSONField(default=list, blank=True)
    person_certified = models.BooleanField(default=False)
    unit_certified = models.BooleanField(default=False)
    tools = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    # What a visit takes, until its plan says otherwise.
    visit_minutes = models.PositiveSmallIntegerField(default=120)

    class Meta:
        db_table = "network_qualification"
