"""Assets: create and edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.assets.models import Asset, Project
from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.assets.services.serials import hold_serial
from yinuo.domains.customers.callers import resolve_place
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

_LENGTHS = {"name": 200, "model": 120, "asset_class": 60, "serial": 80, "location": 200}


@dataclass(frozen=True, slots=True)
class AssetData:
    """What a person enters about an asset. Ids are public ids; empty means none."""

    name: str
    model: str = ""
    asset_class: str = ""
    serial: str = ""
    site_id: object = None
    project_id: object = None
    purchased_on: date | None = None
    location: str = ""


def create_asset(*, actor: Actor, customer_id: object, data: AssetData, now: datetime) -> Asset:
    """Register an asset. Site and project must be the customer's own (R02).

    Raises InvalidInput for a serial that another asset of the same model already has.
    """
    place = resolve_place(
        actor, Permission.ASSET_WRITE, customer_id=customer_id, site_id=data.site_id
    )
    with writing(actor=actor, now=now) as work:
        return take_over_asset(place.customer_id, place.site_id, data, work)


def take_over_asset(customer_id: int, site_id: int | None, data: AssetData, work: Work) -> Asset:
    """Let a customer have an asset from now on (internal ids), within a running step.

    Asks no right: whoever sells a customer something has asked for his own. Raises InvalidInput
    for a serial that another asset of the same model already has.
    """
    hold_serial(data.model, data.serial)
    _check(data)
    asset = Asset.objects.create(customer_id=customer_id, **_values(data, customer_id, site_id))
    work.audit("asset.create", asset, after={"model": data.model, "serial": data.serial})
    work.emit("asset.created", asset)
    return asset


def edit_asset(
    *,
    actor: Actor,
    asset_id: object,
    version: int,
    data: AssetData,
    active: bool,
    now: datetime,
) -> Asset:
    """Change an asset; it stays with its customer."""
    asset = one_of(
        visible_assets(actor, Permission.ASSET_WRITE).select_related("customer"), asset_id
    )
    place = resolve_place(
        actor,
        Permission.ASSET_WRITE,
        customer_id=asset.customer.public_id,
        site_id=data.site_id,
    )
    with writing(actor=actor, now=now) as work:
        if (data.model.strip(), data.serial.strip()) != (asset.model, asset.serial):
            hold_serial(data.model, data.serial)
        _check(data, but=asset)
        before = _shown(asset)
        changes = _values(data, place.customer_id, place.site_id) | {"active": active}
        stored(asset, expected_version=version, changes=changes)
        work.audit("asset.edit", asset, before=before, after=_shown(asset))
        work.emit("asset.changed", asset)
        return asset


def _shown(asset: Asset) -> dict[str, Any]:
    names = ("name", "model", "serial", "asset_class", "location", "active")
    return {name: getattr(asset, name) for name in names}


def _values(data: AssetData, customer_id: int, site_id: int | None) -> dict[str, Any]:
    project = None
    if data.project_id:
        project = one_of(Project.objects.filter(customer_id=customer_id), data.project_id)
    return {
        "name": data.name.strip(),
        "model": data.model.strip(),
        "asset_class": data.asset_class.strip(),
        "serial": data.serial.strip(),
        "site_id": site_id,
        "project": project,
        "purchased_on": data.purchased_on,
        "location": data.location.strip(),
    }


def _check(data: AssetData, *, but: Asset | None = None) -> None:
    problems: dict[str, str] = {}
    for name, most in _LENGTHS.items():
        if len(getattr(data, name)) > most:
            problems[name] = _("Use at most %(most)d characters.") % {"most": most}
    if not data.name.strip():
        problems["name"] = _("Give the asset a name.")
    same = Asset.objects.filter(model=data.model.strip(), serial=data.serial.strip())
    if but is not None:
        same = same.exclude(pk=but.pk)
    if data.serial.strip() and same.exists():
        problems["serial"] = _("Another asset of this model has this serial number.")
    if problems:
        raise InvalidInput(problems)
