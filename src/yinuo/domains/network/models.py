"""Tables of the network: units in a tree, people, roles and who has which role where."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from yinuo.domains.network.qualification_models import (
    Absence,
    Certificate,
    CertificateWarning,
    Qualification,
    Skill,
    on_earth,
)
from yinuo.platform.identifiers import new_public_id

__all__ = [
    "Absence",
    "Assignment",
    "Certificate",
    "CertificateWarning",
    "FormerName",
    "Person",
    "Qualification",
    "Role",
    "ServiceUnit",
    "Skill",
]


class ServiceUnit(models.Model):
    """A service unit (服务网点) in a tree of three levels: headquarters, centre, partner."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    # Part of document numbers: FW-SZ-202610-0042.
    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=200, db_index=True)
    level = models.SmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # Ids from the root down to this unit, `/1/7/`: a subtree is a prefix.
    path = models.CharField(max_length=120, db_index=True)
    active = models.BooleanField(default=True)
    # Whom it serves: divisions named in an address, or everybody within a distance of it.
    areas = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    reach_km = models.PositiveSmallIntegerField(null=True)
    # What it takes on; none named means all.
    product_lines = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    service_modes = ArrayField(models.CharField(max_length=12), default=list, blank=True)

    class Meta:
        db_table = "network_unit"
        indexes = [
            models.Index(
                fields=["path"], name="network_unit_subtree", opclasses=["text_pattern_ops"]
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=3), name="network_unit_level"
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z0-9]{2,8}$"), name="network_unit_code"
            ),
            models.CheckConstraint(
                condition=on_earth("latitude", "longitude"), name="network_unit_on_earth"
            ),
            models.CheckConstraint(
                condition=models.Q(reach_km__isnull=True) | models.Q(latitude__isnull=False),
                name="network_unit_reach_from_somewhere",
            ),
        ]


class FormerName(models.Model):
    """What a unit was called before it was renamed, until then. Append-only."""

    unit = models.ForeignKey(ServiceUnit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    until = models.DateTimeField()

    class Meta:
        db_table = "network_former_name"
        indexes = [models.Index(fields=["unit", "until", "id"], name="network_former_name_at")]


class Person(models.Model):
    """Somebody who works in a unit; signs in when `user` is set."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    name = models.CharField(max_length=80)
    name_key = models.CharField(max_length=200, db_index=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    unit = models.ForeignKey(ServiceUnit, models.PROTECT, related_name="+")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    active = models.BooleanField(default=True)
    # Where his way to a customer begins. Personal data: erasable, never in a fact.
    home_latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    home_longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    # Lists [weekday, first minute, minute after the last]; empty: no hours are set for him.
    shift = models.JSONField(default=list, blank=True)
    tools = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    class Meta:
        db_table = "network_person"
        constraints = [
            models.CheckConstraint(
                condition=on_earth("home_latitude", "home_longitude"),
                name="network_person_on_earth",
            )
        ]


class Role(models.Model):
    """A named set of rights, editable by the administrator."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    # Plans, limits and queues name roles by it: it never changes.
    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    permissions = ArrayField(models.CharField(max_length=40))

    class Meta:
        db_table = "network_role"


class Assignment(models.Model):
    """A person has a role in a unit and all units below it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    unit = models.ForeignKey(ServiceUnit, models.PROTECT, related_name="+")

    class Meta:
        db_table = "network_assignment"
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "unit"], name="network_assigned_once")
        ]


class Change(models.Model):
    """That people, units, roles, skills or certificates changed; written by the database itself.

    The newest few hundred are kept. What was read is as old as the rows that were there then.
    """

    class Meta:
        db_table = "network_change"
