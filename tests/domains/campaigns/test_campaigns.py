"""Campaigns find their assets, keep how each stands, and open each request once (B-23)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.factories import (
    Member,
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_unit,
    publish,
)
from tests.factories.archive import make_component

from yinuo.domains.assets.classes import AssetClass
from yinuo.domains.assets.models import Asset
from yinuo.domains.assets.services import edit_asset, remove_component
from yinuo.domains.assets.services.assets import AssetData
from yinuo.domains.campaigns.models import Campaign
from yinuo.domains.campaigns.selectors import (
    campaigns_of_asset,
    get_campaign,
    list_campaign_assets,
    preview_campaign,
)
from yinuo.domains.campaigns.services import (
    answer_campaign_asset,
    close_campaign,
    create_campaign,
    extend_campaign,
    open_campaign_requests,
)
from yinuo.domains.campaigns.types import CampaignAssetRow, CampaignData
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services import report_fact
from yinuo.domains.requests.types import Report
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput, NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-23")]
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ROLES = ["service_manager", "account_manager"]


@dataclass(frozen=True)
class Stage:
    admin: Member
    member: Member
    unit: ServiceUnit
    customer: Customer
    assets: tuple[Asset, ...]

    def data(self, **which: str) -> CampaignData:
        chosen = AssetClass(**(which or {"model": "FW-100"}))
        return CampaignData("recall", "电源批次召回", "更换电源模块", date(2026, 12, 20), chosen)

    def begin(self, **which: str) -> Campaign:
        return create_campaign(
            actor=self.member.actor, unit_id=self.unit.public_id, data=self.data(**which), now=NOW
        )

    def rows(self, campaign: Campaign, **narrowed: str) -> tuple[CampaignAssetRow, ...]:
        return list_campaign_assets(
            self.member.actor, campaign_id=campaign.public_id, **narrowed
        ).items

    def open(self, campaign: Campaign, rows: Any) -> Any:
        return open_campaign_requests(
            actor=self.member.actor,
            campaign_id=campaign.public_id,
            campaign_asset_ids=[one.public_id for one in rows],
            now=NOW,
        )

    def answer(self, row: CampaignAssetRow, state: str, reason: str = "") -> Any:
        return answer_campaign_asset(
            actor=self.member.actor,
            campaign_asset_id=row.public_id,
            version=row.version,
            state=state,
            reason=reason,
            now=NOW,
        )


@pytest.fixture
def stage() -> Stage:
    company = make_company()
    unit = company.headquarters
    member = make_member(company.administrator, unit, ROLES)
    customer = make_customer(member, unit)
    make_contract(member, customer, publish(company.administrator))
    assets = tuple(make_asset(member, customer) for _ in range(3))
    for number, asset in enumerate(assets):
        _serial(asset, f"PX-{number:03d}")
    return Stage(company.administrator, member, unit, customer, assets)


def _serial(asset: Asset, serial: str, **more: Any) -> None:
    Asset.objects.filter(pk=asset.pk).update(serial=serial, **more)


def serials(stage: Stage, **which: str) -> list[str]:
    return [one.serial for one in preview_campaign(stage.member.actor, AssetClass(**which)).first]


def test_assets_are_found_by_model_class_range_and_part(stage: Stage) -> None:
    _serial(stage.assets[2], "PX-0015", asset_class="电源柜")
    make_component(stage.member, stage.assets[1])
    assert serials(stage, model="fw-100") == ["PX-000", "PX-001", "PX-0015"]
    assert serials(stage, model="FW-1") == []
    assert serials(stage, asset_class="电源柜") == ["PX-0015"]
    # PX-0015 lies between the two letter by letter, but is a number of another length.
    assert serials(stage, serial_from="px-001", serial_to="PX-002") == ["PX-001"]
    assert serials(stage, serial_from="ＰＸ-001") == ["PX-001", "PX-0015"]
    assert serials(stage, component="主控") == ["PX-001"]
    assert serials(stage, model="FW-100", component="主控", serial_to="PX-000") == []


def test_assets_out_of_use_and_parts_taken_out_are_not_called_upon(stage: Stage) -> None:
    part = make_component(stage.member, stage.assets[0])
    remove_component(
        actor=stage.member.actor,
        component_id=part.public_id,
        version=1,
        on=date(2026, 11, 1),
        reason="拆除",
        now=NOW,
    )
    Asset.objects.filter(pk=stage.assets[1].pk).update(active=False)
    assert serials(stage, component="主控") == []
    assert preview_campaign(stage.member.actor, AssetClass(model="FW-100")).assets == 2


@pytest.mark.parametrize(
    ("which", "field"),
    [
        ({}, "model"),
        ({"model": "x" * 121}, "model"),
        ({"serial_from": "B", "serial_to": "A"}, "serial_to"),
        ({"component": "a"}, "component"),
    ],
)
def test_a_class_that_means_nothing_is_refused(
    stage: Stage, which: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        preview_campaign(stage.member.actor, AssetClass(**which))
    assert field in refused.value.fields


def test_a_campaign_needs_words_a_day_to_come_and_an_asset(stage: Stage) -> None:
    data = replace(stage.data(), kind="x", title=" ", text="", due_on=date(2026, 11, 19))
    with pytest.raises(InvalidInput) as refused:
        create_campaign(actor=stage.member.actor, unit_id=stage.unit.public_id, data=data, now=NOW)
    assert set(refused.value.fields) == {"kind", "title", "text", "due_on"}
    night = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)  # half past midnight of the 20th
    with pytest.raises(InvalidInput) as refused:
        create_campaign(
            actor=stage.member.actor,
            unit_id=stage.unit.public_id,
            data=replace(stage.data(), due_on=date(2026, 11, 19)),
            now=night,
        )
    assert set(refused.value.fields) == {"due_on"}
    with pytest.raises(InvalidInput):
        stage.begin(model="nothing")
    assert not Campaign.objects.exists()


def test_progress_counts_each_asset_once_and_reasons_are_kept(stage: Stage) -> None:
    campaign = stage.begin()
    first, second, third = stage.rows(campaign)
    stage.answer(first, "agreed")
    stage.answer(second, "done")
    with pytest.raises(InvalidInput):
        stage.answer(third, "refused")
    stage.answer(third, "refused", "客户自行更换")
    row = get_campaign(stage.member.actor, campaign.public_id)
    assert row.tallies == {"agreed": 1, "done": 1, "refused": 1}
    assert (row.assets, row.settled, row.percent) == (3, 2, 66)
    assert row.is_late(date(2026, 12, 21))
    assert not row.is_late(date(2026, 12, 20))
    assert stage.rows(campaign, state="refused")[0].reason == "客户自行更换"
    # What was settled goes back only with a reason; a stale version is refused.
    done = stage.rows(campaign, state="done")[0]
    with pytest.raises(InvalidInput):
        stage.answer(done, "open")
    with pytest.raises(Conflict):
        stage.answer(replace(done, version=1), "open", "误记")


def test_requests_are_opened_once_and_end_the_matter_when_restored(stage: Stage) -> None:
    campaign = stage.begin()
    rows = stage.rows(campaign)
    assert stage.open(campaign, rows[:2]).opened == 2
    again = stage.open(campaign, rows)
    assert (again.opened, again.there_already) == (1, 2)
    assert Request.objects.count() == 3
    request = Request.objects.get(asset=stage.assets[0])
    assert request.symptom.startswith("电源批次召回")
    found = campaigns_of_asset(stage.member.actor, stage.assets[0].public_id)
    assert [one.request_number for one in found] == [request.number]
    for kind in ("responded", "restored"):
        report = Report(kind=kind, occurred_at=None)
        report_fact(
            actor=stage.member.actor,
            request_id=request.public_id,
            version=Request.objects.get(pk=request.pk).version,
            report=report,
            source="test",
            now=datetime.now(UTC),
        )
    assert get_campaign(stage.member.actor, campaign.public_id).tallies == {"open": 2, "done": 1}
    assert campaigns_of_asset(stage.member.actor, stage.assets[0].public_id) == []


def test_a_cancelled_request_leaves_room_for_another(stage: Stage) -> None:
    campaign = stage.begin()
    rows = stage.rows(campaign)[:1]
    stage.open(campaign, rows)
    Request.objects.update(state="cancelled")
    assert stage.open(campaign, rows).opened == 1


def test_nothing_opens_for_none_too_many_foreign_or_refused_assets(stage: Stage) -> None:
    campaign = stage.begin()
    rows = stage.rows(campaign)
    with pytest.raises(InvalidInput):
        stage.open(campaign, [])
    with pytest.raises(NotFound):
        stage.open(campaign, [*rows, replace(rows[0], public_id=uuid4())])
    stage.answer(rows[0], "refused", "不需要")
    assert stage.open(campaign, rows[:1]).opened == 0
    assert not Request.objects.exists()


def test_assets_that_come_later_are_taken_in_and_none_twice(stage: Stage) -> None:
    campaign = stage.begin()
    make_asset(stage.member, stage.customer)
    extended = extend_campaign(
        actor=stage.member.actor, campaign_id=campaign.public_id, version=1, now=NOW
    )
    assert len(stage.rows(campaign)) == 4
    extend_campaign(
        actor=stage.member.actor,
        campaign_id=campaign.public_id,
        version=extended.version,
        now=NOW,
    )
    assert len(stage.rows(campaign)) == 4


def test_a_closed_campaign_takes_nothing_more_and_shows_nowhere(stage: Stage) -> None:
    campaign = stage.begin()
    rows = stage.rows(campaign)
    close: dict[str, Any] = {"actor": stage.member.actor, "campaign_id": campaign.public_id}
    with pytest.raises(InvalidInput):
        close_campaign(**close, version=1, reason=" ", now=NOW)
    close_campaign(**close, version=1, reason="已完成", now=NOW)
    with pytest.raises(IllegalMove):
        stage.answer(rows[0], "done")
    with pytest.raises(IllegalMove):
        stage.open(campaign, rows)
    with pytest.raises(IllegalMove):
        close_campaign(**close, version=2, reason="再次", now=NOW)
    assert campaigns_of_asset(stage.member.actor, rows[0].asset_public_id) == []


@pytest.mark.req("R01", "R02")
def test_a_partner_sees_of_a_campaign_his_own_assets_only(stage: Stage) -> None:
    partner = make_unit(stage.admin, stage.unit)
    theirs = make_member(stage.admin, partner, ["service_consultant"])
    boss = make_member(stage.admin, stage.unit, ROLES)
    make_asset(boss, make_customer(boss, partner))
    campaign = create_campaign(
        actor=boss.actor, unit_id=stage.unit.public_id, data=stage.data(), now=NOW
    )
    seen = get_campaign(theirs.actor, campaign.public_id)
    assert seen.assets == 1
    with pytest.raises(NotFound):
        close_campaign(
            actor=theirs.actor, campaign_id=campaign.public_id, version=1, reason="x", now=NOW
        )
    stranger = make_member(stage.admin, make_unit(stage.admin, stage.unit), ["technician"])
    with pytest.raises(NotFound):
        get_campaign(stranger.actor, campaign.public_id)


def test_an_asset_that_changes_stays_in_its_campaign(stage: Stage) -> None:
    """Renaming an asset does not take it out of the campaign it is in."""
    campaign = stage.begin()
    asset = Asset.objects.get(pk=stage.assets[0].pk)
    edit_asset(
        actor=stage.member.actor,
        asset_id=asset.public_id,
        version=asset.version,
        data=AssetData(name="改名", model="FW-200", serial=asset.serial),
        active=True,
        now=NOW,
    )
    assert len(stage.rows(campaign)) == 3
