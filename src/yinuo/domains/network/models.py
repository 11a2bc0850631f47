"""Tables of the network: units in a tree, people, roles and who has which role where."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from yinuo.platform.identifiers import new_public_id


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
        ]


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

    class Meta:
        db_table = "network_person"


class Role(models.Model):
    """A named set of rights, editable by the administrator."""

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
