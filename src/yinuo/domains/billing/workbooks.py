"""A quote or a statement as an XLSX workbook: a row for each line, the total below."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from yinuo.domains.billing.charge_types import StatementView
from yinuo.domains.billing.document_kinds import STATEMENT
from yinuo.domains.billing.statement_document import penalty_line, rule_of
from yinuo.domains.billing.types import LineView, QuoteView
from yinuo.domains.breaches.types import EntryView
from yinuo.domains.document_templates.in_force import Template, template_in_force
from yinuo.domains.document_templates.kinds import LANGUAGES
from yinuo.platform.spreadsheets import Value, write_xlsx

# What Excel keeps of a figure; one with more digits is written as text, so that it stays exact.
_DIGITS = 15


def quote_xlsx(quote: QuoteView, language: str) -> bytes:
    """The workbook of a quote in `zh` or `en`: its lines, then total, currency and capitals."""
    with override(LANGUAGES[language]):
        heads = [*_heads(), _("Rule"), _("Remark"), pgettext("service", "Terms")]
        return _written(quote.row.number, heads, quote_rows(quote, language))


def quote_rows(quote: QuoteView, language: str) -> list[list[Value]]:
    """Its lines and the total as cells; call it with the workbook's language active."""
    rows = [
        [
            *_cells(one, language),
            exact(one.amount),
            one.rule.in_language(language),
            one.note,
            one.terms.in_language(language),
        ]
        for one in quote.lines
    ]
    return [*rows, _total(quote.row.total, quote.row.currency, quote.capitals, at=4, of=8)]


def statement_xlsx(statement: StatementView, language: str) -> bytes:
    """The workbook of a statement in `zh` or `en`: its rows, then total, currency and capitals."""
    with override(LANGUAGES[language]):
        template = template_in_force(STATEMENT, language, statement.row.issued_at)
        heads = [_("Done on"), _("Request"), _("Work order"), *_heads(), _("Rule"), _("Reason")]
        rows: list[list[Value]] = [
            [
                one.occurred_on,
                one.request_number,
                one.work_order_number,
                *_cells(one.line, language),
                exact(one.amount),
                rule_of(one, language, template),
                one.reason,
            ]
            for one in statement.charges
        ]
        rows += [_penalty(one, language, template) for one in statement.penalties]
        row = statement.row
        rows.append(_total(row.total, row.currency, row.capitals, at=7, of=10))
        return _written(row.number, heads, rows)


def _penalty(entry: EntryView, language: str, template: Template) -> list[Value]:
    line = penalty_line(entry, language, template)
    day = entry.incurred_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    computed = entry.computation_zh if language == "zh" else entry.computation_en
    shown: list[Value] = [day, None, None, line["title"], None, None, None]
    return [*shown, exact(-entry.amount), computed, entry.reason]


def exact(figure: Decimal) -> Value:
    """The figure as a figure, or as text when Excel could not keep all its digits."""
    return figure if len(figure.as_tuple().digits) <= _DIGITS else f"{figure:f}"


def _heads() -> list[str]:
    return [_("Item"), _("Quantity"), _("Unit"), _("Unit price"), _("Amount")]


def _cells(line: LineView, language: str) -> list[Value]:
    return [
        line.title.in_language(language),
        exact(line.quantity),
        line.unit.in_language(language),
        exact(line.unit_price),
    ]


def _total(total: Decimal, currency: str, capitals: str, *, at: int, of: int) -> list[Value]:
    row: list[Value] = [None] * of
    row[0], row[at] = pgettext("sum", "Total"), exact(total)
    row[at + 1], row[at + 2] = currency, capitals
    return row


def _written(title: str, heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    return write_xlsx(title, heads, rows, ZoneInfo(settings.TIME_ZONE))
