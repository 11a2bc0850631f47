"""A letter of contact as a document: findings, work, time, cost, and both sides' confirmation."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override

from yinuo.domains.billing.document_kinds import LETTER
from yinuo.domains.billing.documents import price_text
from yinuo.domains.billing.letter_types import AnswerWay, LetterView
from yinuo.domains.billing.types import LineView
from yinuo.domains.document_templates.in_force import Template, template_in_force
from yinuo.domains.document_templates.kinds import LANGUAGES
from yinuo.domains.network.naming import names_at
from yinuo.kernel.money import money_text
from yinuo.kernel.offer_states import OfferState
from yinuo.kernel.plan.wording import number_text
from yinuo.platform.rendering import House

__all__ = ["LANGUAGES", "letter_docx", "letter_pdf"]


def letter_pdf(letter: LetterView, language: str, now: datetime) -> bytes:
    """The PDF of a letter in `zh` or `en`; a draft says so on each page. Raises RenderingFailed."""
    template, house, data = _prepared(letter, language, now)
    return template.pdf(data, house=house)


def letter_docx(letter: LetterView, language: str, now: datetime) -> bytes:
    """The same as a DOCX."""
    template, house, data = _prepared(letter, language, now)
    return template.docx(data, house=house)


def _prepared(
    letter: LetterView, language: str, now: datetime
) -> tuple[Template, House, dict[str, Any]]:
    drafted = letter.row.state == OfferState.DRAFTED.value
    made_at = letter.row.sent_at or now
    with override(LANGUAGES[language]):
        template = template_in_force(LETTER, language, made_at)
        names = names_at(letter.unit_id, made_at)
        house = House(
            company=names.company,
            unit=names.unit,
            title=template.title,
            number=letter.row.number,
            note=template.word("draft") if drafted else "",
            language=language,
            made_at=made_at,
            customer=letter.row.customer_name,
            wording=template.wording,
        )
        return template, house, _data(letter, language, template)


def _data(letter: LetterView, language: str, template: Template) -> dict[str, Any]:
    row, say = letter.row, template.word
    passages = [
        ("found", row.findings),
        ("work", letter.work_planned),
        ("time", letter.time_needed),
        ("why_further", letter.further_reason),
    ]
    return {
        "head": _head(letter, template),
        "passages": [{"title": say(code), "body": body} for code, body in passages if body],
        "cost_title": say("cost"),
        "costs": _costs(letter, language, template),
        "total": say("total", total=money_text(row.total)),
        "capitals": say("capitals", words=letter.capitals),
        "ours": say("ours", reason=letter.wrong_reason) if row.is_wrong else "",
        "rule": say("rule"),
        "signatures": [
            {"label": say("confirmed_by_us"), "value": _our_side(letter)},
            {"label": say("confirmed_by_customer"), "value": _their_side(letter)},
        ],
        "hash": f"SHA-256 {letter.content_hash}" if letter.content_hash else "",
    }


def _head(letter: LetterView, template: Template) -> list[dict[str, Any]]:
    row = letter.row
    rows = [
        ("customer", row.customer_name, True),
        ("site", letter.site_name, False),
        ("contact", letter.contact_name, False),
        ("asset", letter.asset_name, False),
        ("request", row.request_number, False),
        ("sheet", letter.work_order_number, False),
        ("position", str(row.position), False),
        ("date", _day(row.sent_at or row.drafted_at, letter.zone), False),
        ("valid_until", row.valid_until.isoformat(), False),
    ]
    return [
        {"label": template.word(code), "value": value or "—", "wide": wide}
        for code, value, wide in rows
    ]


def _costs(letter: LetterView, language: str, template: Template) -> dict[str, Any]:
    titles = (("item", 5), ("quantity", 2), ("unit_price", 2), ("amount", 2))
    return {
        "columns": [
            {"title": template.word(code), "width": width, "right": at > 0}
            for at, (code, width) in enumerate(titles)
        ],
        "rows": [
            [
                _named(one, language),
                f"{number_text(one.quantity)} {one.unit.in_language(language)}".strip(),
                price_text(one.unit_price),
                money_text(one.amount),
            ]
            for one in letter.all_lines
        ],
    }


def _named(line: LineView, language: str) -> str:
    said = (line.title.in_language(language), line.rule.in_language(language), line.note)
    return "\n".join(one for one in said if one)


def _our_side(letter: LetterView) -> str:
    if letter.confirmed_at is None:
        return ""
    return f"{letter.confirmed_by}  {_day(letter.confirmed_at, letter.zone)}"


def _their_side(letter: LetterView) -> str:
    if letter.row.state != OfferState.ACCEPTED.value or letter.row.ended_at is None:
        return ""
    way = _("by link") if letter.ended_way == AnswerWay.LINK.value else _("on paper")
    return f"{letter.ended_by}  {_day(letter.row.ended_at, letter.zone)}  ({way})"


def _day(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d}"
