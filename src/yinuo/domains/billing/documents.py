"""The quote as a document: lines, total in figures and capitals, terms, room for signatures."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import override

from yinuo.domains.billing.document_kinds import DAMAGE, QUOTE
from yinuo.domains.billing.types import LineView, QuoteView
from yinuo.domains.document_templates.in_force import Template, template_in_force
from yinuo.domains.document_templates.kinds import LANGUAGES
from yinuo.domains.network.naming import names_at
from yinuo.kernel.money import money_text
from yinuo.kernel.offer_states import OfferState
from yinuo.kernel.plan.wording import number_text
from yinuo.platform.rendering import House


def quote_pdf(quote: QuoteView, language: str, now: datetime) -> bytes:
    """The PDF of a quote in `zh` or `en`; a draft says so on every page.

    A quote once sent gives the same bytes whenever it is asked for. Raises RenderingFailed.
    """
    with override(LANGUAGES[language]):
        template = quote_template(quote, language, now)
        data, paper = quote_data(quote, language, template), house(quote, language, now, template)
        return template.pdf(data, house=paper)


def quote_docx(quote: QuoteView, language: str, now: datetime) -> bytes:
    """The same as a DOCX. Raises RenderingFailed."""
    with override(LANGUAGES[language]):
        template = quote_template(quote, language, now)
        words, paper = quote_data(quote, language, template), house(quote, language, now, template)
        return template.docx(words, house=paper)


def quote_template(quote: QuoteView, language: str, now: datetime) -> Template:
    """The words it is written in: those of the day it was sent."""
    kind = DAMAGE if quote.is_damage else QUOTE
    return template_in_force(kind, language, quote.row.sent_at or now)


def house(quote: QuoteView, language: str, now: datetime, template: Template) -> House:
    """What stands on every page of it; call it with the document's language active."""
    drafted = quote.row.state == OfferState.DRAFTED.value
    names = names_at(quote.unit_id, quote.row.sent_at or now)
    return House(
        company=names.company,
        unit=names.unit,
        title=template.title,
        number=quote.row.number,
        note=template.word("draft") if drafted else "",
        language=language,
        made_at=quote.row.sent_at or now,
        customer=quote.row.customer_name,
        wording=template.wording,
    )


def quote_data(quote: QuoteView, language: str, template: Template) -> dict[str, Any]:
    """The words of the document; call it with its language active."""
    row, say = quote.row, template.word
    title = quote.price_list
    named = title.title_zh if language == "zh" else title.title_en
    return {
        "head": _head(quote, template),
        "columns": [say(one) for one in ("item", "quantity", "unit_price", "amount")],
        "lines": [_line(one, language) for one in quote.lines],
        "sums": [],
        "total": {"label": say("total"), "value": f"{money_text(row.total)} {row.currency}"},
        "capitals": {
            "label": say("capitals"),
            "value": quote.capitals if language == "zh" else "",
        },
        "source": say("source", list=named, number=title.number),
        "remarks": {"title": say("remarks"), "body": quote.remarks},
        "signatures": [
            {"label": say("for_us"), "value": _ours(quote)},
            {"label": say("accepted"), "value": _accepted(quote)},
        ],
    }


def _head(quote: QuoteView, template: Template) -> list[dict[str, Any]]:
    row, say = quote.row, template.word
    head = [
        ("customer", row.customer_name, True),
        ("subject", row.title, True),
        ("contact", quote.contact_name, False),
        ("date", _day(row.sent_at or row.drafted_at), False),
        ("valid_until", row.valid_until.isoformat(), False),
        ("drawn_up_by", quote.sent_by or row.drafted_by, False),
        *([("delivered_by", quote.deliver_by.isoformat(), False)] if quote.deliver_by else []),
        *([("salesperson", quote.salesperson_name, False)] if quote.is_damage else []),
        *([("department", quote.department_name, False)] if quote.is_damage else []),
        ("contract", quote.contract_number, False),
        ("request", quote.request_number, False),
    ]
    return [{"label": say(a), "value": b or "—", "wide": c} for a, b, c in head]


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
