"""What people do with campaigns."""

from yinuo.domains.campaigns.services.answering import answer_campaign_asset
from yinuo.domains.campaigns.services.opening import open_campaign_requests
from yinuo.domains.campaigns.services.setting_up import (
    close_campaign,
    create_campaign,
    extend_campaign,
)

__all__ = [
    "answer_campaign_asset",
    "close_campaign",
    "create_campaign",
    "extend_campaign",
    "open_campaign_requests",
]
