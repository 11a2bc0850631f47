"""Writing a quote: priced by the kernel from the chosen list, the lines kept with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.billing.keeping import kept_item, kept_line
from yinuo.domains.billing.models import Quote
from yinuo.domains.billing.policies import visible_price_lists
from yinuo.domains.billing.pricing import price_by, price_list_of
from yinuo.domains.billing.services.moving import locked_quote, require_state_for
from yinuo.domains.billing.types import Purpose, QuoteData
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.customers.callers import resolve_place
from yinuo.domains.customers.types import Place
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import visible_people, visible_units
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of
from yinuo.platform.sequences import next_number

DOCUMENT_KIND = "BJ"
TITLE_LENGTH = 200
REMARKS_LENGTH = 4_000


def draft_quote(*, actor: Actor, data: QuoteData, now: datetime) -> Quote:
    """Write a quote for a customer: a draft that nobody outside sees.

    Raises NotFound for a customer, list, contact, contract or request outside the actor's scope
    or of another customer; InvalidInput by field (`items.0.zone` for the first line).
    """
    place = _place(actor, data)
    values = _values(actor, data, place, now)
    with writing(actor=actor, now=now) as work:
        quote = Quote.objects.create(
            **values,
            number=next_number(_series(place.unit_code, now)),
            unit_id=place.unit_id,
            customer_id=place.customer_id,
            drafted_at=now,
            drafted_by=actor.label,
        )
        work.audit("quote.draft", quote, after=_shown(quote))
        work.emit("quote.drafted", quote, {"number": quote.number})
        return quote


def edit_quote(
    *, actor: Actor, quote_id: object, version: int, data: QuoteData, now: datetime
) -> Quote:
    """Write a draft anew; the customer stays. Raises IllegalMove once it was sent, Conflict for a
    stale version, and what `draft_quote` raises."""
    place = _place(actor, data)
    with writing(actor=actor, now=now) as work:
        quote = locked_quote(actor, quote_id, version)
        require_state_for(quote, "edited")
        if quote.customer_id != place.customer_id:
            raise InvalidInput({"customer_id": _("A quote stays with its customer.")})
        before = _shown(quote)
        stored(quote, expected_version=None, changes=_values(actor, data, place, now))
        work.audit("quote.edit", quote, before=before, after=_shown(quote))
        work.emit("quote.changed", quote, {"number": quote.number})
        return quote


def _place(actor: Actor, data: QuoteData) -> Place:
    return resolve_place(
        actor,
        Permission.QUOTE_WRITE,
        customer_id=data.customer_id,
        contact_id=data.contact_id or None,
    )


def _values(actor: Actor, data: QuoteData, place: Place, now: datetime) -> dict[str, Any]:
    """The columns of a quote; InvalidInput names each wrong field, those of items too."""
    problems: dict[str, Any] = {}
    title, remarks = data.title.strip(), data.remarks.strip()
    if not title or len(title) > TITLE_LENGTH:
        problems["title"] = _("Give a title of at most 200 characters.")
    if len(remarks) > REMARKS_LENGTH:
        problems["remarks"] = _("Use at most %(most)d characters.") % {"most": REMARKS_LENGTH}
    if data.valid_until < now.astimezone(ZoneInfo(settings.TIME_ZONE)).date():
        problems["valid_until"] = _("Choose a day that is not over.")
    if data.deliver_by is not None and data.deliver_by < data.valid_until:
        problems["deliver_by"] = _("Promise a day on or after the last day of the quote.")
    version = one_of(visible_price_lists(actor), data.price_list_id)
    try:
        priced = price_by(price_list_of(version.pk), data.items)
    except InvalidInput as error:
        raise InvalidInput({**problems, **error.fields}) from error
    if problems := problems | _lacking(data):
        raise InvalidInput(problems)
    return {
        **_damage(actor, data),
        "title": title,
        "remarks": remarks,
        "valid_until": data.valid_until,
        "deliver_by": data.deliver_by,
        "contact_id": place.contact_id,
        "contract_id": _bound(visible_contracts(actor), data.contract_id, place),
        "request_id": _bound(visible_requests(actor), data.request_id, place),
        "price_list": version,
        "items": [kept_item(one) for one in data.items],
        "lines": [kept_line(one) for one in priced.lines],
        "total": priced.total.amount,
        "currency": priced.total.currency,
    }


def _lacking(data: QuoteData) -> dict[str, Any]:
    """What a separate contract for damage must name besides (SG-04)."""
    if data.purpose not in {one.value for one in Purpose}:
        return {"purpose": _("Choose one.")}
    if data.purpose != Purpose.DAMAGE.value:
        return {}
    needed = {
        "request_id": _("Name the request that is about the damage."),
        "salesperson_id": _("Name who signs it for us."),
        "department_id": _("Name the department that does the work."),
        "deliver_by": _("Give the day by which the work is finished."),
    }
    return {name: said for name, said in needed.items() if not getattr(data, name)}


def _damage(actor: Actor, data: QuoteData) -> dict[str, Any]:
    if data.purpose != Purpose.DAMAGE.value:
        return {"purpose": data.purpose, "salesperson": None, "department": None}
    return {
        "purpose": data.purpose,
        "salesperson": one_of(visible_people(actor), data.salesperson_id),
        "department": one_of(visible_units(actor), data.department_id),
    }


def _bound(visible: Any, public_id: object, place: Place) -> int | None:
    """The internal id of a contract or request of this customer; None when none is named."""
    if not public_id:
        return None
    found = one_of(visible, public_id)
    if found.customer_id != place.customer_id:
        raise NotFound
    return int(found.pk)


def _shown(quote: Quote) -> dict[str, Any]:
    return {
        "number": quote.number,
        "total": str(quote.total),
        "valid_until": str(quote.valid_until),
        "price_list": str(quote.price_list.public_id),
    }


def _series(unit_code: str, now: datetime) -> str:
    """`BJ-SZ-202610`: kind, unit, year and month of the company's local time."""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    return f"{DOCUMENT_KIND}-{unit_code}-{local:%Y%m}"
