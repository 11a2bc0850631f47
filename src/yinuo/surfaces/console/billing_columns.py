"""What quotes, statements and charges have in their columns as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console import words
from yinuo.surfaces.console.billing_words import BORNE, QUOTE_STATES
from yinuo.surfaces.console.exports import Column

QUOTES = (
    Column(_("Quote"), lambda row: row.number),
    Column(_("State"), lambda row: str(words.word(QUOTE_STATES, row.state))),
    Column(_("Customer"), lambda row: row.customer_name),
    Column(_("What it is about"), lambda row: row.title),
    Column(pgettext_lazy("sum", "Total"), lambda row: row.total),
    Column(_("Currency"), lambda row: row.currency),
    Column(_("Valid until"), lambda row: row.valid_until),
    Column(_("Drawn up by"), lambda row: row.drafted_by),
    Column(_("Sent"), lambda row: row.sent_at),
)
STATEMENTS = (
    Column(_("Statement"), lambda row: row.number),
    Column(_("Customer"), lambda row: row.customer_name),
    Column(_("Contract"), lambda row: row.contract_number),
    Column(_("From"), lambda row: row.starts_on),
    Column(_("Until"), lambda row: row.ends_on),
    Column(pgettext_lazy("sum", "Total"), lambda row: row.total),
    Column(_("Currency"), lambda row: row.currency),
    Column(_("Issued by"), lambda row: row.issued_by),
)
CHARGE_BACKS = (
    Column(_("Charge-back"), lambda row: row.number),
    Column(_("Unit charged"), lambda row: row.unit_name),
    Column(_("Misses due until"), lambda row: row.until),
    Column(pgettext_lazy("sum", "Total"), lambda row: row.total),
    Column(_("Currency"), lambda row: row.currency),
    Column(_("Issued by"), lambda row: row.issued_by),
)
CHARGES = (
    Column(_("Done on"), lambda row: row.occurred_on),
    Column(_("Request"), lambda row: row.request_number),
    Column(_("Work order"), lambda row: row.work_order_number),
    Column(_("Item"), lambda row: words.in_language(row.line.title.zh, row.line.title.en)),
    Column(_("Quantity"), lambda row: row.line.quantity),
    Column(_("Unit"), lambda row: words.in_language(row.line.unit.zh, row.line.unit.en)),
    Column(_("Unit price"), lambda row: row.line.unit_price),
    Column(_("Amount"), lambda row: row.amount),
    Column(_("Who bears it"), lambda row: str(words.word(BORNE, row.borne_by))),
    Column(_("Rule"), lambda row: words.in_language(row.line.rule.zh, row.line.rule.en)),
    Column(_("Reason"), lambda row: row.reason),
    Column(_("Statement"), lambda row: row.statement_number),
    Column(_("Part of"), lambda row: row.line.amount if row.split else None),
)
MARGINS = (
    Column(_("Contract"), lambda row: row.number),
    Column(_("Customer"), lambda row: row.customer_name),
    Column(_("Currency"), lambda row: row.currency),
    Column(_("Income"), lambda row: row.income),
    Column(_("Labour"), lambda row: row.spent.labour),
    Column(pgettext_lazy("cover", "Parts"), lambda row: row.spent.parts),
    Column(_("Travel"), lambda row: row.spent.travel),
    Column(_("Of this goodwill"), lambda row: row.spent.goodwill),
    Column(_("Of this wrong diagnoses"), lambda row: row.spent.misdiagnosis),
    Column(_("Penalties"), lambda row: row.penalties),
    Column(_("Margin"), lambda row: row.margin),
)
