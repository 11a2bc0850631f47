"""A charge-back as a document and as a workbook: each miss with the unit's part of it."""

from __future__ import annotations

from decimal import Decimal
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from yinuo.domains.billing.charge_back_types import ChargeBackLineView, ChargeBackView
from yinuo.domains.billing.document_kinds import CHARGE_BACK
from yinuo.domains.billing.paper_forms import PDF, Paper, PaperForm
from yinuo.domains.billing.workbooks import exact
from yinuo.domains.document_templates.in_force import Template, template_in_force
from yinuo.domains.document_templates.kinds import LANGUAGES
from yinuo.domains.network.naming import Names, names_at
from yinuo.kernel.money import money_text
from yinuo.platform.rendering import House
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
        template = template_in_force(CHARGE_BACK, language, found.row.issued_at)
        names = names_at(found.row.unit_id, found.row.issued_at)
        words = _words(found, language, template, names)
        house = _house(found, language, template, names)
        if form is PaperForm.DOCX:
            return Paper(name, DOCX, template.docx(words, house=house))
        return Paper(name, PDF, template.pdf(words, house=house))


def _house(found: ChargeBackView, language: str, template: Template, names: Names) -> House:
    return House(
        company=names.company,
        unit=names.unit,
        title=template.title,
        number=found.row.number,
        note="",
        language=language,
        made_at=found.row.issued_at,
        wording=template.wording,
    )


def _words(
    found: ChargeBackView, language: str, template: Template, names: Names
) -> dict[str, Any]:
    row, say = found.row, template.word
    head = [("unit", names.unit, True), ("until", row.until.isoformat(), True)]
    return {
        "head": [{"label": say(a), "value": b, "wide": c} for a, b, c in head],
        "columns": [say("promise"), say("late"), "", say("amount")],
        "lines": [_line(one, language, template) for one in found.lines],
        "sums": [],
        "total": {"label": say("total"), "value": f"{money_text(row.total)} {row.currency}"},
        "capitals": {"label": say("capitals"), "value": row.capitals if language == "zh" else ""},
        "source": "",
        "remarks": {"title": "", "body": ""},
        "signatures": [
            {"label": say("for_us"), "value": row.issued_by},
            {"label": say("confirmed"), "value": ""},
        ],
    }


def _line(one: ChargeBackLineView, language: str, template: Template) -> dict[str, str]:
    day = one.due_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date().isoformat()
    clause = template.word("clause", number=one.clause_number) if one.clause_number else ""
    return {
        "title": one.title_zh if language == "zh" else one.title_en,
        "rule": " · ".join(part for part in (one.case_number, day, clause) if part),
        "quantity": template.word("minutes", minutes=minutes_of(one.late_seconds)),
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
