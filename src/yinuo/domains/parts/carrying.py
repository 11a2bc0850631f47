"""Which parts a case waits for, and in whose cars they lie: for choosing whom to send (B-31)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Sum

from yinuo.domains.parts.models import Balance, PartRequestLine
from yinuo.domains.parts.request_types import AskState
from yinuo.domains.parts.types import Condition

_WAITING = (AskState.ASKED.value, AskState.APPROVED.value)


def parts_awaited(request_id: UUID) -> dict[int, int]:
    """How many of each part (internal ids) are asked for a case and have not left a depot.

    The caller has scoped the request (public id).
    """
    lines = PartRequestLine.objects.filter(
        ask__request__public_id=request_id, ask__state__in=_WAITING, shipped__lt=F("quantity")
    )
    sums = lines.order_by().values_list("part_id").annotate(left=Sum(F("quantity") - F("shipped")))
    return dict(sums)


def carried_in_cars(part_ids: Collection[int]) -> list[tuple[int, int, int]]:
    """Part, person (internal ids) and how many good ones, kept for nobody, lie in his car."""
    free = Balance.objects.filter(
        part_id__in=part_ids,
        condition=Condition.GOOD.value,
        depot__holder__isnull=False,
        depot__active=True,
        on_hand__gt=F("reserved"),
    )
    rows = free.order_by().values_list("part_id", "depot__holder_id")
    return list(rows.annotate(free=Sum(F("on_hand") - F("reserved"))))
