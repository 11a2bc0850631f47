"""The customer's file and the asset's, each put together from several domains for one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from yinuo.domains.assets.components import components_of, former_serials_of
from yinuo.domains.assets.photos import list_photos
from yinuo.domains.assets.selectors import get_asset, list_assets, list_projects
from yinuo.domains.assets.types import AssetRow, ComponentRow, FormerSerialView, ProjectRow
from yinuo.domains.contracts.covers import Covered, find_cover, find_covers
from yinuo.domains.contracts.cycle import StandingView, stages_of
from yinuo.domains.contracts.heads import find_contract_heads
from yinuo.domains.contracts.papers import PaperRow, list_papers
from yinuo.domains.contracts.selectors import list_contracts
from yinuo.domains.contracts.types import ContractRow, Cover
from yinuo.domains.contracts.warranty import Dates
from yinuo.domains.customers.selectors import (
    get_customer,
    get_site,
    list_contacts,
    list_customer_visits,
    list_sites,
)
from yinuo.domains.customers.trees import customer_tree
from yinuo.domains.customers.types import (
    Branch,
    ContactRow,
    CustomerRow,
    CustomerVisitView,
    SiteRow,
)
from yinuo.domains.feedback.downtime import Downtimes, downtimes_of_asset
from yinuo.domains.feedback.health import health_of_asset, health_of_customer
from yinuo.domains.feedback.health_types import Health
from yinuo.domains.feedback.health_windows import health_windows
from yinuo.domains.feedback.repairs import Repair, repairs_of_asset
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.contract_promises import promises_of_customer
from yinuo.domains.requests.selectors import list_requests
from yinuo.domains.requests.types import RequestRow
from yinuo.platform.files.types import FileView
from yinuo.platform.paging import MOST_PER_PAGE, Page
from yinuo.surfaces.console.callers import CoveredAsset
from yinuo.surfaces.console.own_promises import Line, apart, lines_of
from yinuo.surfaces.console.zones import DEFAULT_ZONE

PER_PART = 20
MOST_RECENT = 8


@dataclass(frozen=True, slots=True)
class Rights:
    """Which buttons this person gets on the page."""

    customer: bool
    asset: bool
    contract: bool
    request: bool
    quote: bool
    charge: bool
    windows: bool


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """One customer with everything that belongs to him, some of each; lists page on."""

    customer: CustomerRow
    may: Rights
    sites: Page[SiteRow]
    contacts: Page[ContactRow]
    projects: Page[ProjectRow]
    assets: Page[CoveredAsset]
    contracts: Page[ContractRow]
    stages: Mapping[UUID, StandingView]
    requests: tuple[RequestRow, ...]
    tree: tuple[Branch, ...]
    visits: Page[CustomerVisitView]
    papers: tuple[PaperRow, ...]
    promises: list[Line]
    health: Health
    today: date

    @property
    def is_empty(self) -> bool:
        """True when nothing was entered beside the customer himself."""
        pages = (self.sites, self.contacts, self.projects, self.assets, self.contracts)
        return not any(one.items for one in pages)


@dataclass(frozen=True, slots=True)
class AssetFile:
    """One asset with its cover, place and parts, when it did not work, and its requests."""

    asset: AssetRow
    customer: CustomerRow
    site: SiteRow | None
    project: ProjectRow | None
    cover: Cover
    requests: tuple[RequestRow, ...]
    may: Rights
    components: tuple[ComponentRow, ...]
    former: tuple[FormerSerialView, ...]
    photos: list[FileView]
    downtimes: Downtimes
    repairs: tuple[Repair, ...]
    health: Health


def customer_file(
    actor: Actor, customer_id: UUID, cursors: Mapping[str, str], now: datetime
) -> CustomerFile:
    """The file of a visible customer; NotFound otherwise.

    `cursors` names for each part where its page begins: sites, contacts, projects, assets,
    contracts, visits.
    """
    customer = get_customer(actor, customer_id)
    own: dict[str, Any] = {"customer_id": customer.public_id, "limit": PER_PART}
    known = list_sites(actor, customer_id=customer.public_id, limit=MOST_PER_PAGE)
    zones = {site.id: site.zone for site in known.items}
    assets: Page[AssetRow] = list_assets(actor, cursor=cursors.get("assets", ""), **own)
    things = [
        _covered(row, zones.get(row.site_id or 0) or _zone_of(actor, row)) for row in assets.items
    ]
    covered = tuple(map(CoveredAsset, assets.items, find_covers(things, now)))
    papers = _papers(actor, customer)
    contracts: Page[ContractRow] = list_contracts(actor, cursor=cursors.get("contracts", ""), **own)
    stages = stages_of(actor, customer.public_id, [one.public_id for one in contracts.items], now)
    return CustomerFile(
        customer=customer,
        may=rights_at(actor, customer),
        sites=list_sites(actor, cursor=cursors.get("sites", ""), **own),
        contacts=list_contacts(actor, cursor=cursors.get("contacts", ""), **own),
        projects=list_projects(actor, cursor=cursors.get("projects", ""), **own),
        assets=Page(covered, assets.next_cursor),
        contracts=contracts,
        stages=stages,
        requests=list_requests(actor, customer_id=customer.public_id, limit=MOST_RECENT).items,
        tree=customer_tree(actor, customer.id),
        visits=list_customer_visits(
            actor, customer.public_id, cursor=cursors.get("visits", ""), limit=MOST_RECENT
        ),
        papers=papers,
        promises=_promises(actor, customer, now),
        health=health_of_customer(actor, customer, now),
        today=timezone.localdate(now),
    )


def _promises(actor: Actor, customer: CustomerRow, now: datetime) -> list[Line]:
    """What all his contracts promise of themselves."""
    found = promises_of_customer(actor, customer.id, now)
    heads = find_contract_heads(actor, {one.contract_id for one in found})
    lines = lines_of(found, {one.public_id: one.number for one in heads.values()})
    return apart(lines)[0]


def _papers(actor: Actor, customer: CustomerRow) -> tuple[PaperRow, ...]:
    """What is owed and missing first, then what was handed over."""
    papers = list_papers(actor, customer_id=customer.public_id)
    return tuple(sorted(papers, key=lambda one: not one.is_missing))


def asset_file(actor: Actor, asset_id: UUID, now: datetime) -> AssetFile:
    """The file of a visible asset; NotFound otherwise."""
    asset = get_asset(actor, asset_id)
    customer = get_customer(actor, asset.customer_public_id)
    site = get_site(actor, asset.site_public_id) if asset.site_public_id else None
    projects = list_projects(actor, customer_id=customer.public_id, limit=MOST_PER_PAGE).items
    project = next((one for one in projects if one.public_id == asset.project_public_id), None)
    days = health_windows().availability_days
    return AssetFile(
        asset=asset,
        customer=customer,
        site=site,
        project=project,
        cover=find_cover(_covered(asset, site.zone if site else DEFAULT_ZONE), now),
        requests=list_requests(actor, asset_id=asset.public_id, limit=MOST_RECENT).items,
        may=rights_at(actor, customer),
        components=components_of(asset.id),
        former=former_serials_of(asset.id),
        photos=list_photos(actor, asset.public_id),
        downtimes=downtimes_of_asset(actor, asset, days=days, now=now),
        repairs=repairs_of_asset(actor, asset),
        health=health_of_asset(actor, asset, now),
    )


def rights_at(actor: Actor, customer: CustomerRow) -> Rights:
    """What this person may do for a customer."""
    return Rights(
        customer=actor.may(Permission.CUSTOMER_WRITE, customer.unit_id),
        asset=actor.may(Permission.ASSET_WRITE, customer.unit_id),
        contract=actor.may(Permission.CONTRACT_WRITE, customer.unit_id),
        request=actor.may(Permission.REQUEST_OPEN, customer.unit_id),
        windows=actor.may(Permission.UNIT_WRITE),
        quote=actor.may(Permission.QUOTE_WRITE, customer.unit_id),
        charge=actor.may(Permission.CHARGE_WRITE, customer.unit_id),
    )


def site_choices(
    actor: Actor, customer_id: UUID, *, chosen: UUID | None = None
) -> list[tuple[str, str]]:
    """The customer's sites in use, and the one chosen before even if it is not."""
    sites = list_sites(actor, customer_id=customer_id, limit=MOST_PER_PAGE).items
    shown = [one for one in sites if one.active or one.public_id == chosen]
    if chosen and all(one.public_id != chosen for one in shown):
        shown.append(get_site(actor, chosen))
    return [(str(one.public_id), one.name) for one in shown]


def project_choices(
    actor: Actor, customer_id: UUID, *, chosen: UUID | None = None
) -> list[tuple[str, str]]:
    """The customer's projects, newest first."""
    projects = list_projects(actor, customer_id=customer_id, limit=MOST_PER_PAGE).items
    return [(str(one.public_id), one.name) for one in projects]


def asset_choices(actor: Actor, customer_id: UUID) -> list[tuple[str, str]]:
    """The customer's assets in use, newest first, with their serial numbers."""
    assets = list_assets(actor, customer_id=customer_id, limit=MOST_PER_PAGE).items
    return [
        (str(one.public_id), f"{one.name} · {one.serial}" if one.serial else one.name)
        for one in assets
        if one.active
    ]


def _zone_of(actor: Actor, row: AssetRow) -> str:
    return get_site(actor, row.site_public_id).zone if row.site_public_id else DEFAULT_ZONE


def _covered(row: AssetRow, zone: str) -> Covered:
    dates = Dates(row.purchased_on, row.accepted_on)
    return Covered(row.customer_id, row.site_id, row.id, zone, dates)
