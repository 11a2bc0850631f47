"""A month of duty as a PDF and as a workbook, in Chinese or English."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from yinuo.domains.document_templates.in_force import Template, template_in_force
from yinuo.domains.document_templates.kinds import LANGUAGES
from yinuo.domains.network.naming import company_name
from yinuo.domains.oncall.call_types import DutyStatement, PayKind, PayLine
from yinuo.domains.oncall.document_kinds import DUTY_STATEMENT
from yinuo.domains.oncall.paying import ALLOWANCE
from yinuo.kernel.money import money_text
from yinuo.platform.rendering import House
from yinuo.platform.spreadsheets import write_xlsx

__all__ = ["LANGUAGES", "duty_pdf", "duty_xlsx", "kind_word", "number_text"]


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
        template = template_in_force(DUTY_STATEMENT, language, now)
        house = House(
            company=company_name(),
            unit=statement.unit_name,
            title=template.title,
            number=f"{statement.month:%Y-%m}",
            note="",
            language=language,
            made_at=now,
            wording=template.wording,
        )
        return template.pdf(_data(statement, template), house=house)


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


def _data(statement: DutyStatement, template: Template) -> dict[str, Any]:
    say = template.word
    head = [
        ("person", statement.person_name),
        ("rota", statement.rota_name),
        ("month", f"{statement.month:%Y-%m}"),
        ("calls", str(statement.calls)),
        ("minutes", str(statement.call_minutes)),
        ("unsolved", str(statement.unsolved)),
    ]
    return {
        "head": [{"label": say(code), "value": value, "wide": False} for code, value in head],
        "columns": [say(one) for one in ("item", "number", "each", "amount")],
        "lines": [
            {
                "title": kind_word(one.kind),
                "number": number_text(one),
                "each": money_text(one.each),
                "amount": money_text(one.amount),
            }
            for one in statement.lines
        ],
        "total": {"label": say("total"), "value": money_text(statement.total)},
        "because": say("because"),
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
        "signatures": [say("paid_out"), say("agreed")],
    }
