"""What was repaired on an asset: parts put in by sheets, components replaced, units swapped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from yinuo.domains.assets.models import CaseTrace, Component, FormerSerial
from yinuo.domains.assets.services.cases import REPAIRED

MOST_SHOWN = 100


class RepairKind(StrEnum):
    """How an asset was mended."""

    SHEET = "sheet"
    COMPONENT = "component"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Part:
    """A part or unit by its name, model and serial number, as far as they are known."""

    name: str
    model: str
    serial: str


@dataclass(frozen=True, slots=True)
class KnownRepair:
    """One repair: on which day, what went out and came in, or by which work order (public id).

    `reason` is why a part was replaced or the unit swapped.
    """

    kind: RepairKind
    on: date
    out: Part | None = None
    into: Part | None = None
    reason: str = ""
    sheet_id: UUID | None = None
    sheet_number: str = ""


def known_repairs(asset_id: int, name: str, present: Part) -> list[KnownRepair]:
    """The repairs of an asset (internal id, already scoped), the newest first; three queries.

    `name` and `present` are the asset's own: what a swap put in its place.
    """
    traces = CaseTrace.objects.filter(asset_id=asset_id, kind=REPAIRED).order_by("-on", "-id")
    parts = Component.objects.filter(asset_id=asset_id, replaced_by__isnull=False)
    swaps = FormerSerial.objects.filter(asset_id=asset_id).order_by("-id")[:MOST_SHOWN]
    found = [_of_sheet(one) for one in traces[:MOST_SHOWN]]
    replaced = parts.select_related("replaced_by").order_by("-removed_on", "-id")[:MOST_SHOWN]
    components = [_of_component(one) for one in replaced]
    named = {one.sheet_id for one in components if one.sheet_id}
    # A sheet that names the components it replaced stands once, with them.
    found = [one for one in found if one.sheet_id not in named] + components
    following = present
    for one in swaps:
        before = Part(name, one.model, one.serial)
        found.append(KnownRepair(RepairKind.UNIT, one.until_on, before, following, one.reason))
        following = before
    return sorted(found, key=lambda one: one.on, reverse=True)[:MOST_SHOWN]


def _of_sheet(trace: Any) -> KnownRepair:
    return KnownRepair(
        RepairKind.SHEET, trace.on, sheet_id=trace.source_id, sheet_number=trace.number
    )


def _of_component(row: Any) -> KnownRepair:
    into = row.replaced_by
    return KnownRepair(
        RepairKind.COMPONENT,
        row.removed_on,
        out=Part(row.name, row.model, row.serial),
        into=Part(into.name, into.model, into.serial),
        reason="" if into.source_id else row.reason,
        sheet_id=into.source_id,
        sheet_number=into.source_number,
    )
