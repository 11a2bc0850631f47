"""The sheets that a day is planned with: open, with their places, people and times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.planned import UNDER_WAY
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.work_states import WorkOrderState

MOST = 600
_OPEN = [WorkOrderState.DRAFTED.value, *UNDER_WAY]
_HELD = frozenset({WorkOrderState.ACCEPTED, WorkOrderState.APPOINTED})
_ON_THE_WAY = frozenset({WorkOrderState.DEPARTED, WorkOrderState.ARRIVED})


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet whose visit is still to be made or under way."""

    id: int
    public_id: UUID
    version: int
    number: str
    state: str
    unit_id: int
    customer_id: int
    customer_name: str
    site_name: str
    request_public_id: UUID
    product_line: str
    latitude: Decimal | None
    longitude: Decimal | None
    agreed_for: datetime | None
    service_at: datetime | None
    issued_at: datetime
    departed_at: datetime | None
    arrived_at: datetime | None
    person_id: int | None
    person_public_id: UUID | None
    person_name: str

    @property
    def is_held(self) -> bool:
        """True when its engineer has accepted it: nobody else is sent without asking him."""
        return self.state in _HELD and self.person_id is not None

    @property
    def is_on_the_way(self) -> bool:
        """True when its engineer is on the road or at work."""
        return self.state in _ON_THE_WAY


def open_sheets(actor: Actor, unit_path: str, most: int = MOST) -> list[OpenSheet]:
    """Open sheets of the units under a path where the actor sends people, the oldest first.

    At most so many; one statement.
    """
    orders = visible_work_orders(actor).filter(
        unit_id__any=actor.units_for(Permission.WORK_ORDER_ASSIGN),
        unit__path__startswith=unit_path,
        state__in=_OPEN,
    )
    rows = orders.select_related("request__asset", "request__site", "customer", "assignee")
    return [_sheet(one) for one in rows.order_by("id")[:most]]


def _sheet(one: WorkOrder) -> OpenSheet:
    request, site = one.request, one.request.site
    return OpenSheet(
        id=one.pk,
        public_id=one.public_id,
        version=one.version,
        number=one.number,
        state=one.state,
        unit_id=one.unit_id,
        customer_id=one.customer_id,
        customer_name=one.customer.name,
        site_name=site.name if site else "",
        request_public_id=request.public_id,
        product_line=request.asset.asset_class if request.asset else "",
        latitude=site.latitude if site else None,
        longitude=site.longitude if site else None,
        agreed_for=one.agreed_for,
        service_at=one.service_at,
        issued_at=one.issued_at,
        departed_at=one.departed_at,
        arrived_at=one.arrived_at,
        person_id=one.assignee_id,
        person_public_id=one.assignee.public_id if one.assignee else None,
        person_name=one.assignee.name if one.assignee else "",
    )
