"""What dispatch reckons with: the weights that count now, and what each person's hour costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from yinuo.domains.dispatch.weight_models import HourPrice, WeightVersion
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.network.upline import paths_of
from yinuo.kernel.dispatch.ranking import Weights

Ints = NDArray[np.int64]
SHIPPED = 1
FEN = Decimal(100)
# Upper ends by what a figure counts in; amounts are fen.
MOST = {"fen": 10_000_000, "percent": 1_000, "minutes": 720, "hours": 720}
_WEIGHTS = (
    *("km_fen", "overtime_percent", "load_fen", "part_fen", "preferred_fen", "familiar_fen"),
    *("surplus_fen", "night_fen", "second_visit_fen"),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is no penalty of a contract; the name ends in what it counts in.

    ``hour_fen`` an hour of somebody whose hour has no price · ``km_fen`` a kilometre ·
    ``overtime_percent`` of the hour, at most ``overtime_minutes`` · ``unpriced_fen`` an hour late
    for a promise without a price, at most ``unpriced_hours`` of them · ``moved_fen`` a planned
    visit given to somebody else or another day · ``undone_fen`` a visit left for after the plan,
    ``waiting_fen`` more for each day it has waited · the others as in the kernel's weights.
    """

    hour_fen: int = 8_000
    km_fen: int = 120
    overtime_percent: int = 150
    overtime_minutes: int = 120
    unpriced_fen: int = 20_000
    unpriced_hours: int = 48
    load_fen: int = 200
    part_fen: int = 15_000
    preferred_fen: int = 8_000
    familiar_fen: int = 5_000
    surplus_fen: int = 1_000
    night_fen: int = 3_000
    second_visit_fen: int = 30_000
    moved_fen: int = 1_500
    undone_fen: int = 20_000
    waiting_fen: int = 2_000


NAMES = tuple(one.name for one in fields(Figures))


def counted_in(name: str) -> str:
    """What a figure counts in: fen, percent, minutes or hours.

    >>> counted_in("overtime_percent")
    'percent'
    """
    return name.rpartition("_")[2]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The figures that count, with the number of their version and who set them."""

    number: int
    figures: Figures
    set_at: datetime | None = None
    set_by: str = ""
    reason: str = ""

    @property
    def label(self) -> str:
        """The version as decisions keep it."""
        return f"v{self.number}"

    @property
    def weights(self) -> Weights:
        """The same for the kernel's ranking."""
        plain = {name: getattr(self.figures, name) for name in _WEIGHTS}
        return Weights(
            version=self.label, overtime_seconds=self.figures.overtime_minutes * 60, **plain
        )


@dataclass(frozen=True, slots=True)
class HourPriceRow:
    """What an hour of a unit or person costs; None: as the next above."""

    public_id: UUID
    version: int
    unit_public_id: UUID | None
    person_public_id: UUID | None
    name: str
    hour_fen: int | None


def present_weighing() -> Weighing:
    """What counts now."""
    row = WeightVersion.objects.order_by("-number").first()
    return _weighing(row) if row else Weighing(SHIPPED, Figures())


def get_weighing(actor: Actor) -> Weighing:
    """What counts now, for whoever sends people or sets prices. Raises Forbidden."""
    require_may_see(actor)
    return present_weighing()


def list_weighings(actor: Actor) -> list[Weighing]:
    """The last twenty versions, newest first; the shipped one is the last. Raises Forbidden."""
    require_may_see(actor)
    rows = WeightVersion.objects.order_by("-number")[:20]
    return [*map(_weighing, rows), Weighing(SHIPPED, Figures())]


def list_hour_prices(actor: Actor) -> list[HourPriceRow]:
    """Units first, then people, by name. Raises Forbidden without the right to set prices."""
    require(actor, Permission.DISPATCH_PRICE)
    rows = HourPrice.objects.select_related("unit", "person").order_by(
        "unit_id", "person__name_key", "id"
    )
    return [
        HourPriceRow(
            public_id=one.public_id,
            version=one.version,
            unit_public_id=one.unit.public_id if one.unit else None,
            person_public_id=one.person.public_id if one.person else None,
            name=one.unit.name if one.unit else one.person.name if one.person else "",
            hour_fen=one.hour_fen,
        )
        for one in rows[:500]
    ]


def require_may_see(actor: Actor) -> None:
    """Pass for whoever sends people or sets prices; Forbidden otherwise."""
    if not actor.may(Permission.WORK_ORDER_ASSIGN):
        require(actor, Permission.DISPATCH_PRICE)


def hours_of(people: Ints, units: Ints, figures: Figures) -> Ints:
    """What an hour of each costs in fen: his own price, that of the nearest unit, the usual one.

    `units` has the unit of each of the people. Two statements at most.
    """
    own: dict[int, int] = {}
    of_unit: dict[int, int] = {}
    rows = HourPrice.objects.filter(hour_fen__isnull=False)
    for person_id, unit_id, fen in rows.values_list("person_id", "unit_id", "hour_fen"):
        if fen is not None:
            (own if person_id else of_unit)[person_id or unit_id or 0] = fen
    known, place = np.unique(units, return_inverse=True)
    paths = paths_of(known.tolist()) if of_unit else {}
    usual = [_nearest(paths.get(one, ()), of_unit, figures.hour_fen) for one in known.tolist()]
    found = np.array(usual, dtype=np.int64)[place] if len(units) else units
    if own:
        pairs = zip(people.tolist(), found.tolist(), strict=True)
        found = np.array([own.get(person, fen) for person, fen in pairs], dtype=np.int64)
    return found


def _nearest(path: tuple[int, ...], of_unit: Mapping[int, int], usual: int) -> int:
    return next((of_unit[unit] for unit in reversed(path) if unit in of_unit), usual)


def _weighing(row: WeightVersion) -> Weighing:
    content: dict[str, Any] = row.content
    figures = Figures(**{name: content[name] for name in NAMES if name in content})
    return Weighing(row.number, figures, row.set_at, row.set_by, row.reason)
