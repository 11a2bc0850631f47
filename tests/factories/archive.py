"""Customers with sites, contacts, projects and assets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

from django.core.files.base import ContentFile
from tests.factories.company import Member

from yinuo.domains.assets.models import Asset, Component, Downtime, PastEvent, Project
from yinuo.domains.assets.services import (
    ComponentData,
    PastEventData,
    add_component,
    create_asset,
    create_project,
    record_downtime,
    record_past_event,
)
from yinuo.domains.assets.services.assets import AssetData
from yinuo.domains.contracts.models import Contract, Paper
from yinuo.domains.contracts.services.papers import (
    PaperData,
    add_paper_version,
    check_paper,
    promise_paper,
)
from yinuo.domains.customers.models import Contact, Customer, Site
from yinuo.domains.customers.services import create_contact, create_customer, create_site
from yinuo.domains.network.models import ServiceUnit

_serial = count(1)


def make_customer(by: Member, unit: ServiceUnit, name: str = "") -> Customer:
    """A customer looked after by `unit`."""
    return create_customer(
        actor=by.actor,
        unit_id=unit.public_id,
        name=name or f"客户{next(_serial)}",
        now=datetime.now(UTC),
    )


def make_site(by: Member, customer: Customer, zone: str = "Asia/Shanghai") -> Site:
    """A site of the customer."""
    return create_site(
        actor=by.actor,
        customer_id=customer.public_id,
        name=f"机房{next(_serial)}",
        zone=zone,
        now=datetime.now(UTC),
    )


def make_contact(
    by: Member, customer: Customer, phone: str = "13900010001", site: Site | None = None
) -> Contact:
    """A contact with one number."""
    return create_contact(
        actor=by.actor,
        customer_id=customer.public_id,
        name="李工",
        phones=[phone],
        site_id=site.public_id if site else None,
        now=datetime.now(UTC),
    )


def make_project(by: Member, customer: Customer, accepted_on: date | None = None) -> Project:
    """A delivery to the customer."""
    return create_project(
        actor=by.actor,
        customer_id=customer.public_id,
        name=f"项目{next(_serial)}",
        accepted_on=accepted_on,
        now=datetime.now(UTC),
    )


def make_asset(
    by: Member, customer: Customer, site: Site | None = None, project: Project | None = None
) -> Asset:
    """An asset with a serial number of its own."""
    data = AssetData(
        name="防火墙",
        model="FW-100",
        serial=f"SN{next(_serial):06d}",
        site_id=site.public_id if site else None,
        project_id=project.public_id if project else None,
    )
    return create_asset(
        actor=by.actor, customer_id=customer.public_id, data=data, now=datetime.now(UTC)
    )


def make_component(by: Member, asset: Asset, *, factory: bool = True) -> Component:
    """A part of the asset with a serial number of its own."""
    data = ComponentData(
        name="主控板",
        model="MB-1",
        serial=f"MB{next(_serial):06d}",
        factory=factory,
        added_on=None if factory else date(2026, 1, 15),
    )
    return add_component(actor=by.actor, asset_id=asset.public_id, data=data, now=datetime.now(UTC))


def make_past_event(by: Member, asset: Asset, symptom: str = "开机无显示") -> PastEvent:
    """A repair of the asset from earlier records."""
    data = PastEventData(
        date(2023, 4, 18),
        symptom,
        kind="故障维修",
        done="更换电源模块",
        done_by="王工（原服务商）",
        parts="电源模块 1 个",
        result="恢复正常",
        minutes_down=180,
    )
    now = datetime.now(UTC)
    return record_past_event(actor=by.actor, asset_id=asset.public_id, data=data, now=now)


def make_downtime(by: Member, asset: Asset) -> Downtime:
    """An outage of the asset, entered by hand, that still lasts."""
    now = datetime.now(UTC)
    return record_downtime(
        actor=by.actor,
        asset_id=asset.public_id,
        began_at=now - timedelta(hours=3),
        ended_at=None,
        cause="机房停电",
        now=now,
    )


def make_checked_paper(by: Member, contract: Contract, project: Project) -> Paper:
    """A paper promised with the contract and project whose one version was found right."""
    now, actor = datetime.now(UTC), by.actor
    data = PaperData(title="用户手册")
    paper = promise_paper(
        actor=actor,
        contract_id=contract.public_id,
        project_id=project.public_id,
        data=data,
        now=now,
    )
    upload = ContentFile(b"%PDF-1.7\n", name="用户手册.pdf")
    add_paper_version(actor=actor, paper_id=paper.public_id, upload=upload, now=now)
    return check_paper(actor=actor, paper_id=paper.public_id, version=2, now=now)
