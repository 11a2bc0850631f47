"""The legs of a repair order: each act with what was done, and the fact it leaves for promises."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.assets.services.swapping import Swap, keep_case_swap
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.domains.repairs.models import RepairOrder, RepairStep
from yinuo.domains.repairs.policies import visible_repairs
from yinuo.domains.repairs.services.checking import checked
from yinuo.domains.repairs.services.taking_back import own_device_is_back
from yinuo.domains.repairs.types import RepairDoing
from yinuo.kernel.repair_states import REPAIR_ACTS, RepairState
from yinuo.platform.days import end_of
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

SOURCE = "repair"


def handle_repair(
    *, actor: Actor, repair_id: object, version: int, doing: RepairDoing, now: datetime
) -> RepairOrder:
    """Take one act on a repair order and write down what was done.

    Raises IllegalMove out of order, before the backup is confirmed, or where the quote decides;
    Conflict when somebody was faster; InvalidInput by field; NotFound outside the actor's scope.
    """
    with writing(actor=actor, now=now) as work:
        seen = visible_repairs(actor).select_related("asset").select_for_update(of=("self",))
        order = one_of(seen, repair_id)
        require(actor, Permission.REPAIR_WRITE, order.unit_id)
        if order.version != version:
            raise Conflict(details={"yours": version, "present": order.version})
        act = REPAIR_ACTS.get(doing.kind)
        if act is None:
            raise InvalidInput({"kind": _("Choose one of the answers offered.")})
        if act.by_quote:
            raise IllegalMove(_("The quote of the request decides this. Write or answer it there."))
        return state_act(order, doing, work=work, by=actor.label)


def state_act(order: RepairOrder, doing: RepairDoing, *, work: Work, by: str) -> RepairOrder:
    """What `handle_repair` does on a locked order; `by` is who says so."""
    actor: Any = work.actor
    at = doing.done_at or work.now
    after = state_after(order, doing.kind)
    checked(order, doing, at, work.now)
    until = end_of(doing.until) if doing.until else None
    stored(order, expected_version=None, changes=_changes(order, doing, after, at))
    RepairStep.objects.create(
        order=order,
        kind=doing.kind,
        text=doing.text.strip(),
        waybill=doing.waybill.strip(),
        amount=doing.amount if doing.kind in ("claimed", "claim_settled") else None,
        until=until,
        done_at=at,
        recorded_at=work.now,
        recorded_by=by,
    )
    if doing.kind == "refitted" and order.new_serial:
        _swap(order, at, work)
    if doing.kind == "refitted":
        own_device_is_back(order, at, work)
    facts = _facts(order, doing, at, until)
    if facts:
        record_facts(order.public_id, facts, actor=actor, now=work.now)
    work.audit(f"repair.{doing.kind}", order, after={"state": order.state})
    work.emit("repair.changed", order, {"number": order.number, "kind": doing.kind})
    return order


def state_after(order: RepairOrder, kind: str) -> RepairState:
    """The state an act leads to; IllegalMove with what to do first otherwise."""
    state = RepairState(order.state)
    after = REPAIR_ACTS[kind].after(state)
    if after is None:
        raise IllegalMove(details={"state": order.state, "kind": kind})
    if kind == "diagnosed" and order.backup_at is None:
        raise IllegalMove(
            _("The customer has not confirmed his backup yet. Ask him before opening the device.")
        )
    if kind == "backup_confirmed" and order.backup_at is not None:
        raise IllegalMove(_("The backup is confirmed already."))
    if state is RepairState.DIAGNOSED and order.is_paid and kind in ("repaired", *_OUT):
        raise IllegalMove(_("The customer pays for this repair: he accepts the quote first."))
    return after


_OUT = ("sent_to_supplier",)


def _changes(
    order: RepairOrder, doing: RepairDoing, after: RepairState, at: datetime
) -> dict[str, Any]:
    changes: dict[str, Any] = {"state": after.value}
    if doing.kind == "backup_confirmed":
        changes |= {"backup_at": at, "backup_by": doing.said_by.strip()}
    elif doing.kind == "diagnosed" and doing.is_paid is not None:
        changes["is_paid"] = doing.is_paid
    elif doing.kind == "sent_to_supplier":
        changes |= {
            "supplier": doing.supplier.strip(),
            "supplier_reference": doing.reference.strip(),
        }
    elif doing.kind == "repaired":
        changes |= {"new_model": doing.new_model.strip(), "new_serial": doing.new_serial.strip()}
    elif doing.kind == "repair_failed":
        changes |= {"new_model": "", "new_serial": ""}
    elif doing.kind == "extended" and doing.until:
        changes["promised_until"] = end_of(doing.until)
    elif doing.kind in ("refitted", "cancelled"):
        changes["ended_at"] = at
    return changes | _claim_changes(doing, at)


def _claim_changes(doing: RepairDoing, at: datetime) -> dict[str, Any]:
    if doing.kind == "claimed":
        named = {"supplier": doing.supplier.strip()} if doing.supplier.strip() else {}
        return {"claimed_amount": doing.amount, "claimed_at": at, **named}
    if doing.kind == "claim_settled":
        return {"settled_amount": doing.amount, "settled_at": at}
    return {}


def _facts(
    order: RepairOrder, doing: RepairDoing, at: datetime, until: datetime | None
) -> list[NewFact]:
    kind = REPAIR_ACTS[doing.kind].fact
    if not kind:
        return []
    attrs = {"until": until.isoformat()} if until else {}
    facts = [NewFact(kind, at, SOURCE, attrs)]
    if doing.kind == "diagnosed":
        # The unit is opened to find what is wrong; who pays is asked with what it would cost.
        facts.insert(0, NewFact("opened", at, SOURCE))
        if order.is_paid:
            facts.append(NewFact("quote_requested", at, SOURCE))
    return facts


def _swap(order: RepairOrder, at: datetime, work: Work) -> None:
    """Another unit came back: the asset goes on under its serial number, its warranty as it was."""
    on = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    keep_case_swap(order.asset_id, Swap(order.new_model, order.new_serial, on, order.number), work)
