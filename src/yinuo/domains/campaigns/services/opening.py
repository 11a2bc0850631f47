"""Opening the requests of chosen assets of a campaign: once for each, however often it is asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.campaigns.models import Campaign, CampaignAsset
from yinuo.domains.campaigns.policies import visible_campaign_assets, visible_campaigns
from yinuo.domains.campaigns.types import Opened, Standing
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.intake import resolve
from yinuo.domains.requests.questions import plan_of_version
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake, RequestKind
from yinuo.kernel.states import RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import identity, one_of

MOST_AT_ONCE = 50
_TO_SETTLE = {Standing.OPEN.value, Standing.AGREED.value}


def open_campaign_requests(
    *, actor: Actor, campaign_id: object, campaign_asset_ids: Collection[object], now: datetime
) -> Opened:
    """Open a request for each chosen asset that has none yet, with the campaign's words.

    Where the plan tells levels apart the last, mildest one is taken; people may change it. An
    asset that a request cannot be opened for is named with the reason, the others go on. Raises
    InvalidInput for none or more than 50, IllegalMove once closed, NotFound for an asset that is
    not in it or at a customer for whom the actor opens no requests.
    """
    wanted = {identity(one) for one in campaign_asset_ids}
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        raise InvalidInput({"assets": _("Choose 1 to 50 assets at a time.")})
    with writing(actor=actor, now=now) as work:
        campaign = one_of(visible_campaigns(actor), campaign_id)
        if campaign.closed_at is not None:
            raise IllegalMove(_("This campaign is closed."))
        rows = _locked(actor, campaign, wanted)
        refused: list[tuple[str, str]] = []
        opened = 0
        for row in rows:
            if _has_one(row) or row.state not in _TO_SETTLE:
                continue
            try:
                _open(row, campaign, actor, work)
                opened += 1
            except InvalidInput as error:
                named = row.asset.serial or row.asset.name
                refused.append((named, " ".join(map(str, error.fields.values()))))
        return Opened(opened, len(rows) - opened - len(refused), tuple(refused))


def _locked(actor: Actor, campaign: Campaign, wanted: set[UUID]) -> list[CampaignAsset]:
    """The chosen rows, locked in one order so that two who choose the same wait for each other."""
    seen = visible_campaign_assets(actor, Permission.REQUEST_OPEN)
    found = seen.filter(campaign=campaign, public_id__in=wanted).order_by("pk")
    rows = list(found.select_related("asset__customer", "request").select_for_update(of=("self",)))
    if len(rows) != len(wanted):
        raise NotFound
    return rows


def _has_one(row: CampaignAsset) -> bool:
    """A request that was called off leaves room for another."""
    return row.request is not None and row.request.state != RequestState.CANCELLED.value


def _open(row: CampaignAsset, campaign: Campaign, actor: Actor, work: Work) -> None:
    intake = Intake(
        customer_id=row.asset.customer.public_id,
        asset_id=row.asset.public_id,
        symptom=f"{campaign.title}\n{campaign.text}",
        kind=RequestKind.FAULT.value,
    )
    resolved = resolve(actor, intake, Permission.REQUEST_OPEN, work.now)
    plan = plan_of_version(resolved.cover.plan_version_id)
    level = plan.levels[-1].code if plan and plan.levels else ""
    request = open_request(actor=actor, intake=replace(intake, level=level), now=work.now)
    changed = {"changed_at": work.now, "changed_by": actor.label}
    stored(row, expected_version=None, changes={"request_id": request.public_id, **changed})
    after = {"request": request.number}
    work.audit("campaign.open_request", row, after=after)
