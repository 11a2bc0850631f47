"""Standby units of the demo company: one lent for a device in repair, one overdue, one ready."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.network.types import Actor
from yinuo.domains.repairs.loan_types import LoanData, StandbyData
from yinuo.domains.repairs.selectors import list_repairs
from yinuo.domains.repairs.services import lend_standby, register_standby

UNITS = (
    ("备用防火墙", "SG-5000", "BJ-SG50-01"),
    ("备用防火墙（小型）", "SG-3000", "BJ-SG30-02"),
    ("备用交换机", "NX-2400", "BJ-NX24-01"),
)
# Which unit for which repair order, since when, until when: in days from now.
LOANS = ((0, 0, -3, 12), (1, 1, -9, -1))
REASON = "住院部业务不能中断，先行借出，修复后换回。"
CONDITION = "外观完好，已清空配置，附电源线 1 根、机架耳 1 副。"


def lend_units(actor: Actor, now: datetime) -> None:
    """Register the units, and lend two of them for the devices that were sent in."""
    orders = list_repairs(actor, limit=2).items
    unit_id = get_customer(actor, orders[0].customer_public_id).unit_public_id
    known = [
        register_standby(
            actor=actor,
            data=StandbyData(unit_id, name, model, serial, "一号库房 3 架"),
            now=now - timedelta(days=60),
        )
        for name, model, serial in UNITS
    ]
    for unit, order, since, until in LOANS:
        if order >= len(orders):
            continue
        lent_at = max(now + timedelta(days=since), orders[order].opened_at + timedelta(hours=1))
        lend_standby(
            actor=actor,
            data=LoanData(
                standby_id=known[unit].public_id,
                request_id=orders[order].request_public_id,
                return_by=now + timedelta(days=until),
                condition=CONDITION,
                basis="goodwill",
                reason=REASON,
            ),
            now=lent_at,
        )
