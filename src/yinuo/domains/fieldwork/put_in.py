"""Parts that came out of stock and were put in on a visit, out of what is stored on its sheet."""

from __future__ import annotations

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.types import PutIn


def put_in_of(order: WorkOrder) -> tuple[PutIn, ...]:
    """What was put in out of stock, as parts were called then."""
    return tuple(PutIn(**one) for one in order.put_in)


def parts_text(order: WorkOrder) -> str:
    """Everything a sheet says of parts: those out of stock, one a line, and what was written."""
    lines = [
        f"{one.number} {one.name} × {one.quantity} {one.measure}".strip()
        for one in put_in_of(order)
    ]
    return "\n".join(filter(None, (*lines, order.parts_used)))
