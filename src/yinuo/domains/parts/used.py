"""Parts out of stock that were put in on visits, with what they cost us."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from yinuo.domains.parts.models import PartRequestLine, ShipmentLine

_FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class UsedPart:
    """So many of a part; `unit_cost` is what one cost us when it left the depot."""

    number: str
    name: str
    quantity: int
    unit_cost: Decimal | None


def used_on_sheets(sheet_ids: Collection[int]) -> dict[int, list[UsedPart]]:
    """Parts put in by sheet (internal ids). The caller has scoped the sheets. Two statements."""
    lines = PartRequestLine.objects.filter(ask__sheet__in=sheet_ids, used__gt=0)
    rows = list(lines.select_related("part", "ask").order_by("id"))
    sent = ShipmentLine.objects.filter(shipment__ask__in={one.ask_id for one in rows})
    grouped = sent.order_by().values_list("shipment__ask_id", "part_id")
    sums = grouped.annotate(worth=Sum("value"), number=Sum("sent"))
    costs = {(ask, part): abs(worth) / number for ask, part, worth, number in sums}
    found: dict[int, list[UsedPart]] = {}
    for one in rows:
        cost = costs.get((one.ask_id, one.part_id), one.part.cost)
        cost = None if cost is None else cost.quantize(_FEN, ROUND_HALF_UP)
        used = UsedPart(one.part.number, one.part.name, one.used, cost)
        found.setdefault(one.ask.sheet_id or 0, []).append(used)
    return found
