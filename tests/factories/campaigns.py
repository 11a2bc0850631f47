"""Recalls over assets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.factories.company import Member

from yinuo.domains.assets.classes import AssetClass
from yinuo.domains.assets.models import Asset
from yinuo.domains.campaigns.models import Campaign
from yinuo.domains.campaigns.services import create_campaign
from yinuo.domains.campaigns.types import CampaignData
from yinuo.domains.network.models import ServiceUnit


def make_campaign(by: Member, unit: ServiceUnit, asset: Asset) -> Campaign:
    """A recall over this one asset, found by its serial number."""
    now = datetime.now(UTC)
    which = AssetClass(model=asset.model, serial_from=asset.serial, serial_to=asset.serial)
    due_on = (now + timedelta(days=30)).date()
    data = CampaignData("recall", "电源召回", "更换电源模块", due_on, which)
    return create_campaign(actor=by.actor, unit_id=unit.public_id, data=data, now=now)
