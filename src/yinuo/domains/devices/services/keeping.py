"""What could not be applied is kept with what was sent, and the dispatcher is told (R53)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinuo.domains.devices.clock import Dated
from yinuo.domains.devices.models import Operation
from yinuo.domains.devices.policies import person_of
from yinuo.domains.devices.telling import tell_dispatchers
from yinuo.domains.devices.types import Result, Sent
from yinuo.domains.fieldwork.given import sheet_given_to
from yinuo.domains.network.types import Actor
from yinuo.platform.journal.work import writing

if TYPE_CHECKING:
    from yinuo.domains.devices.services.taking import Contact

TOPIC = "device.unapplied"


def keep_unapplied(
    actor: Actor, sent: Sent, clock: Dated, contact: Contact, body_hash: bytes, said: Result
) -> None:
    """Keep both sides for a sheet that was the person's own; a foreign or absent one is not kept,
    as nothing may be learnt about it."""
    order = sheet_given_to(actor, sent.work_order_id)
    if order is None:
        return
    with writing(actor=actor, now=contact.now) as work:
        operation = Operation.objects.create(
            public_id=sent.id,
            person_id=person_of(actor),
            device=contact.device,
            work_order=order,
            kind=sent.kind.value,
            state=said.state.value,
            body=dict(sent.body),
            body_hash=body_hash,
            base_version=sent.base_version,
            instead_of=sent.instead_of,
            occurred_at=clock.at,
            device_at=sent.occurred_at,
            is_clock_off=clock.is_off,
            received_at=contact.now,
            message=said.message,
            fields=dict(said.fields),
        )
        work.audit("device.keep", operation, after={"kind": sent.kind.value, "state": said.state})
        work.emit("work_order.changed", order, {"kind": "unapplied", "number": order.number})
        tell_dispatchers(work, TOPIC, order, {})
