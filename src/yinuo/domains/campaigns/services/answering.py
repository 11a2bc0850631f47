"""How an asset stands in a campaign: agreed, done, refused, open again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.campaigns.models import CampaignAsset
from yinuo.domains.campaigns.policies import visible_campaign_assets
from yinuo.domains.campaigns.types import Standing
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

REASON_LENGTH = 200
_SETTLED = {Standing.DONE.value, Standing.REFUSED.value}


def answer_campaign_asset(
    *,
    actor: Actor,
    campaign_asset_id: object,
    version: int,
    state: str,
    reason: str,
    now: datetime,
) -> CampaignAsset:
    """Record how it stands. A refusal, and taking back what was settled, need the reason.

    Whoever may open requests for the customer may do so. Raises InvalidInput, IllegalMove once
    the campaign is closed, Conflict when stale, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        seen = visible_campaign_assets(actor).select_for_update(of=("self",))
        row = one_of(seen.select_related("campaign", "asset__customer"), campaign_asset_id)
        require(actor, Permission.REQUEST_OPEN, row.asset.customer.unit_id)
        if row.campaign.closed_at is not None:
            raise IllegalMove(_("This campaign is closed."))
        _check(row, state, reason)
        before = {"state": row.state}
        changes = {"state": state, "reason": reason.strip()}
        changed = {"changed_at": now, "changed_by": actor.label}
        stored(row, expected_version=version, changes=changes | changed)
        work.audit("campaign.answer", row, before=before, after={"state": state}, reason=reason)
        return row


def _check(row: CampaignAsset, state: str, reason: str) -> None:
    problems: dict[str, str] = {}
    if state not in set(Standing):
        problems["state"] = _("Choose one of those offered.")
    is_taken_back = row.state in _SETTLED and state != row.state
    if len(reason) > REASON_LENGTH:
        problems["reason"] = _("Use at most 200 characters.")
    elif (state == Standing.REFUSED or is_taken_back) and not reason.strip():
        problems["reason"] = _("Give the reason.")
    if problems:
        raise InvalidInput(problems)
