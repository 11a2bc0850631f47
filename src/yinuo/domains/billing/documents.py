"""The quote as a document: lines, total in figures and capitals, terms, room for signatures."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from yinuo.domains.billing.block_data import DOCX_TEMPLATE, block_data
from yinuo.domains.billing.types import LineView, QuoteView
from yinuo.domains.network.selectors import company_name
from yinuo.kernel.money import money_text
from yinuo.kernel.offer_states import OfferState
from yinuo.kernel.plan.wording import number_text
from yinuo.platform.rendering import House, render_docx, render_pdf

TEMPLATE = Path(__file__).with_name("quote.typ")
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def quote_pdf(quote: QuoteView, language: str, now: datetime) -> bytes:
    """The PDF of a quote in `zh` or `en`; a draft says so on every page.

    A quote once sent gives the same bytes whenever it is asked for. Raises RenderingFailed.
    """
    with override(LANGUAGES[language]):
        return render_pdf(TEMPLATE, quote_data(quote, language), house=house(quote, language, now))


def quote_docx(quote: QuoteView, language: str, now: datetime) -> bytes:
    """The same as a DOCX. Raises RenderingFailed."""
    with override(LANGUAGES[language]):
        words, paper = quote_data(quote, language), house(quote, language, now)
        return render_docx(DOCX_TEMPLATE, block_data(words), house=paper)


def house(quote: QuoteView, language: str, now: datetime) -> House:
    """What stands on every page of it; call it with the document's language active."""
    drafted = quote.row.state == OfferState.DRAFTED.value
    return House(
        company=company_name(),
        unit=quote.unit_name,
        title=_("Separate contract for damage") if quote.is_damage else _("Quote"),
        number=quote.row.number,
        note=_("Draft, not sent") if drafted else "",
        language=language,
        made_at=quote.row.sent_at or now,
    )


def quote_data(quote: QuoteView, language: str) -> dict[str, Any]:
    """The words of the document; call it with its language active."""
    row = quote.row
    head = [
        (_("Customer"), row.customer_name, True),
        (_("Subject"), row.title, True),
        (_("Contact"), quote.contact_name, False),
        (_("Date"), _day(row.sent_at or row.drafted_at), False),
        (_("Valid until"), row.valid_until.isoformat(), False),
        (_("Drawn up by"), quote.sent_by or row.drafted_by, False),
        *([(_day_label(quote), quote.deliver_by.isoformat(), False)] if quote.deliver_by else []),
        *([(_("Salesperson in charge"), quote.salesperson_name, False)] if quote.is_damage else []),
        *([(_("Department in charge"), quote.department_name, False)] if quote.is_damage else []),
        (_("Contract"), quote.contract_number, False),
        (_("Request"), quote.request_number, False),
    ]
    title = quote.price_list
    named = title.title_zh if language == "zh" else title.title_en
    return {
        "head": [{"label": a, "value": b or "—", "wide": c} for a, b, c in head],
        "columns": [_("Item"), _("Quantity"), _("Unit price"), _("Amount")],
        "lines": [_line(one, language) for one in quote.lines],
        "sums": [],
        "total": {
            "label": pgettext("sum", "Total"),
            "value": f"{money_text(row.total)} {row.currency}",
        },
        "capitals": {
            "label": _("In capitals"),
            "value": quote.capitals if language == "zh" else "",
        },
        "source": _("Prices by %(list)s, version %(number)s")
        % {"list": named, "number": title.number},
        "remarks": {"title": _("Remarks"), "body": quote.remarks},
        "signatures": [
            {"label": _("For us (signature, date)"), "value": _ours(quote)},
            {"label": _("Accepted by the customer (signature, date)"), "value": _accepted(quote)},
        ],
    }


def _day_label(quote: QuoteView) -> str:
    return _("Work finished by") if quote.is_damage else _("Delivered by")


def _line(line: LineView, language: str) -> dict[str, str]:
    said = (line.rule.in_language(language), line.terms.in_language(language), line.note)
    return {
        "title": line.title.in_language(language),
        "rule": ("；" if language == "zh" else "; ").join(one for one in said if one),
        "quantity": f"{number_text(line.quantity)} {line.unit.in_language(language)}",
        "price": price_text(line.unit_price),
        "amount": money_text(line.amount),
    }


def price_text(price: Decimal) -> str:
    """A unit price without needless zeros behind the fen."""
    return money_text(price.normalize())


def _ours(quote: QuoteView) -> str:
    return quote.salesperson_name or quote.sent_by or quote.row.drafted_by


def _accepted(quote: QuoteView) -> str:
    if quote.row.state != OfferState.ACCEPTED.value or quote.row.ended_at is None:
        return ""
    return f"{quote.ended_by}  {_day(quote.row.ended_at)}"


def _day(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y-%m-%d}"
