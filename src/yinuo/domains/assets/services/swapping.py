"""The whole unit is swapped: the asset goes on under another serial number, the old one stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from yinuo.domains.assets.models import Asset, FormerSerial
from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.assets.services.components import REASON_LENGTH, is_to_come
from yinuo.domains.assets.services.serials import hold_serial
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

_MODEL_LENGTH, _SERIAL_LENGTH = 120, 80


@dataclass(frozen=True, slots=True)
class Swap:
    """The unit that came in another's place: model and serial number, since when, why."""

    model: str
    serial: str
    on: date
    reason: str


def swap_serial(
    *, actor: Actor, asset_id: object, version: int, swap: Swap, now: datetime
) -> Asset:
    """Record that the unit was swapped. Dates of purchase and acceptance stay as they were: the
    unit keeps the original's warranty (SA-04).

    Raises InvalidInput for a serial another asset of the model has, the same as before, or a day
    to come; Conflict when somebody was faster.
    """
    asset = one_of(visible_assets(actor, Permission.ASSET_WRITE), asset_id)
    with writing(actor=actor, now=now) as work:
        return _swap(asset, swap, version, work)


def keep_case_swap(asset_id: int, swap: Swap, work: Work) -> Asset:
    """The same for a case that swapped the unit (internal id): whoever may end the case may swap.

    No service a person calls: repair orders call it in their own transaction.
    """
    return _swap(Asset.objects.select_for_update().get(pk=asset_id), swap, None, work)


def _swap(asset: Asset, swap: Swap, version: int | None, work: Work) -> Asset:
    model, serial = swap.model.strip() or asset.model, swap.serial.strip()
    hold_serial(model, serial)
    _check(asset, model, serial, swap, work.now)
    before = {"model": asset.model, "serial": asset.serial}
    changes = {"model": model, "serial": serial}
    stored(asset, expected_version=version, changes=changes)
    work.add(
        FormerSerial(
            asset=asset,
            model=before["model"],
            serial=before["serial"],
            until_on=swap.on,
            reason=swap.reason.strip(),
            recorded_at=work.now,
            recorded_by=work.actor.label,
        )
    )
    work.audit("asset.swap", asset, before=before, after=changes, reason=swap.reason)
    work.emit("asset.changed", asset)
    return asset


def _check(asset: Asset, model: str, serial: str, swap: Swap, now: datetime) -> None:
    problems: dict[str, str] = {}
    same = Asset.objects.filter(model=model, serial=serial).exclude(pk=asset.pk)
    if len(model) > _MODEL_LENGTH:
        problems["model"] = _("Use at most %(most)d characters.") % {"most": _MODEL_LENGTH}
    if not serial or len(serial) > _SERIAL_LENGTH:
        problems["serial"] = _("Give a serial number of at most 80 characters.")
    elif (model, serial) == (asset.model, asset.serial):
        problems["serial"] = _("This is the serial number it has now.")
    elif same.exists():
        problems["serial"] = _("Another asset of this model has this serial number.")
    if is_to_come(swap.on, now):
        problems["on"] = _("This day is still to come.")
    if not swap.reason.strip() or len(swap.reason) > REASON_LENGTH:
        problems["reason"] = _("Give a reason of at most 200 characters.")
    if problems:
        raise InvalidInput(problems)
