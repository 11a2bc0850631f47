"""Relocations as the customer's signed-in contact sees them, and his approval of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.network.permissions import Permission
from yinuo.domains.notices.services import notify_nearest
from yinuo.domains.notices.types import Telling
from yinuo.domains.relocations.contents import plan_hash
from yinuo.domains.relocations.models import Relocation
from yinuo.domains.relocations.selectors import relocation_rows, steps_shown
from yinuo.domains.relocations.services import approve_relocation
from yinuo.domains.relocations.services.holding import steps_of
from yinuo.domains.relocations.types import RelocationRow, Signature, StepRow
from yinuo.domains.requests.services.visiting import actor_for
from yinuo.kernel.relocation_states import RelocationState
from yinuo.platform.days import day_of
from yinuo.platform.errors import Conflict
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

APPROVED, MOST_SHOWN = "relocation.approved", 20


@dataclass(frozen=True, slots=True)
class OwnRelocation:
    """A relocation of the visitor's customer with its plan. `content_hash` is that of the plan as
    it stands: what he approves by `asks`."""

    row: RelocationRow
    text: str
    steps: tuple[StepRow, ...]
    content_hash: str
    approved_by: str
    approved_on: date | None
    accepted_by: str
    accepted_on: date | None
    end_text: str

    @property
    def asks(self) -> bool:
        """The plan was sent to him and waits for his approval; one being written does not."""
        return self.row.state == RelocationState.SENT


def own_relocations(visitor: Visitor) -> list[RelocationRow]:
    """The newest relocations of the visitor's customer."""
    return relocation_rows(_own(visitor).order_by("-id")[:MOST_SHOWN])


def own_relocation(visitor: Visitor, relocation_id: object) -> OwnRelocation:
    """One of them with its plan; NotFound for anybody else's."""
    found = one_of(_own(visitor), relocation_id)
    return OwnRelocation(
        row=relocation_rows([found])[0],
        text=found.text,
        steps=steps_shown(found),
        content_hash=found.content_hash or plan_hash(found, steps_of(found)),
        approved_by=found.approved_by,
        approved_on=found.approved_on,
        accepted_by=found.accepted_by,
        accepted_on=found.accepted_on,
        end_text=found.end_text,
    )


def approve_in_portal(
    *, visitor: Visitor, relocation_id: object, version: int, seen_hash: str, now: datetime
) -> Relocation:
    """The customer approves the plan that he read: bound to its hash as our record of a signature.

    Raises NotFound for anybody else's, Conflict when the plan is not what he read, IllegalMove
    unless it was sent to him and waits. Who plans relocations of the unit is told.
    """
    found = one_of(_own(visitor), relocation_id)
    rights = (Permission.RELOCATION_READ, Permission.RELOCATION_WRITE)
    actor = actor_for(visitor, *rights, unit_id=found.unit_id)
    with writing(actor=actor, now=now) as work:
        approved = approve_relocation(
            actor=actor,
            relocation_id=relocation_id,
            version=version,
            signed=Signature(visitor.name, day_of(now)),
            now=now,
            states=(RelocationState.SENT,),
        )
        if approved.content_hash != seen_hash:
            raise Conflict(details={"yours": seen_hash, "present": approved.content_hash})
        data = {"number": found.number, "customer": visitor.customer_name}
        telling = Telling(APPROVED, "relocation", found.public_id, found.unit_id, data)
        notify_nearest(work, telling, Permission.RELOCATION_WRITE)
        return approved


def _own(visitor: Visitor) -> Any:
    rows = Relocation.objects.filter(customer_id=visitor.customer_id)
    return rows.select_related("customer", "unit")
