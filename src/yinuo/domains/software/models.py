"""Tables of software versions, of who got them for which asset, and of the help given."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.software.types import HelpWay, ReleaseKind, Way
from yinuo.platform.identifiers import new_public_id


class SoftwareRelease(models.Model):
    """A version or patch of the software of a model or product line."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=60)
    released_on = models.DateField()
    kind = models.CharField(max_length=8)
    # Which assets, folded: at least one of both.
    model = models.CharField(max_length=120, default="", blank=True)
    asset_class = models.CharField(max_length=60, default="", blank=True)
    # Sold on its own: no warranty or contract includes it.
    is_paid_feature = models.BooleanField(default=False)
    notes_zh = models.TextField()
    notes_en = models.TextField(default="", blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "software_release"
        indexes = [models.Index(fields=["-released_on", "-id"], name="software_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "asset_class", "number"], name="software_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(model="") | ~Q(asset_class=""), name="software_of_something"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ReleaseKind]), name="software_kind"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdraw_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason=""),
                name="software_withdrawn_why",
            ),
        ]


class SoftwareDelivery(models.Model):
    """A version given to a customer for an asset. Append-only."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    release = models.ForeignKey(SoftwareRelease, models.PROTECT, related_name="deliveries")
    asset = models.ForeignKey("assets.Asset", models.PROTECT, related_name="+")
    way = models.CharField(max_length=8)
    to_whom = models.CharField(max_length=120)
    # By which cover it was free, or as what it was sold.
    cover = models.CharField(max_length=12, default="", blank=True)
    paid_as = models.CharField(max_length=80, default="", blank=True)
    is_installed = models.BooleanField(default=False)
    delivered_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "software_delivery"
        indexes = [
            models.Index(fields=["asset", "-id"], name="software_given_for"),
            models.Index(fields=["release", "-id"], name="software_given_of"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=[one.value for one in Way]), name="software_way"
            ),
            models.CheckConstraint(
                condition=~Q(cover="") | ~Q(paid_as=""), name="software_free_or_sold"
            ),
        ]


class SoftwareHelp(models.Model):
    """Help given with a version. Append-only."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    release = models.ForeignKey(SoftwareRelease, models.PROTECT, related_name="helps")
    asset = models.ForeignKey("assets.Asset", models.PROTECT, related_name="+")
    way = models.CharField(max_length=8)
    minutes = models.IntegerField()
    text = models.CharField(max_length=1_000)
    helped_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    helped_by = models.CharField(max_length=80)

    class Meta:
        db_table = "software_help"
        indexes = [models.Index(fields=["asset", "-id"], name="software_helped")]
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=[one.value for one in HelpWay]), name="software_help_way"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=1_440), name="software_help_minutes"
            ),
        ]
