"""Writing a letter of contact; from then on the work of its request waits (LV-11)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from yinuo.domains.billing.keeping import kept_item, kept_line
from yinuo.domains.billing.letter_models import Letter
from yinuo.domains.billing.letter_types import CostLine, LetterData
from yinuo.domains.billing.policies import visible_price_lists
from yinuo.domains.billing.pricing import price_by, price_list_of
from yinuo.domains.billing.services.letter_moving import locked_letter, require_state_for
from yinuo.domains.fieldwork.holds import place_hold
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.offer_states import OFFER_OPEN, OfferState
from yinuo.kernel.states import ENDED, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of
from yinuo.platform.sequences import next_number

DOCUMENT_KIND, CURRENCY = "LH", "CNY"
TEXT_LENGTH, SHORT_LENGTH, REASON_LENGTH = 20_000, 200, 4_000
MOST_COSTS = 40
MOST_FIGURE = Decimal(10) ** 9
FINEST = {"quantity": 3, "unit_price": 2}


def draft_letter(
    *,
    actor: Actor,
    request_id: object,
    data: LetterData,
    work_order_id: object = None,
    now: datetime,
) -> Letter:
    """Write a letter for a request, from its sheet when one is named; the work waits from now on.

    Beyond the usual number of letters (`LETTERS_PER_REQUEST`) a reason is needed. Raises NotFound
    outside the actor's scope, InvalidInput by field, IllegalMove for a finished request and while
    another letter of it waits.
    """
    request = one_of(visible_requests(actor), request_id)
    require(actor, Permission.LETTER_WRITE, request.unit_id)
    with writing(actor=actor, now=now) as work:
        # Locked, so that two letters written at once count each other.
        request = type(request).objects.select_for_update().get(pk=request.pk)
        if RequestState(request.state) in ENDED:
            raise IllegalMove(details={"state": request.state})
        position = _next_position(request.pk)
        values = _values(actor, data, now, is_further=needs_reason(request.pk))
        letter = Letter.objects.create(
            **values,
            number=next_number(_series(request.unit.code, now)),
            unit_id=request.unit_id,
            customer_id=request.customer_id,
            request=request,
            work_order_id=_sheet_of(actor, work_order_id, request.pk),
            position=position,
            drafted_at=now,
            drafted_by=actor.label,
            drafted_by_user=actor.user_id,
        )
        place_hold(request_pk=request.pk, number=letter.number, now=now)
        work.audit("letter.draft", letter, after=_shown(letter), reason=letter.further_reason)
        work.emit("letter.drafted", letter, {"number": letter.number})
        return letter


def edit_letter(
    *, actor: Actor, letter_id: object, version: int, data: LetterData, now: datetime
) -> Letter:
    """Write a draft anew; a confirmation of ours has to be given again. Raises IllegalMove once it
    was sent, Conflict for a stale version, InvalidInput by field."""
    with writing(actor=actor, now=now) as work:
        letter = locked_letter(actor, letter_id, version)
        require_state_for(letter, "edited")
        before = _shown(letter)
        values = _values(actor, data, now, is_further=bool(letter.further_reason))
        changes = {**values, "confirmed_at": None, "confirmed_by": ""}
        stored(letter, expected_version=None, changes=changes)
        work.audit("letter.edit", letter, before=before, after=_shown(letter))
        work.emit("letter.changed", letter, {"number": letter.number})
        return letter


def needs_reason(request_pk: int) -> bool:
    """True when one more letter of this request has to say why (LV-11)."""
    letters = Letter.objects.filter(request_id=request_pk)
    counted = letters.exclude(state=OfferState.WITHDRAWN.value, sent_at=None).count()
    return counted >= settings.LETTERS_PER_REQUEST


def _next_position(request_pk: int) -> int:
    letters = Letter.objects.filter(request_id=request_pk)
    waiting = letters.filter(state__in=[one.value for one in OFFER_OPEN]).first()
    if waiting is not None:
        message = _("%(number)s still waits. Finish or withdraw it before you write another one.")
        raise IllegalMove(message % {"number": waiting.number})
    return (letters.aggregate(last=Max("position"))["last"] or 0) + 1


def _sheet_of(actor: Actor, work_order_id: object, request_pk: int) -> int | None:
    if not work_order_id:
        return None
    order = one_of(visible_work_orders(actor), work_order_id)
    if order.request_id != request_pk:
        raise NotFound
    return int(order.pk)


def _values(actor: Actor, data: LetterData, now: datetime, *, is_further: bool) -> dict[str, Any]:
    """The columns of a letter; InvalidInput names each wrong field, those of costs by line."""
    texts = {
        "findings": (data.findings, TEXT_LENGTH),
        "work_planned": (data.work_planned, TEXT_LENGTH),
        "time_needed": (data.time_needed, SHORT_LENGTH),
        "further_reason": (data.further_reason, REASON_LENGTH),
    }
    values: dict[str, Any] = {name: text.strip() for name, (text, _most) in texts.items()}
    problems: dict[str, Any] = {}
    for name, (_text, most) in texts.items():
        if len(values[name]) > most:
            problems[name] = _("Use at most %(most)d characters.") % {"most": most}
    needed = _needed(is_further)
    problems |= {name: message for name, message in needed.items() if not values[name]}
    if data.valid_until < now.astimezone(ZoneInfo(settings.TIME_ZONE)).date():
        problems["valid_until"] = _("Choose a day that is not over.")
    if len(data.costs) > MOST_COSTS:
        problems["costs"] = _("Use at most %(most)d lines.") % {"most": MOST_COSTS}
    elif wrong := [text for at, one in enumerate(data.costs, 1) if (text := _wrong(at, one))]:
        problems["costs"] = " ".join(wrong)
    try:
        picked = _picked(actor, data)
    except InvalidInput as error:
        raise InvalidInput({**problems, **error.fields}) from error
    if problems:
        raise InvalidInput(problems)
    total = sum((one.amount for one in data.costs), picked.pop("total"))
    costs = [one.kept() for one in data.costs]
    return {**values, **picked, "valid_until": data.valid_until, "costs": costs, "total": total}


def _picked(actor: Actor, data: LetterData) -> dict[str, Any]:
    """The lines that a price list makes of the items, and their total; none without items."""
    if not data.items:
        return {"price_list": None, "items": [], "lines": [], "total": Decimal("0.00")}
    version = one_of(visible_price_lists(actor), data.price_list_id)
    priced = price_by(price_list_of(version.pk), data.items)
    if priced.total.currency != CURRENCY:
        raise InvalidInput({"price_list_id": _("A letter is in yuan. Choose a list in yuan.")})
    return {
        "price_list": version,
        "items": [kept_item(one) for one in data.items],
        "lines": [kept_line(one) for one in priced.lines],
        "total": priced.total.amount,
    }


def _needed(is_further: bool) -> dict[str, str]:
    needed = {
        "findings": _("Say what was found."),
        "work_planned": _("Say what is to be done."),
        "time_needed": _("Say when it is done and how long it takes."),
    }
    if is_further:
        needed["further_reason"] = _("%(count)d letters are the rule. Say why one more is needed.")
        needed["further_reason"] %= {"count": settings.LETTERS_PER_REQUEST}
    return needed


def _wrong(at: int, line: CostLine) -> str:
    """What is wrong with a line of the cost; empty when nothing is."""
    if not line.title.strip() or len(line.title) > SHORT_LENGTH or len(line.unit) > SHORT_LENGTH:
        return _("Line %(at)d: say what it is for, in at most 200 characters.") % {"at": at}
    figures = {"quantity": line.quantity, "unit_price": line.unit_price}
    for name, figure in figures.items():
        exponent = figure.as_tuple().exponent
        if not isinstance(exponent, int) or figure.copy_abs() >= MOST_FIGURE:
            return _("Line %(at)d: this figure is too large.") % {"at": at}
        if -exponent > FINEST[name]:
            return _("Line %(at)d: this figure has too many decimal places.") % {"at": at}
    if line.quantity <= 0:
        return _("Line %(at)d: the quantity is above zero.") % {"at": at}
    if line.unit_price < 0:
        return _("Line %(at)d: the price is not below zero.") % {"at": at}
    return ""


def _shown(letter: Letter) -> dict[str, Any]:
    return {
        "number": letter.number,
        "total": str(letter.total),
        "lines": letter.lines,
        "costs": letter.costs,
        "valid_until": str(letter.valid_until),
    }


def _series(unit_code: str, now: datetime) -> str:
    """`LH-SZ-202610`: kind, unit, year and month of the company's local time."""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    return f"{DOCUMENT_KIND}-{unit_code}-{local:%Y%m}"
