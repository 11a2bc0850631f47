"""A recall in the demo company, half way: one asset done, one refused, one with its request."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.domains.assets.classes import AssetClass
from yinuo.domains.assets.selectors import list_assets
from yinuo.domains.campaigns.selectors import list_campaign_assets
from yinuo.domains.campaigns.services import (
    answer_campaign_asset,
    create_campaign,
    open_campaign_requests,
)
from yinuo.domains.campaigns.types import CampaignData
from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.network.types import Actor

_TITLE = "电源模块批次更换"
_TEXT = "该批次电源模块在高温下可能停机。请与客户约定时间，免费更换，并收回旧件。"
_STANDINGS = (("done", ""), ("agreed", ""), ("refused", "客户将于明年整体更换"))


def recall_something(actor: Actor, now: datetime) -> None:
    """A recall over every asset with a power module, begun twenty days ago."""
    begun = now - timedelta(days=20)
    asset = list_assets(actor, limit=1).items[0]
    unit_id = get_customer(actor, asset.customer_public_id).unit_public_id
    data = CampaignData(
        kind="recall",
        title=_TITLE,
        text=_TEXT,
        due_on=(now + timedelta(days=25)).date(),
        which=AssetClass(component="电源模块"),
    )
    campaign = create_campaign(actor=actor, unit_id=unit_id, data=data, now=begun)
    rows = list_campaign_assets(actor, campaign_id=campaign.public_id).items
    for row, (state, reason) in zip(rows, _STANDINGS, strict=False):
        answer_campaign_asset(
            actor=actor,
            campaign_asset_id=row.public_id,
            version=row.version,
            state=state,
            reason=reason,
            now=begun + timedelta(days=3),
        )
    open_campaign_requests(
        actor=actor,
        campaign_id=campaign.public_id,
        campaign_asset_ids=[row.public_id for row in rows[3:4] or rows[:1]],
        now=now - timedelta(hours=2),
    )
