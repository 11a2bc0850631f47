"""The repairs of an asset with what their work orders say: parts used, what was done (SA-04)."""

from __future__ import annotations

from dataclasses import dataclass

from yinuo.domains.assets.repairs import KnownRepair, Part, known_repairs
from yinuo.domains.assets.types import AssetRow
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.fieldwork.put_in import parts_text
from yinuo.domains.network.types import Actor


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair; what a work order says only where the reader may see it (`is_visible`)."""

    known: KnownRepair
    parts_used: str = ""
    work_done: str = ""
    is_visible: bool = False


def repairs_of_asset(actor: Actor, asset: AssetRow) -> tuple[Repair, ...]:
    """The recorded repairs of a visible asset, the newest first; four queries."""
    present = Part(asset.name, asset.model, asset.serial)
    found = known_repairs(asset.id, asset.name, present)
    ids = [one.sheet_id for one in found if one.sheet_id is not None]
    orders = visible_work_orders(actor).filter(public_id__in=ids)
    sheets = {one.public_id: (parts_text(one), one.work_done) for one in orders}
    return tuple(
        Repair(one, *sheets[one.sheet_id], is_visible=True)
        if one.sheet_id in sheets
        else Repair(one)
        for one in found
    )
