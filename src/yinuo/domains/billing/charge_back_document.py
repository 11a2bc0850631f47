"""A charge-back as a document and as a workbook: each miss with the unit's part of it."""

from __future__ import annotations

from decimal import Decimal
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from yinuo.domains.billing.block_data import DOCX_TEMPLATE, block_data
from yinuo.domains.billing.charge_back_types import ChargeBackLineView, ChargeBackView
from yinuo.domains.billing.documents import LANGUAGES
from yinuo.domains.billing.paper_forms import PDF, Paper, PaperForm
from yinuo.domains.billing.statement_document import TEMPLATE
from yinuo.domains.billing.workbooks import exact
from yinuo.domains.network.selectors import company_name
from yinuo.kernel.money import money_text
from yinuo.platform.rendering import House, render_docx, render_pdf
from yinuo.platform.rendering.docx import MEDIA_TYPE as DOCX
from yinuo.platform.spreadsheets import XLSX, Value, write_xlsx


def charge_back_paper(found: ChargeBackView, form: PaperForm, language: str) -> Paper:
    """The charge-back in a form and in `zh` or `en`, the same bytes every time.

    Raises RenderingFailed.
    """
    name = f"{found.row.number}-{language}.{form.value}"
    with override(LANGUAGES[language]):
        if form is PaperForm.XLSX:
            return Paper(name, XLSX, _workbook(found, language))
        words, house = _words(found, language), _house(found, language)
        if form is PaperForm.DOCX:
            return Paper(name, DOCX, render_docx(DOCX_TEMPLATE, block_data(words), house=house))
        return Paper(name, PDF, render_pdf(TEMPLATE, words, house=house))


def _house(found: ChargeBackView, language: str) -> House:
    return House(
        company=company_name(),
        unit=found.row.unit_name,
        title=_("Charge-back"),
        number=found.row.number,
        note="",
        language=language,
        made_at=found.row.issued_at,
    )


def _words(found: ChargeBackView, language: str) -> dict[str, Any]:
    row = found.row
    head = [
        (_("Unit charged"), row.unit_name, True),
        (_("Misses due until"), row.until.isoformat(), True),
    ]
    return {
        "head": [{"label": a, "value": b, "wide": c} for a, b, c in head],
        "columns": [_("Missed promise"), _("Late in your hands"), "", _("Amount")],
        "lines": [_line(one, language) for one in found.lines],
        "sums": [],
        "total": {
            "label": pgettext("sum", "Total"),
            "value": f"{money_text(row.total)} {row.currency}",
        },
        "capitals": {"label": _("In capitals"), "value": row.capitals if language == "zh" else ""},
        "source": "",
        "remarks": {"title": "", "body": ""},
        "signatures": [
            {"label": _("For us (signature, date)"), "value": row.issued_by},
            {"label": _("Confirmed by the unit (signature, date)"), "value": ""},
        ],
    }


def _line(one: ChargeBackLineView, language: str) -> dict[str, str]:
    day = one.due_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date().isoformat()
    clause = _("Clause %(number)s") % {"number": one.clause_number} if one.clause_number else ""
    return {
        "title": one.title_zh if language == "zh" else one.title_en,
        "rule": " · ".join(part for part in (one.case_number, day, clause) if part),
        "quantity": _("%(minutes)s min") % {"minutes": minutes_of(one.late_seconds)},
        "price": "",
        "amount": money_text(one.amount),
    }


def minutes_of(seconds: Decimal) -> int:
    """Whole minutes, begun ones counted."""
    return ceil(seconds / 60)


def _workbook(found: ChargeBackView, language: str) -> bytes:
    heads = [
        *(_("Case"), _("Clause"), _("Missed promise"), _("Due")),
        *(_("Late in your hands, minutes"), _("Amount"), _("Currency")),
    ]
    rows: list[list[Value]] = [
        [
            one.case_number,
            one.clause_number,
            one.title_zh if language == "zh" else one.title_en,
            one.due_at,
            minutes_of(one.late_seconds),
            exact(one.amount),
            found.row.currency,
        ]
        for one in found.lines
    ]
    total: list[Value] = [pgettext("sum", "Total"), None, None, None, None]
    rows.append([*total, exact(found.row.total), found.row.currency])
    return write_xlsx(found.row.number, heads, rows, ZoneInfo(settings.TIME_ZONE))
