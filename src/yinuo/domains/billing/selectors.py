"""Reading price lists and quotes; every function is limited to what the actor may see."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from yinuo.domains.billing.keeping import item_of, line_of
from yinuo.domains.billing.models import PriceListVersion, Quote
from yinuo.domains.billing.policies import next_steps, visible_price_lists, visible_quotes
from yinuo.domains.billing.types import PriceListRow, QuoteRow, QuoteView
from yinuo.domains.network.types import Actor
from yinuo.kernel.offer_states import OfferState
from yinuo.platform.links.types import Link
from yinuo.platform.paging import Page, chosen_order, page_of
from yinuo.platform.scoped import identity, one_of

QUOTE_ORDERS = {
    "newest": ("-id",),
    "total": ("total", "id"),
    "until": ("valid_until", "id"),
}
_NAMES = (
    *("customer", "unit", "contact", "contract", "request", "price_list"),
    *("salesperson", "department"),
)


def page_price_lists(actor: Actor, *, cursor: str = "", limit: int = 50) -> Page[PriceListRow]:
    """Published versions, newest first, page by page."""
    versions = visible_price_lists(actor).defer("source")
    return page_of(versions, order=("-id",), cursor=cursor, limit=limit).map(price_list_row)


def list_price_lists(actor: Actor) -> list[PriceListRow]:
    """The newest version of every code."""
    versions = visible_price_lists(actor).defer("source").order_by("code", "-number")
    return [price_list_row(one) for one in versions.distinct("code")]


def list_versions_of(actor: Actor, code: str) -> list[PriceListRow]:
    """Every version of one code, the newest first."""
    versions = visible_price_lists(actor).defer("source").filter(code=code)
    return [price_list_row(one) for one in versions.order_by("-number")]


def get_price_list(actor: Actor, public_id: object) -> PriceListRow:
    """One published version; NotFound otherwise."""
    return price_list_row(one_of(visible_price_lists(actor), public_id))


def get_price_list_source(actor: Actor, public_id: object) -> str:
    """The file a version was published from."""
    return one_of(visible_price_lists(actor), public_id).source


def list_quotes(
    actor: Actor,
    *,
    now: datetime,
    customer_id: object = None,
    request_id: object = None,
    state: str = "",
    text: str = "",
    sort: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[QuoteRow]:
    """Visible quotes, newest first or as `sort` says; by number, title or customer name.

    Of one customer or for one request (public ids), and in one state, when given.
    """
    quotes = visible_quotes(actor).select_related("customer")
    if customer_id is not None:
        quotes = quotes.filter(customer__public_id=identity(customer_id))
    if request_id is not None:
        quotes = quotes.filter(request__public_id=identity(request_id))
    if state in {one.value for one in OfferState}:
        quotes = quotes.filter(state=state)
    if word := text.strip():
        quotes = quotes.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(customer__name__icontains=word)
        )
    order = chosen_order(QUOTE_ORDERS, sort)
    page = page_of(quotes.defer("lines", "items"), order=order, cursor=cursor, limit=limit)
    return page.map(lambda quote: _quote_row(quote, now))


def get_quote(actor: Actor, public_id: object, *, now: datetime) -> QuoteView:
    """One visible quote with its lines and the steps the actor may take; NotFound otherwise."""
    quote = one_of(_with_names(visible_quotes(actor)), public_id)
    return _quote_view(quote, now, next_steps(actor, quote))


def quote_views(quotes: QuerySet[Quote], *, now: datetime) -> list[QuoteView]:
    """Quotes already limited to what the actor may see, in their order, without his steps."""
    return [_quote_view(one, now, ()) for one in _with_names(quotes)]


def quote_of_link(link: Link, *, now: datetime) -> QuoteView | None:
    """The quote that the holder of a link may read; None when it is gone."""
    quote = _with_names(Quote.objects.filter(public_id=link.owner.public_id)).first()
    return None if quote is None else _quote_view(quote, now, ())


def _with_names(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    return quotes.select_related(*_NAMES)


def price_list_row(version: PriceListVersion) -> PriceListRow:
    """A version as lists show it."""
    return PriceListRow(
        id=version.pk,
        public_id=version.public_id,
        code=version.code,
        number=version.number,
        title_zh=version.title_zh,
        title_en=version.title_en,
        published_at=version.published_at,
        published_by=version.published_by,
    )


def _quote_row(quote: Quote, now: datetime) -> QuoteRow:
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return QuoteRow(
        public_id=quote.public_id,
        number=quote.number,
        state=quote.state,
        title=quote.title,
        customer_public_id=quote.customer.public_id,
        customer_name=quote.customer.name,
        total=quote.total,
        currency=quote.currency,
        valid_until=quote.valid_until,
        drafted_at=quote.drafted_at,
        drafted_by=quote.drafted_by,
        sent_at=quote.sent_at,
        ended_at=quote.ended_at,
        is_late=quote.state == OfferState.SENT.value and quote.valid_until < today,
    )


def _quote_view(quote: Quote, now: datetime, steps: tuple[str, ...]) -> QuoteView:
    return QuoteView(
        row=_quote_row(quote, now),
        version=quote.version,
        unit_id=quote.unit_id,
        unit_name=quote.unit.name,
        contact_public_id=quote.contact.public_id if quote.contact else None,
        contact_name=quote.contact.name if quote.contact else "",
        contract_public_id=quote.contract.public_id if quote.contract else None,
        contract_number=quote.contract.number if quote.contract else "",
        request_public_id=quote.request.public_id if quote.request else None,
        request_number=quote.request.number if quote.request else "",
        price_list=price_list_row(quote.price_list),
        remarks=quote.remarks,
        items=tuple(item_of(one) for one in quote.items),
        lines=tuple(line_of(one) for one in quote.lines),
        sent_by=quote.sent_by,
        ended_by=quote.ended_by,
        ended_reason=quote.ended_reason,
        deliver_by=quote.deliver_by,
        delivered_at=quote.delivered_at,
        steps=steps,
        purpose=quote.purpose,
        salesperson_public_id=quote.salesperson.public_id if quote.salesperson else None,
        salesperson_name=quote.salesperson.name if quote.salesperson else "",
        department_public_id=quote.department.public_id if quote.department else None,
        department_name=quote.department.name if quote.department else "",
    )
