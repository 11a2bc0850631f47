"""Parts out of stock that were put in on a visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.put_in import put_in_of
from yinuo.domains.fieldwork.services.reporting import trace_repair
from yinuo.domains.fieldwork.types import PutIn
from yinuo.kernel.work_states import UNSIGNED, WorkOrderState
from yinuo.platform.journal.work import stored


def put_in_parts(sheet_id: int, parts: Sequence[PutIn]) -> None:
    """Let a sheet (internal id) carry that these parts were put in, until the customer signs it.

    Within a running step of a domain above, which has scoped the sheet. What was signed stays as
    it was signed: parts recorded later stand with their request for parts alone. From the report
    on, whoever was shown the sheet to sign must see it anew: its version moves.
    """
    related = WorkOrder.objects.select_related("request__site")
    order = related.select_for_update(of=("self",)).get(pk=sheet_id)
    if WorkOrderState(order.state) not in UNSIGNED:
        return
    lines = {one.number: one for one in put_in_of(order)}
    for part in parts:
        before = lines.get(part.number)
        quantity = part.quantity + (before.quantity if before else 0)
        lines[part.number] = replace(part, quantity=quantity)
    kept = [asdict(one) for one in lines.values()]
    if WorkOrderState(order.state) is WorkOrderState.WORKED:
        stored(order, expected_version=None, changes={"put_in": kept})
    else:
        WorkOrder.objects.filter(pk=order.pk).update(put_in=kept)
        order.put_in = kept
    if order.finished_at is not None:
        trace_repair(order, order.finished_at)
