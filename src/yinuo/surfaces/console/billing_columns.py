"""What quotes have in their columns as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinuo.surfaces.console import words
from yinuo.surfaces.console.billing_words import QUOTE_STATES
from yinuo.surfaces.console.exports import Column

QUOTES = (
    Column(_("Quote"), lambda row: row.number),
    Column(_("State"), lambda row: str(words.word(QUOTE_STATES, row.state))),
    Column(_("Customer"), lambda row: row.customer_name),
    Column(_("What it is about"), lambda row: row.title),
    Column(_("Total"), lambda row: row.total),
    Column(_("Currency"), lambda row: row.currency),
    Column(_("Valid until"), lambda row: row.valid_until),
    Column(_("Drawn up by"), lambda row: row.drafted_by),
    Column(_("Sent"), lambda row: row.sent_at),
)
