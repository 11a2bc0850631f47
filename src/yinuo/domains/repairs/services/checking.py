"""What each act on a repair order needs; every problem names its field."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from yinuo.domains.assets.services.serials import is_serial_taken
from yinuo.domains.repairs.models import RepairOrder, RepairStep
from yinuo.domains.repairs.types import RepairDoing
from yinuo.platform.days import end_of
from yinuo.platform.errors import InvalidInput

TEXT_LENGTH, LINE_LENGTH, NAME_LENGTH, MODEL_LENGTH = 4_000, 80, 80, 120
MOST_AMOUNT = Decimal("999999999.99")
# Acts that say nothing by themselves.
_TOLD = frozenset({"diagnosed", "repaired", "not_repairable", "repair_failed", "tested"})
_TOLD_TOO = frozenset({"extended", "cancelled"})
_LIMITS = {
    "text": TEXT_LENGTH,
    "waybill": LINE_LENGTH,
    "reference": LINE_LENGTH,
    "supplier": MODEL_LENGTH,
    "new_model": MODEL_LENGTH,
    "new_serial": LINE_LENGTH,
    "said_by": NAME_LENGTH,
}


def checked(order: RepairOrder, doing: RepairDoing, at: datetime, now: datetime) -> None:
    """Pass when the act has all it needs; InvalidInput names each wrong field."""
    problems = {
        name: _("Use at most %(most)d characters.") % {"most": most}
        for name, most in _LIMITS.items()
        if len(getattr(doing, name)) > most
    }
    if doing.kind in _TOLD | _TOLD_TOO and not doing.text.strip():
        problems["text"] = _("Write down what was done or said.")
    if at.tzinfo is None or at > now:
        problems["done_at"] = _("This time is in the future. Correct it.")
    elif at < _not_before(order):
        problems["done_at"] = _("This is before the last step. Correct it.")
    problems |= _needed(order, doing, at)
    if problems:
        raise InvalidInput(problems)


def _not_before(order: RepairOrder) -> datetime:
    """The minute of the last step: a time typed to the minute may mean that one."""
    last = RepairStep.objects.filter(order=order).order_by("-done_at").first()
    return (last.done_at if last else order.opened_at).replace(second=0, microsecond=0)


def _needed(order: RepairOrder, doing: RepairDoing, at: datetime) -> dict[str, str]:
    """What this kind of act needs beside its text."""
    if doing.kind == "received" and doing.serial.strip() != order.serial:
        said = _("Another unit was announced: %(serial)s. Compare the plate, or open an order.")
        return {"serial": said % {"serial": order.serial or "—"}}
    if doing.kind == "backup_confirmed" and not doing.said_by.strip():
        return {"said_by": _("Say who confirmed it.")}
    if doing.kind == "sent_to_supplier" and not doing.supplier.strip():
        return {"supplier": _("Name the supplier.")}
    if doing.kind == "extended" and (doing.until is None or end_of(doing.until) <= at):
        return {"until": _("Give the day that was promised; it is still to come.")}
    return _MORE[doing.kind](order, doing) if doing.kind in _MORE else {}


def _swap_problems(order: RepairOrder, doing: RepairDoing) -> dict[str, str]:
    serial = doing.new_serial.strip()
    if not serial:
        if doing.new_model.strip():
            return {"new_serial": _("Give the serial number of the unit that goes back.")}
        return {}
    model = doing.new_model.strip() or order.model
    if (model, serial) == (order.model, order.serial):
        return {"new_serial": _("This is the serial number it has now.")}
    if is_serial_taken(model, serial):
        return {"new_serial": _("Another asset of this model has this serial number.")}
    return {}


def _claim_problems(order: RepairOrder, doing: RepairDoing) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not (doing.supplier.strip() or order.supplier):
        problems["supplier"] = _("Name the supplier.")
    if order.claimed_at is not None:
        problems["amount"] = _("This was claimed already.")
    elif doing.amount is None or not 0 < doing.amount <= MOST_AMOUNT:
        problems["amount"] = _("Give the amount claimed, in yuan.")
    return problems


def _settling_problems(order: RepairOrder, doing: RepairDoing) -> dict[str, str]:
    if order.claimed_at is None or order.settled_at is not None:
        return {"amount": _("No claim on a supplier is open.")}
    if doing.amount is None or not 0 <= doing.amount <= MOST_AMOUNT:
        return {"amount": _("Give what the supplier grants in yuan; 0 when he declines.")}
    return {}


_MORE = {
    "repaired": _swap_problems,
    "claimed": _claim_problems,
    "claim_settled": _settling_problems,
}
