"""Repair orders as the customer's signed-in contact sees them: the legs, and his own part."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.visitors import OwnPromise, promises_of
from yinuo.domains.repairs.legs import legs_of_orders
from yinuo.domains.repairs.loan_types import OwnLoan
from yinuo.domains.repairs.models import Loan, RepairOrder
from yinuo.domains.repairs.services.moving import state_act
from yinuo.domains.repairs.types import Leg, OwnRepair, RepairDoing
from yinuo.kernel.loan_states import LoanState
from yinuo.kernel.repair_states import UNOPENED, RepairState
from yinuo.platform.errors import Conflict
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

MOST_SHOWN = 50


def own_repairs(visitor: Visitor) -> list[tuple[OwnRepair, tuple[OwnPromise, ...]]]:
    """The repair orders of the visitor's customer with their promises, the newest first."""
    rows = RepairOrder.objects.filter(customer_id=visitor.customer_id)
    found = list(rows.select_related("asset", "request").order_by("-id")[:MOST_SHOWN])
    legs = legs_of_orders(found)
    owed = promises_of(visitor, [one.public_id for one in found])
    return [(_own(one, legs[one.pk]), owed.get(one.public_id, ())) for one in found]


def own_loans(visitor: Visitor) -> list[OwnLoan]:
    """The standby units that the visitor's customer has now, the one due first leading."""
    rows = Loan.objects.filter(customer_id=visitor.customer_id, state=LoanState.LENT.value)
    found = rows.select_related("standby", "request").order_by("return_by", "id")
    return [
        OwnLoan(
            number=one.number,
            name=one.standby.name,
            model=one.standby.model,
            serial=one.standby.serial,
            request_public_id=one.request.public_id,
            request_number=one.request.number,
            delivered_at=one.delivered_at,
            return_by=one.return_by,
        )
        for one in found[:MOST_SHOWN]
    ]


def confirm_backup(*, visitor: Visitor, repair_id: object, version: int, now: datetime) -> None:
    """The customer says himself that his data are saved; once. Conflict when it moved on."""
    with writing(actor=SYSTEM, now=now) as work:
        rows = RepairOrder.objects.filter(customer_id=visitor.customer_id)
        order = one_of(rows.select_for_update(of=("self",)), repair_id)
        if order.version != version:
            raise Conflict(details={"yours": version, "present": order.version})
        doing = RepairDoing("backup_confirmed", said_by=visitor.name)
        state_act(order, doing, work=work, by=visitor.name)


def _own(one: Any, legs: tuple[Leg, ...]) -> OwnRepair:
    is_unopened = RepairState(one.state) in UNOPENED - {RepairState.CANCELLED}
    return OwnRepair(
        public_id=one.public_id,
        version=one.version,
        number=one.number,
        state=one.state,
        serial=one.serial,
        model=one.model,
        asset_name=one.asset.name,
        fault=one.fault,
        is_paid=one.is_paid,
        request_public_id=one.request.public_id,
        request_number=one.request.number,
        opened_at=one.opened_at,
        promised_until=one.promised_until,
        backup_at=one.backup_at,
        asks_backup=is_unopened and one.backup_at is None,
        legs=legs,
    )
