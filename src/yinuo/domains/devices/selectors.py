"""Reading phones and what they sent; every function is limited to what the actor may see."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from yinuo.domains.devices.clock import MOST_OFF
from yinuo.domains.devices.models import Device, Operation
from yinuo.domains.devices.policies import (
    own_devices,
    visible_arrivals,
    visible_devices,
    visible_operations,
)
from yinuo.domains.devices.types import OPEN_STATES, ArrivalView, ConflictView, DeviceView
from yinuo.domains.network.types import Actor
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

_RELATED = ("person", "work_order__customer")


def list_own_devices(actor: Actor) -> list[DeviceView]:
    """The actor's phones, the newest first, those taken away too."""
    return [_device(one) for one in own_devices(actor).order_by("-id")[:50]]


def list_devices_of(actor: Actor, person_id: object) -> list[DeviceView]:
    """The phones of a person whose account the actor keeps, the newest first."""
    found = visible_devices(actor).filter(person__public_id=identity(person_id))
    return [_device(one) for one in found.order_by("-id")[:50]]


def list_unapplied(actor: Actor, *, cursor: str = "", limit: int = 50) -> Page[ConflictView]:
    """What did not fit and nobody settled, of visible people and sheets, the newest first."""
    rows = visible_operations(actor).filter(state__in=OPEN_STATES).select_related(*_RELATED)
    return page_of(rows, order=("-id",), cursor=cursor, limit=limit).map(_conflict)


def count_unapplied(actor: Actor) -> int:
    """How many of them there are."""
    return visible_operations(actor).filter(state__in=OPEN_STATES).count()


def unapplied_of_sheet(actor: Actor, work_order_id: object) -> list[ConflictView]:
    """What did not fit on one visible sheet, the oldest first."""
    rows = visible_operations(actor).filter(
        state__in=OPEN_STATES, work_order__public_id=identity(work_order_id)
    )
    return [_conflict(one) for one in rows.select_related(*_RELATED).order_by("id")]


def sheet_of_operation(actor: Actor, operation_id: object) -> UUID:
    """The sheet a visible operation is about; NotFound for a foreign or absent one."""
    rows = visible_operations(actor).select_related("work_order")
    return one_of(rows, operation_id).work_order.public_id


def arrivals_of_sheet(actor: Actor, work_order_id: object) -> list[ArrivalView]:
    """How arrivals at a visible sheet's site were shown, the oldest first."""
    rows = visible_arrivals(actor).filter(operation__work_order__public_id=identity(work_order_id))
    return [
        ArrivalView(
            way=one.way,
            at=one.operation.occurred_at,
            distance_m=one.distance_m,
            code_fits=one.code_fits,
            reason=one.reason,
        )
        for one in rows.select_related("operation").order_by("id")
    ]


def offset_ms(device_time: datetime, now: datetime) -> int:
    """How far the server is ahead of a device's clock, in milliseconds."""
    return round((now - device_time) / timedelta(milliseconds=1))


def is_clock_off(milliseconds: int | None) -> bool:
    """True for a clock that is more than two minutes off."""
    return milliseconds is not None and abs(milliseconds) > MOST_OFF / timedelta(milliseconds=1)


def _device(row: Device) -> DeviceView:
    return DeviceView(
        public_id=row.public_id,
        name=row.name,
        registered_at=row.registered_at,
        seen_at=row.seen_at,
        offset_ms=row.offset_ms,
        is_clock_off=is_clock_off(row.offset_ms),
        revoked_at=row.revoked_at,
    )


def _conflict(row: Operation) -> ConflictView:
    return ConflictView(
        public_id=row.public_id,
        work_order_public_id=row.work_order.public_id,
        work_order_number=row.work_order.number,
        customer_name=row.work_order.customer.name,
        person_name=row.person.name,
        kind=row.kind,
        state=row.state,
        occurred_at=row.occurred_at,
        received_at=row.received_at,
        is_clock_off=row.is_clock_off,
        body=row.body,
        message=row.message,
    )
