"""Devices sent in for repair, each act through the service a person would use."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.factories.archive import make_asset
from tests.factories.company import Member
from tests.factories.promises import open_fault

from yinuo.domains.customers.models import Customer, Site
from yinuo.domains.repairs.models import RepairOrder
from yinuo.domains.repairs.services import handle_repair, open_repair
from yinuo.domains.repairs.types import RepairData, RepairDoing

WAY = ("received", "backup_confirmed", "diagnosed", "repaired", "tested", "shipped", "refitted")


def send_in(by: Member, request: Any, **more: Any) -> RepairOrder:
    """A repair order of the request, opened now."""
    data = RepairData(request.public_id, "反复重启", **more)
    return open_repair(actor=by.actor, data=data, now=datetime.now(UTC))


def make_repair_order(by: Member, customer: Customer, site: Site) -> RepairOrder:
    """A repair order for an asset of its own."""
    asset = make_asset(by, customer, site)
    return send_in(by, open_fault(by, customer, asset=asset))


def take(by: Member, order: RepairOrder, *kinds: str, **more: Any) -> RepairOrder:
    """These acts one after the other, each now, with all they need."""
    for kind in kinds:
        order.refresh_from_db()
        known = {"text": "已办理", "serial": order.serial, "said_by": "周工", **more}
        handle_repair(
            actor=by.actor,
            repair_id=order.public_id,
            version=order.version,
            doing=RepairDoing(kind, **known),
            now=datetime.now(UTC),
        )
    order.refresh_from_db()
    return order
