"""A letter of contact as a document: findings, work, time, cost, and both sides' confirmation."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override

from yinuo.domains.billing.documents import price_text
from yinuo.domains.billing.letter_types import AnswerWay, LetterView
from yinuo.domains.billing.types import LineView
from yinuo.domains.network.selectors import company_name
from yinuo.kernel.money import money_text
from yinuo.kernel.offer_states import OfferState
from yinuo.kernel.plan.wording import number_text
from yinuo.platform.rendering import House, render_docx, render_pdf

TEMPLATE = Path(__file__).with_name("letter.typ")
DOCX_TEMPLATE = Path(__file__).with_name("letter.blocks")
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def letter_pdf(letter: LetterView, language: str, now: datetime) -> bytes:
    """The PDF of a letter in `zh` or `en`; a draft says so on each page. Raises RenderingFailed."""
    house, data = _prepared(letter, language, now)
    return render_pdf(TEMPLATE, data, house=house)


def letter_docx(letter: LetterView, language: str, now: datetime) -> bytes:
    """The same as a DOCX."""
    house, data = _prepared(letter, language, now)
    return render_docx(DOCX_TEMPLATE, data, house=house)


def _prepared(letter: LetterView, language: str, now: datetime) -> tuple[House, dict[str, Any]]:
    drafted = letter.row.state == OfferState.DRAFTED.value
    with override(LANGUAGES[language]):
        house = House(
            company=company_name(),
            unit=letter.unit_name,
            title=_("Letter of contact"),
            number=letter.row.number,
            note=_("Draft, not sent") if drafted else "",
            language=language,
            made_at=letter.row.sent_at or now,
        )
        return house, _data(letter, language)


def _data(letter: LetterView, language: str) -> dict[str, Any]:
    row = letter.row
    passages = [
        (_("Found"), row.findings),
        (_("Work proposed"), letter.work_planned),
        (_("Time needed"), letter.time_needed),
        (_("Why a further letter"), letter.further_reason),
    ]
    return {
        "head": _head(letter),
        "passages": [{"title": title, "body": body} for title, body in passages if body],
        "cost_title": _("Cost"),
        "costs": _costs(letter, language),
        "total": _("Total: %(total)s yuan") % {"total": money_text(row.total)},
        "capitals": _("In capitals: %(words)s") % {"words": letter.capitals},
        "ours": _ours(letter),
        "rule": _("Nothing more is done until both sides have confirmed."),
        "signatures": [
            {"label": _("Confirmed for us (name, date)"), "value": _our_side(letter)},
            {"label": _("Confirmed by the customer (name, date)"), "value": _their_side(letter)},
        ],
        "hash": f"SHA-256 {letter.content_hash}" if letter.content_hash else "",
    }


def _head(letter: LetterView) -> list[dict[str, Any]]:
    row = letter.row
    rows = [
        (_("Customer"), row.customer_name, True),
        (_("Site"), letter.site_name, False),
        (_("Contact"), letter.contact_name, False),
        (_("Asset"), letter.asset_name, False),
        (_("Request"), row.request_number, False),
        (_("Sheet"), letter.work_order_number, False),
        (_("Letter of this request"), str(row.position), False),
        (_("Date"), _day(row.sent_at or row.drafted_at, letter.zone), False),
        (_("Valid until"), row.valid_until.isoformat(), False),
    ]
    return [{"label": label, "value": value or "—", "wide": wide} for label, value, wide in rows]


def _costs(letter: LetterView, language: str) -> dict[str, Any]:
    titles = ((_("Item"), 5), (_("Quantity"), 2), (_("Unit price"), 2), (_("Amount"), 2))
    return {
        "columns": [
            {"title": title, "width": width, "right": at > 0}
            for at, (title, width) in enumerate(titles)
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


def _ours(letter: LetterView) -> str:
    if not letter.row.is_wrong:
        return ""
    said = {"reason": letter.wrong_reason}
    return _("Our diagnosis was wrong, so this cost is ours: %(reason)s") % said


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
