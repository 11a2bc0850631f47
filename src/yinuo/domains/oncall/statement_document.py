"""A month of duty as a PDF and as a workbook, in Chinese or English."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from yinuo.domains.network.selectors import company_name
from yinuo.domains.oncall.call_types import DutyStatement, PayKind, PayLine
from yinuo.domains.oncall.paying import ALLOWANCE
from yinuo.kernel.money import money_text
from yinuo.platform.rendering import House, render_pdf
from yinuo.platform.spreadsheets import write_xlsx

TEMPLATE = Path(__file__).with_name("statement.typ")
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def kind_word(kind: str) -> str:
    """A line of the statement, or an entry, in the active language."""
    return {
        ALLOWANCE: pgettext("duty pay", "Monthly allowance"),
        PayKind.COMPLAINT.value: pgettext("duty pay", "Complaint about an unsolved problem"),
        PayKind.UNREACHABLE.value: pgettext("duty pay", "Unreachable"),
        PayKind.LEFT_CITY.value: pgettext("duty pay", "Left the city"),
        PayKind.OVERTIME.value: pgettext("duty pay", "Overtime hours"),
    }.get(kind, kind)


def duty_pdf(statement: DutyStatement, language: str, now: datetime) -> bytes:
    """The PDF of a month in `zh` or `en`. Raises RenderingFailed."""
    with override(LANGUAGES[language]):
        house = House(
            company=company_name(),
            unit=statement.unit_name,
            title=_("Duty statement"),
            number=f"{statement.month:%Y-%m}",
            note="",
            language=language,
            made_at=now,
        )
        return render_pdf(TEMPLATE, _data(statement), house=house)


def duty_xlsx(statement: DutyStatement, language: str) -> bytes:
    """The same as a workbook: a row for each line, the total below, then what it is made of."""
    with override(LANGUAGES[language]):
        rows: list[list[Any]] = [
            [kind_word(one.kind), one.number, one.each, one.amount, ""] for one in statement.lines
        ]
        rows.append([pgettext("sum", "Total"), "", "", statement.total, ""])
        rows += [
            [kind_word(one.kind), one.hours or "", "", "", f"{one.on.isoformat()} {one.note}"]
            for one in statement.entries
        ]
        title = f"{statement.person_name} {statement.month:%Y-%m}"
        return write_xlsx(title, [*_columns(), _("Note")], rows, ZoneInfo(settings.TIME_ZONE))


def number_text(one: PayLine) -> str:
    """How many, or which part of the month, without needless zeros."""
    if one.kind == ALLOWANCE:
        return f"{(one.number * 100).quantize(Decimal('0.1')).normalize():f} %"
    return f"{one.number.normalize():f}"


def _columns() -> list[str]:
    return [_("Item"), _("Number"), pgettext("money", "Each"), _("Amount")]


def _data(statement: DutyStatement) -> dict[str, Any]:
    head = [
        (_("Person"), statement.person_name),
        (_("Rota"), statement.rota_name),
        (pgettext("time", "Month"), f"{statement.month:%Y-%m}"),
        (_("Calls"), str(statement.calls)),
        (_("Minutes on the phone"), str(statement.call_minutes)),
        (_("Not solved yet"), str(statement.unsolved)),
    ]
    return {
        "head": [{"label": label, "value": value, "wide": False} for label, value in head],
        "columns": _columns(),
        "lines": [
            {
                "title": kind_word(one.kind),
                "number": number_text(one),
                "each": money_text(one.each),
                "amount": money_text(one.amount),
            }
            for one in statement.lines
        ],
        "total": {"label": pgettext("sum", "Total"), "value": money_text(statement.total)},
        "because": _("What it is made of"),
        "entries": [
            " · ".join(
                filter(
                    None,
                    [
                        one.on.isoformat(),
                        kind_word(one.kind),
                        f"{one.hours.normalize():f} h" if one.hours else "",
                        one.note,
                    ],
                )
            )
            for one in statement.entries
        ],
        "signatures": [_("Paid out by (signature, date)"), _("Agreed (signature, date)")],
    }
