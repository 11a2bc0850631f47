"""Campaigns: begin over a class of assets, take in assets found since, close."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.assets.classes import AssetClass, assets_of_class, checked_class
from yinuo.domains.campaigns.models import Campaign, CampaignAsset
from yinuo.domains.campaigns.policies import visible_campaigns
from yinuo.domains.campaigns.types import CampaignData, CampaignKind
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import unit_for
from yinuo.domains.network.types import Actor
from yinuo.platform.days import day_of
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

TITLE_LENGTH, TEXT_LENGTH, REASON_LENGTH = 200, 20_000, 200
MOST_ASSETS = 20_000
_BATCH = 1_000


def create_campaign(
    *, actor: Actor, unit_id: object, data: CampaignData, now: datetime
) -> Campaign:
    """Begin a campaign over every asset of its class that the actor may call upon.

    Raises NotFound without the right in the unit, InvalidInput per field; on `model` when the
    class finds nothing or more than 20,000 assets.
    """
    unit = unit_for(actor, unit_id, Permission.CAMPAIGN_WRITE)
    which = _checked(data, now)
    with writing(actor=actor, now=now) as work:
        campaign = Campaign.objects.create(
            unit_id=unit.pk,
            kind=data.kind,
            title=data.title.strip(),
            text=data.text.strip(),
            due_on=data.due_on,
            created_at=now,
            created_by=actor.label,
            **asdict(which),
        )
        found = _take_in(campaign, which, actor, work)
        if not found:
            raise InvalidInput({"model": _("No asset in use fits. Look at the preview first.")})
        work.audit("campaign.create", campaign, after={"title": campaign.title, "assets": found})
        work.emit("campaign.created", campaign)
        return campaign


def extend_campaign(*, actor: Actor, campaign_id: object, version: int, now: datetime) -> Campaign:
    """Take in the assets of the class that came since, such as imported ones; none goes away.

    Raises IllegalMove once closed, Conflict when stale.
    """
    with writing(actor=actor, now=now) as work:
        campaign = _running(actor, campaign_id)
        which = AssetClass(
            campaign.model,
            campaign.asset_class,
            campaign.serial_from,
            campaign.serial_to,
            campaign.component,
        )
        stored(campaign, expected_version=version, changes={})
        found = _take_in(campaign, which, actor, work)
        work.audit("campaign.extend", campaign, after={"assets": found})
        return campaign


def close_campaign(
    *, actor: Actor, campaign_id: object, version: int, reason: str, now: datetime
) -> Campaign:
    """End a campaign; what stands open with its assets is shown nowhere else any more."""
    if not reason.strip() or len(reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Give a reason of at most 200 characters.")})
    with writing(actor=actor, now=now) as work:
        campaign = _running(actor, campaign_id)
        changes = {"closed_at": now, "close_reason": reason.strip()}
        stored(campaign, expected_version=version, changes=changes)
        work.audit("campaign.close", campaign, reason=reason)
        work.emit("campaign.closed", campaign)
        return campaign


def _running(actor: Actor, campaign_id: object) -> Campaign:
    seen = visible_campaigns(actor, Permission.CAMPAIGN_WRITE).select_for_update(of=("self",))
    campaign = one_of(seen, campaign_id)
    if campaign.closed_at is not None:
        raise IllegalMove(_("This campaign is closed."))
    return campaign


def _take_in(campaign: Campaign, which: AssetClass, actor: Actor, work: Work) -> int:
    """Add the assets of the class that are not in it yet; gives how many."""
    found = assets_of_class(actor, which, Permission.CAMPAIGN_WRITE).exclude(
        pk__in=CampaignAsset.objects.filter(campaign=campaign).values("asset_id")
    )
    ids = list(found.order_by("serial", "id").values_list("pk", flat=True)[: MOST_ASSETS + 1])
    if len(ids) > MOST_ASSETS:
        raise InvalidInput({"model": _("More than 20,000 assets fit. Narrow the choice.")})
    rows = [
        CampaignAsset(
            campaign=campaign, asset_id=one, changed_at=work.now, changed_by=work.actor.label
        )
        for one in ids
    ]
    CampaignAsset.objects.bulk_create(rows, batch_size=_BATCH)
    return len(rows)


def _checked(data: CampaignData, now: datetime) -> AssetClass:
    problems: dict[str, str] = {}
    if data.kind not in set(CampaignKind):
        problems["kind"] = _("Choose one of the kinds offered.")
    if not data.title.strip() or len(data.title) > TITLE_LENGTH:
        problems["title"] = _("Give a title of at most 200 characters.")
    if not data.text.strip() or len(data.text) > TEXT_LENGTH:
        problems["text"] = _("Say in at most 20,000 characters what is done and why.")
    if data.due_on < day_of(now):
        problems["due_on"] = _("This day is over already.")
    try:
        which = checked_class(data.which)
    except InvalidInput as error:
        raise InvalidInput({**error.fields, **problems}) from None
    if problems:
        raise InvalidInput(problems)
    return which
