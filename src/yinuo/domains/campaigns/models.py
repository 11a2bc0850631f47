"""Tables of campaigns and of the assets each one is about."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.campaigns.types import CampaignKind, Standing
from yinuo.platform.identifiers import new_public_id

_REASONED = [Standing.REFUSED.value]


class Campaign(models.Model):
    """A recall (召回) or other campaign over a class of assets, as it was chosen."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    text = models.TextField()
    due_on = models.DateField()
    # Which assets: as AssetClass has it, folded.
    model = models.CharField(max_length=120, default="", blank=True)
    asset_class = models.CharField(max_length=60, default="", blank=True)
    serial_from = models.CharField(max_length=80, default="", blank=True)
    serial_to = models.CharField(max_length=80, default="", blank=True)
    component = models.CharField(max_length=120, default="", blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "campaigns_campaign"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in CampaignKind]), name="campaigns_kind"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, close_reason="")
                | Q(closed_at__isnull=False) & ~Q(close_reason=""),
                name="campaigns_closed_with_reason",
            ),
        ]


class CampaignAsset(models.Model):
    """One asset of a campaign and how it stands: open, agreed, done, refused with the reason."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="affected")
    asset = models.ForeignKey("assets.Asset", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=Standing.OPEN.value)
    reason = models.CharField(max_length=200, default="", blank=True)
    # By public id: the request's row is written when the step ends that opens it.
    request = models.ForeignKey(
        "requests.Request", models.PROTECT, null=True, to_field="public_id", related_name="+"
    )
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)

    class Meta:
        db_table = "campaigns_asset"
        indexes = [models.Index(fields=["asset"], name="campaigns_of_asset")]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "asset"], name="campaigns_asset_once"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in Standing]), name="campaigns_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_REASONED) | ~Q(reason=""), name="campaigns_refused_why"
            ),
        ]
