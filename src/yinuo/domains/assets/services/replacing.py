"""Components that a case replaced, kept in step by field work, which knows the case (SA-04, B-20).

No service a person calls: the report of a sheet calls it in its own transaction, as often as it is
written again; whoever may write the report may replace what he replaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.assets.models import Asset, Component
from yinuo.domains.assets.services.components import (
    ComponentData,
    check_component,
    component_values,
    shown_component,
    take_out,
)
from yinuo.domains.assets.services.serials import hold_serial
from yinuo.domains.assets.types import MOST_REPLACED, Replacement
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work


@dataclass(frozen=True, slots=True)
class Case:
    """The work order that replaces: its public id and number, and its day where the asset stands.

    `asset_id` is internal, None for a case without asset.
    """

    asset_id: int | None
    source_id: UUID
    number: str
    on: date


def keep_case_replacements(
    case: Case, wanted: Sequence[Replacement], work: Work
) -> list[dict[str, Any]]:
    """Make the asset's components what this case says it replaced, and nothing else of this case.

    What an earlier report of the case put in and this one does not name is taken back. Gives what
    stands now, JSON-ready, in the order given. Raises InvalidInput (`replaced`) for a component
    that is not in the asset, named twice, out already, or replaced again since.
    """
    asked = {one.component_id: one for one in wanted}
    if len(asked) != len(wanted) or len(asked) > MOST_REPLACED:
        raise _problem(_("Name every component once, at most 20 of them."))
    held = Component.objects.filter(source_id=case.source_id).values_list("asset_id", flat=True)
    assets = {pk for pk in (case.asset_id, *held) if pk is not None}
    list(Asset.objects.select_for_update().filter(pk__in=assets).order_by("pk"))
    before = {
        one.public_id: one
        for one in Component.objects.filter(replaced_by__source_id=case.source_id).select_related(
            "replaced_by", "asset"
        )
    }
    for public_id, old in before.items():
        if public_id not in asked:
            _put_back(old, work)
    try:
        return [_keep(case, one, before.get(one.component_id), work) for one in wanted]
    except InvalidInput as error:
        raise _problem(" ".join(str(text) for text in error.fields.values())) from error
    except IllegalMove as error:
        raise _problem(str(error.message)) from error


def _keep(case: Case, asked: Replacement, old: Component | None, work: Work) -> dict[str, Any]:
    if old is None:
        old = _put_in(case, asked, work)
    else:
        _correct(case, asked, old, work)
    return {
        "component": str(old.public_id),
        "name": old.name,
        "out": " ".join(filter(None, (old.model, old.serial))),
        "model": asked.model.strip(),
        "serial": asked.serial.strip(),
    }


def _put_in(case: Case, asked: Replacement, work: Work) -> Component:
    inside = Component.objects.filter(public_id=asked.component_id).select_related("asset")
    old = inside.filter(asset_id=case.asset_id or 0).first()
    if old is None:
        raise _problem(_("This component is not in the asset of the case."))
    take_out(old, old.version, case.on, case.number, work.now, work)
    data = ComponentData(old.name, asked.model, asked.serial, old.factory, case.on)
    hold_serial(f"part of {data.model.strip()}", data.serial.strip())
    check_component(data, work.now)
    new = Component.objects.create(
        asset=old.asset,
        source_id=case.source_id,
        source_number=case.number,
        **component_values(data),
    )
    Component.objects.filter(pk=old.pk).update(replaced_by=new)
    work.audit("component.replace", new, after=shown_component(new) | {"in_place_of": old.serial})
    work.emit("asset.changed", old.asset)
    return old


def _correct(case: Case, asked: Replacement, old: Component, work: Work) -> None:
    """The same component as before, perhaps with another serial number or on another day."""
    new = _present(old)
    data = ComponentData(old.name, asked.model, asked.serial, new.factory, case.on)
    changes = component_values(data)
    if all(getattr(new, name) == value for name, value in changes.items()):
        return
    _require_in(new)
    if old.added_on and case.on < old.added_on:
        raise _problem(_("This part was only added later."))
    hold_serial(f"part of {data.model.strip()}", data.serial.strip())
    check_component(data, work.now, but=new)
    before = shown_component(new)
    Component.objects.filter(pk=old.pk).update(removed_on=case.on, version=old.version + 1)
    Component.objects.filter(pk=new.pk).update(**changes, version=new.version + 1)
    new.refresh_from_db()
    work.audit("component.edit", new, before=before, after=shown_component(new))
    work.emit("asset.changed", old.asset)


def _put_back(old: Component, work: Work) -> None:
    """It was not replaced after all: the part stands as before, the other was never in."""
    new = _present(old)
    _require_in(new)
    same = Component.objects.filter(model=old.model, serial=old.serial, removed_on=None)
    if old.serial and same.exclude(pk=new.pk).exists():
        raise _problem(_("Another part of this model in use has this serial number."))
    before = shown_component(old)
    Component.objects.filter(pk=old.pk).update(replaced_by=None)
    new.delete()
    Component.objects.filter(pk=old.pk).update(removed_on=None, reason="", version=old.version + 1)
    old.refresh_from_db()
    work.audit("component.put_back", old, before=before, after=shown_component(old))
    work.emit("asset.changed", old.asset)


def _present(old: Component) -> Component:
    new = old.replaced_by
    if new is None:
        raise _problem(_("This component is not in the asset of the case."))
    return new


def _require_in(new: Component) -> None:
    if new.removed_on is not None:
        raise _problem(_("The new part was taken out since: correct it on the page of the asset."))


def _problem(text: str) -> InvalidInput:
    return InvalidInput({"replaced": text})
