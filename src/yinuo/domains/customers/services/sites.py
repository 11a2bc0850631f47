"""Sites: create and edit."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from yinuo.domains.customers.models import Site
from yinuo.domains.customers.policies import visible_customers, visible_sites
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.positions import Position
from yinuo.platform.scoped import one_of

NAME_LENGTH = 200
ADDRESS_LENGTH = 300
PRICE_ZONE_LENGTH = 20


def create_site(
    *,
    actor: Actor,
    customer_id: object,
    name: str,
    address: str = "",
    zone: str = "Asia/Shanghai",
    position: Position | None = None,
    price_zone: str = "",
    now: datetime,
) -> Site:
    """Add a site to a customer; `zone` is an IANA name and decides the local time of promises.

    `price_zone` is the code by which price lists know how far it is.
    """
    customer = one_of(visible_customers(actor, Permission.CUSTOMER_WRITE), customer_id)
    _check(name, address, zone, price_zone)
    with writing(actor=actor, now=now) as work:
        site = Site.objects.create(
            customer=customer,
            name=name.strip(),
            address=address.strip(),
            zone=zone,
            **_placed(position, price_zone),
        )
        work.audit("site.create", site, after=_shown(site))
        return site


def edit_site(
    *,
    actor: Actor,
    site_id: object,
    version: int,
    name: str,
    address: str,
    zone: str,
    active: bool,
    position: Position | None,
    price_zone: str,
    now: datetime,
) -> Site:
    """Change a site. Running promises keep the zone they were computed with."""
    site = one_of(visible_sites(actor, Permission.CUSTOMER_WRITE), site_id)
    _check(name, address, zone, price_zone)
    with writing(actor=actor, now=now) as work:
        before = _shown(site)
        changes = {
            "name": name.strip(),
            "address": address.strip(),
            "zone": zone,
            "active": active,
            **_placed(position, price_zone),
        }
        stored(site, expected_version=version, changes=changes)
        work.audit("site.edit", site, before=before, after=_shown(site))
        return site


def _placed(position: Position | None, price_zone: str) -> dict[str, Any]:
    return {
        "latitude": position.latitude if position else None,
        "longitude": position.longitude if position else None,
        "price_zone": price_zone.strip(),
    }


def _shown(site: Site) -> dict[str, Any]:
    names = ("name", "address", "zone", "price_zone", "active")
    degrees = {
        name: None if getattr(site, name) is None else str(getattr(site, name))
        for name in ("latitude", "longitude")
    }
    return {name: getattr(site, name) for name in names} | degrees


def _check(name: str, address: str, zone: str, price_zone: str) -> None:
    problems: dict[str, str] = {}
    if not name.strip() or len(name) > NAME_LENGTH:
        problems["name"] = _("Give a name of at most 200 characters.")
    if len(address) > ADDRESS_LENGTH:
        problems["address"] = _("Use at most 300 characters.")
    if zone not in available_timezones():
        problems["zone"] = _("This is not a time zone, such as Asia/Shanghai.")
    if len(price_zone.strip()) > PRICE_ZONE_LENGTH:
        problems["price_zone"] = _("Use at most 20 characters.")
    if problems:
        raise InvalidInput(problems)
