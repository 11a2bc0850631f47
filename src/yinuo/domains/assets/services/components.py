"""Parts of an asset: add, replace, take out. What was in it stays on record (SA-04, B-20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.assets.models import Asset, Component
from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.assets.services.serials import hold_serial
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

_LENGTHS = {"name": 200, "model": 120, "serial": 80}
REASON_LENGTH = 200


@dataclass(frozen=True, slots=True)
class ComponentData:
    """What a person enters about a part. `factory`: belongs to the factory configuration."""

    name: str
    model: str = ""
    serial: str = ""
    factory: bool = False
    added_on: date | None = None


def add_component(
    *, actor: Actor, asset_id: object, data: ComponentData, now: datetime
) -> Component:
    """Enter a part of an asset: of its factory configuration, or added later.

    Raises InvalidInput for a later addition without its day, or a serial number that another part
    of the same model in use has; NotFound.
    """
    asset = one_of(visible_assets(actor, Permission.ASSET_WRITE), asset_id)
    with writing(actor=actor, now=now) as work:
        Asset.objects.select_for_update().get(pk=asset.pk)
        hold_serial(f"part of {data.model}", data.serial)
        check_component(data, now)
        component = Component.objects.create(asset=asset, **component_values(data))
        work.audit("component.add", component, after=shown_component(component))
        work.emit("asset.changed", asset)
        return component


def edit_component(
    *, actor: Actor, component_id: object, version: int, data: ComponentData, now: datetime
) -> Component:
    """Correct what was entered about a part. Raises Conflict when somebody was faster."""
    component = _writable(actor, component_id)
    with writing(actor=actor, now=now) as work:
        Asset.objects.select_for_update().get(pk=component.asset_id)
        hold_serial(f"part of {data.model}", data.serial)
        check_component(data, now, but=component)
        before = shown_component(component)
        stored(component, expected_version=version, changes=component_values(data))
        work.audit("component.edit", component, before=before, after=shown_component(component))
        work.emit("asset.changed", component.asset)
        return component


def replace_component(
    *,
    actor: Actor,
    component_id: object,
    version: int,
    model: str,
    serial: str,
    on: date,
    reason: str,
    now: datetime,
) -> Component:
    """Put another part in a part's place; gives the new one.

    It takes over the name, and whether it counts as factory configuration: after a repair the
    unit keeps the warranty of the original (SA-04). Raises IllegalMove when the part is out
    already, InvalidInput, Conflict.
    """
    component = _writable(actor, component_id)
    with writing(actor=actor, now=now) as work:
        Asset.objects.select_for_update().get(pk=component.asset_id)
        take_out(component, version, on, reason, now, work)
        data = ComponentData(component.name, model, serial, component.factory, on)
        hold_serial(f"part of {data.model}", data.serial)
        check_component(data, now)
        new = Component.objects.create(asset=component.asset, **component_values(data))
        Component.objects.filter(pk=component.pk).update(replaced_by=new)
        work.audit(
            "component.replace", new, after=shown_component(new) | {"in_place_of": component.serial}
        )
        work.emit("asset.changed", component.asset)
        return new


def remove_component(
    *, actor: Actor, component_id: object, version: int, on: date, reason: str, now: datetime
) -> Component:
    """Take a part out for good. Raises IllegalMove when it is out, InvalidInput, Conflict."""
    component = _writable(actor, component_id)
    with writing(actor=actor, now=now) as work:
        Asset.objects.select_for_update().get(pk=component.asset_id)
        take_out(component, version, on, reason, now, work)
        work.emit("asset.changed", component.asset)
        return component


def take_out(
    component: Component, version: int, on: date, reason: str, now: datetime, work: Work
) -> None:
    """Say since when a part is out and why. Raises IllegalMove when it is, InvalidInput."""
    component.refresh_from_db()
    if component.removed_on is not None:
        raise IllegalMove(_("This part was taken out already."))
    problems: dict[str, str] = {}
    if is_to_come(on, now):
        problems["on"] = _("This day is still to come.")
    elif component.added_on and on < component.added_on:
        problems["on"] = _("This part was only added later.")
    if not reason.strip() or len(reason) > REASON_LENGTH:
        problems["reason"] = _("Give a reason of at most 200 characters.")
    if problems:
        raise InvalidInput(problems)
    before = shown_component(component)
    changes = {"removed_on": on, "reason": reason.strip()}
    stored(component, expected_version=version, changes=changes)
    work.audit(
        "component.remove",
        component,
        before=before,
        after=shown_component(component),
        reason=reason,
    )


def is_to_come(on: date, now: datetime) -> bool:
    """True for a day that has begun nowhere yet: tomorrow in UTC is today east of it."""
    return on > now.date() + timedelta(days=1)


def _writable(actor: Actor, component_id: object) -> Component:
    assets = visible_assets(actor, Permission.ASSET_WRITE)
    rows = Component.objects.filter(asset__in=assets).select_related("asset")
    return one_of(rows, component_id)


def component_values(data: ComponentData) -> dict[str, Any]:
    """What of it is stored, by field."""
    return {
        "name": data.name.strip(),
        "model": data.model.strip(),
        "serial": data.serial.strip(),
        "factory": data.factory,
        "added_on": data.added_on,
    }


def shown_component(component: Component) -> dict[str, Any]:
    """A part as the audit keeps it."""
    days = {name: getattr(component, name) for name in ("added_on", "removed_on")}
    names = ("name", "model", "serial", "factory")
    return {name: getattr(component, name) for name in names} | {
        name: day.isoformat() if day else None for name, day in days.items()
    }


def check_component(data: ComponentData, now: datetime, *, but: Component | None = None) -> None:
    """Raises InvalidInput for what cannot stand; `but` is the part that is being corrected."""
    problems: dict[str, str] = {}
    for name, most in _LENGTHS.items():
        if len(getattr(data, name)) > most:
            problems[name] = _("Use at most %(most)d characters.") % {"most": most}
    if not data.name.strip():
        problems["name"] = _("Give the part a name.")
    if data.added_on is None and not data.factory:
        problems["added_on"] = _(
            "Say when it was added; only the factory configuration has no day."
        )
    elif data.added_on and is_to_come(data.added_on, now):
        problems["added_on"] = _("This day is still to come.")
    elif data.added_on and but and but.removed_on and data.added_on > but.removed_on:
        problems["added_on"] = _("This part was taken out before.")
    same = Component.objects.filter(
        model=data.model.strip(), serial=data.serial.strip(), removed_on=None
    )
    if but is not None:
        same = same.exclude(pk=but.pk) if but.removed_on is None else same.none()
    if data.serial.strip() and same.exists():
        problems["serial"] = _("Another part of this model in use has this serial number.")
    if problems:
        raise InvalidInput(problems)
