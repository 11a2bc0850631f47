"""What a consultant sees of a caller before he has spoken: put together from several domains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from yinuo.domains.assets.selectors import find_by_serial, get_asset, list_assets
from yinuo.domains.assets.types import AssetRow
from yinuo.domains.contracts.covers import Covered, find_covers
from yinuo.domains.contracts.types import Cover
from yinuo.domains.contracts.warranty import Dates
from yinuo.domains.customers.callers import find_callers
from yinuo.domains.customers.selectors import get_customer, list_contacts, list_sites
from yinuo.domains.customers.types import Caller, ContactRow, CustomerRow, SiteRow
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import list_requests
from yinuo.domains.requests.types import RequestRow
from yinuo.platform.identifiers import parse_public_id

MOST_ASSETS = 12
MOST_CONTACTS = 100
MOST_PAST = 5
DEFAULT_ZONE = "Asia/Shanghai"
ENDED = frozenset({"archived", "cancelled", "merged"})
ICONS = {"phone": "phone", "contact": "user", "customer": "building", "serial": "device-desktop"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line under the number typed; `query` names what picking it chooses."""

    icon: str
    title: str
    detail: str
    company: str
    query: str


@dataclass(frozen=True, slots=True)
class CoveredAsset:
    """An asset with the cover that applies to it now, and why."""

    asset: AssetRow
    cover: Cover


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the consultant picked; every id is resolved within his scope, empty for none."""

    customer_id: str
    contact_id: str = ""
    site_id: str = ""
    asset_id: str = ""


@dataclass(frozen=True, slots=True)
class CallerPanel:
    """The caller's company with what matters on the phone."""

    customer: CustomerRow
    contacts: tuple[ContactRow, ...]
    sites: tuple[SiteRow, ...]
    assets: tuple[CoveredAsset, ...]
    more_assets: bool
    cover: Cover
    open_requests: tuple[RequestRow, ...]
    last_requests: tuple[RequestRow, ...]
    contact_id: UUID | None
    site_id: UUID | None
    asset_id: UUID | None


def candidates(actor: Actor, typed: str) -> list[Candidate]:
    """People, companies and assets that fit what was typed."""
    people = [_person(caller) for caller in find_callers(actor, typed)]
    return people + [_asset(row) for row in find_by_serial(actor, typed)]


def caller_panel(actor: Actor, chosen: Chosen, now: datetime) -> CallerPanel:
    """The panel of the chosen customer. Raises NotFound when the actor may not see him."""
    customer = get_customer(actor, chosen.customer_id)
    sites = list_sites(actor, customer_id=customer.public_id, limit=MOST_CONTACTS).items
    contacts = list_contacts(actor, customer_id=customer.public_id, limit=MOST_CONTACTS).items
    assets = list_assets(actor, customer_id=customer.public_id, limit=MOST_ASSETS)
    shown = _with_chosen(actor, [row for row in assets.items if row.active], chosen.asset_id)
    zones = {site.id: site.zone for site in sites}
    # The customer himself first, then each asset: one query for all of them.
    things = [Covered(customer.id, None, None, DEFAULT_ZONE)]
    things += [_covered(row, zones) for row in shown]
    own_cover, *asset_covers = find_covers(things, now)
    past = list_requests(actor, customer_id=customer.public_id, limit=3 * MOST_PAST).items
    return CallerPanel(
        customer=customer,
        contacts=tuple(one for one in contacts if one.active),
        sites=tuple(one for one in sites if one.active),
        assets=tuple(map(CoveredAsset, shown, asset_covers)),
        more_assets=bool(assets.next_cursor),
        cover=own_cover,
        open_requests=_first(row for row in past if row.state not in ENDED),
        last_requests=_first(row for row in past if row.state in ENDED),
        contact_id=parse_public_id(chosen.contact_id),
        site_id=parse_public_id(chosen.site_id),
        asset_id=parse_public_id(chosen.asset_id),
    )


def _with_chosen(actor: Actor, assets: list[AssetRow], asset_id: str) -> list[AssetRow]:
    """The list, led by the chosen asset when it is not among the first ones."""
    if not asset_id or any(str(row.public_id) == asset_id for row in assets):
        return assets
    return [get_asset(actor, asset_id), *assets]


def _covered(row: AssetRow, zones: dict[int, str]) -> Covered:
    zone = zones.get(row.site_id or 0, DEFAULT_ZONE)
    dates = Dates(row.purchased_on, row.accepted_on)
    return Covered(row.customer_id, row.site_id, row.id, zone, dates)


def _first(rows: Iterable[RequestRow]) -> tuple[RequestRow, ...]:
    return tuple(rows)[:MOST_PAST]


def _person(caller: Caller) -> Candidate:
    named = caller.contact_name or caller.customer_name
    query = {"customer": caller.customer_public_id, "contact": caller.contact_public_id or ""}
    return Candidate(
        icon=ICONS[caller.matched],
        title=named,
        detail=caller.phone,
        company=caller.customer_name if caller.contact_name else "",
        query=urlencode(query),
    )


def _asset(row: AssetRow) -> Candidate:
    query = {
        "customer": row.customer_public_id,
        "asset": row.public_id,
        "site": row.site_public_id or "",
    }
    return Candidate(ICONS["serial"], row.name, row.serial, row.customer_name, urlencode(query))
