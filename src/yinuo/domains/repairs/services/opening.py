"""Opening a repair order: which device it is, whose it is now, who pays (SA-10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.contracts.types import CoverKind
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.network.upline import document_number
from yinuo.domains.obligations.services import bind_subject
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.domains.repairs.models import RepairOrder
from yinuo.domains.repairs.types import RepairData
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.repair_states import REPAIR_ENDED
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.scoped import one_of

SUBJECT, SOURCE, DOCUMENT_KIND = "repair", "repair", "FX"
FAULT_LENGTH, LINE_LENGTH = 4_000, 500
_ENDED = [state.value for state in REPAIR_ENDED]


def open_repair(*, actor: Actor, data: RepairData, now: datetime) -> RepairOrder:
    """Open a repair order for a request; its promises are those of the request's plan.

    Raises InvalidInput on `serial` for a device that was never delivered, on `owner_reason` for
    one registered with another customer until somebody has asked whose it is; IllegalMove for a
    closed request or a device that is in repair already; NotFound outside the actor's scope.
    """
    _check(data)
    with writing(actor=actor, now=now) as work:
        related = ("site", "asset", "customer")
        seen = visible_requests(actor).select_related(*related)
        request: Any = one_of(seen.select_for_update(of=("self",)), data.request_id)
        require(actor, Permission.REPAIR_WRITE, request.unit_id)
        if RequestState(request.state) not in OPEN:
            raise IllegalMove(_("This request is closed. Reopen it first."))
        asset = _device(actor, request, data)
        order = RepairOrder.objects.create(
            number=document_number(DOCUMENT_KIND, request.unit_id, now),
            unit_id=request.unit_id,
            customer_id=request.customer_id,
            request=request,
            asset=asset,
            model=asset.model,
            serial=asset.serial,
            fault=data.fault.strip(),
            accessories=data.accessories.strip(),
            is_paid=request.cover == CoverKind.PAID.value,
            pick_up=data.pick_up,
            owner_reason=data.owner_reason.strip(),
            opened_at=now,
            opened_by=actor.label,
        )
        _begin(order, request, work)
        return order


def _device(actor: Actor, request: Any, data: RepairData) -> Any:
    """The asset that is sent in, locked; see `open_repair` for what is refused."""
    serial = data.serial.strip()
    assets = visible_assets(actor).select_related("customer")
    if not serial or (request.asset is not None and serial == request.asset.serial):
        if request.asset is None:
            raise InvalidInput({"serial": _("Give the serial number on the plate of the device.")})
        found = [assets.get(pk=request.asset_id)]
    else:
        known = Q(serial=serial) | Q(former_serials__serial=serial)
        found = list(assets.filter(known).distinct()[:3])
    own = [one for one in found if one.customer_id == request.customer_id]
    if not found:
        said = _("No device with this serial number was ever delivered. Compare the plate.")
        raise InvalidInput({"serial": said})
    if len(own or found) > 1:
        said = _("Several devices have this serial number. Choose the device on the request.")
        raise InvalidInput({"serial": said})
    asset = (own or found)[0]
    if not own and not data.owner_reason.strip():
        said = _("Registered with %(name)s. Ask who owns it now and write down the answer.")
        raise InvalidInput({"owner_reason": said % {"name": asset.customer.name}})
    # Two who open one for the same device wait for each other here.
    list(visible_assets(actor).filter(pk=asset.pk).select_for_update(of=("self",)))
    going = RepairOrder.objects.filter(asset=asset).exclude(state__in=_ENDED).first()
    if going is not None:
        raise IllegalMove(
            _("This device is in repair already: %(number)s.") % {"number": going.number}
        )
    return asset


def _begin(order: RepairOrder, request: Any, work: Work) -> None:
    actor: Any = work.actor
    binding = Binding(
        subject_type=SUBJECT,
        subject_id=order.public_id,
        customer_id=order.customer_id,
        unit_id=order.unit_id,
        plan_version_id=request.plan_version_id,
        contract_id=request.contract_id if request.plan_version_id else None,
        zone=request.site.zone if request.site else settings.TIME_ZONE,
    )
    payer = "customer" if order.is_paid else "vendor"
    facts = [NewFact("registered", work.now, SOURCE, {"paid_by": payer})]
    if order.pick_up:
        facts.append(NewFact("pick_up_requested", work.now, SOURCE))
    bind_subject(binding, facts, actor=actor, now=work.now)
    after = {"number": order.number, "serial": order.serial, "request": request.number}
    work.audit("repair.open", order, after=after, reason=order.owner_reason)
    work.emit("repair.opened", order, {"number": order.number})


def _check(data: RepairData) -> None:
    problems: dict[str, str] = {}
    if not data.fault.strip():
        problems["fault"] = _("Describe what is wrong with the device.")
    elif len(data.fault) > FAULT_LENGTH:
        problems["fault"] = _("Use at most 4,000 characters.")
    if len(data.accessories) > LINE_LENGTH:
        problems["accessories"] = _("Use at most 500 characters.")
    if len(data.owner_reason) > LINE_LENGTH:
        problems["owner_reason"] = _("Use at most 500 characters.")
    if problems:
        raise InvalidInput(problems)
