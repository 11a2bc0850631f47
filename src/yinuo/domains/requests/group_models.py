"""Tables of support groups: who takes which requests from a common queue."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yinuo.domains.network.qualification_types import ServiceMode
from yinuo.platform.identifiers import new_public_id


class SupportGroup(models.Model):
    """A support group (支持组) of a unit: what it takes, in which turn, who goes on after it.

    An empty list takes everything of its kind.
    """

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    # Of several groups that would take a request the lowest rank does.
    rank = models.SmallIntegerField(default=100)
    kinds = ArrayField(models.CharField(max_length=30), default=list)
    categories = ArrayField(models.CharField(max_length=60), default=list)
    levels = ArrayField(models.CharField(max_length=60), default=list)
    asset_classes = ArrayField(models.CharField(max_length=60), default=list)
    # To whom it escalates.
    next = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # In which way of service the network is asked for what comes into the queue; empty: it waits.
    offer_mode = models.CharField(max_length=12, default="", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "requests_group"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="requests_group_public_id"),
            models.UniqueConstraint(fields=["unit", "name"], name="requests_group_name"),
            models.CheckConstraint(
                condition=Q(next__isnull=True) | ~Q(next=F("id")), name="requests_group_next"
            ),
            models.CheckConstraint(
                condition=Q(offer_mode__in=["", *(mode.value for mode in ServiceMode)]),
                name="requests_group_offer",
            ),
        ]


class GroupMember(models.Model):
    """Somebody who takes requests from a group's queue."""

    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="members")
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="+")

    class Meta:
        db_table = "requests_group_member"
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="requests_group_once")
        ]
